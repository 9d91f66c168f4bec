"""The mails of a demo, read on the site itself by whoever sits at its machine."""

import pytest
from litestar.testing import TestClient

from app.main import create_app
from tests import databases
from tests.browser import HOME, Browser
from tests.conftest import settings_for
from tests.factories import make_letter, make_mail

ODD = [
    "..", "%2e%2e", "..%2fskileez.db", "%2Fetc%2Fpasswd", ".20261119-170000-1", "x",
    "20261119-170000-1.eml", "20261119-170000-", "20261119-170000-1%00", "20261119-170000-9999",
    "٢٠٢٦١١١٩-170000-1", "20261119-170000-1%0a",
]  # fmt: skip


@pytest.fixture
def settings(database, tmp_path):
    return settings_for(database, tmp_path, DEMO="1")


@pytest.fixture
def letter(db, settings, sofia):
    return make_letter(make_mail(db, sofia), settings)


def test_anybody_reads_the_mails_newest_first(browser, db, settings, sofia, sam, letter):
    later = make_letter(make_mail(db, sam, template="email_restored"), settings)
    page = browser.get("/dev/mail")
    assert page.texts("#demo-mail h2") == [
        "Your email address is back",
        "Your password was changed",
    ]
    assert page.says("To sam@skileez.example")
    mail = page.click("Your email address is back")
    assert mail.path == f"/dev/mail/{later.name}"
    assert mail.says("Hello,") and mail.says("Choose a new password:")
    [link] = [tag["href"] for tag in mail.all("#words a")]
    assert link == "https://skileez.test/forgot-password"
    assert "<!doctype html>" in mail.one("#source").get_text()
    assert browser.as_(sofia).get("/dev/mail").says("To sofia@skileez.example")


def test_a_demo_without_mails_says_so(browser):
    assert browser.get("/dev/mail").says("No mail yet")


@pytest.mark.parametrize("name", ODD)
def test_no_other_file_can_be_read(browser, letter, settings, name):
    (settings.data_dir / "mail" / "x.eml").write_text("To: x\n\nnobodys-business")
    answer = browser.get(f"/dev/mail/{name}")
    assert answer.is_not_found or answer.location
    assert "nobodys-business" not in answer.text


def test_what_is_in_a_mail_is_shown_and_never_run(browser, db, settings, sofia):
    mail = make_mail(db, sofia, detail={"first_name": "<img src=x onerror=alert>"})
    page = browser.get(f"/dev/mail/{make_letter(mail, settings).name}")
    assert page.says("Hello <img src=x onerror=alert>,")
    assert not page.has("main script, main img, main iframe")


@pytest.mark.parametrize("but", [{"DEMO": "0"}, {"DEMO": "1", "SMTP_URL": "smtp://mail.example"}])
def test_elsewhere_there_is_nothing(database, db, tmp_path, letter, but):
    site = create_app(settings_for(database, tmp_path, **but), database)
    with TestClient(site, base_url=HOME) as client:
        databases.keep_no_cookies(client)
        browser = Browser(client, db, db.commit)
        for path in ("/dev/mail", f"/dev/mail/{letter.name}"):
            assert browser.get(path).is_not_found
