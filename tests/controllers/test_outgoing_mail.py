"""Mails that could not be delivered, as Mina finds them."""

import threading
from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from app.jobs.deliver_mail import deliver_mail
from db.models.mail_tokens import Purpose
from db.models.outgoing_mail import MailStatus
from tests.conftest import settings_for
from tests.factories import PASSWORD, make_mail, make_mail_token
from tests.post_office import post_office

__all__ = ["post_office"]


@pytest.fixture
def stuck(db, sofia):
    return make_mail(
        db, sofia, status=MailStatus.SET_ASIDE, attempts=6,
        problem="The mail server cannot be reached.",
    )  # fmt: skip


def test_what_a_mail_server_refuses_is_shown_to_mina_who_sends_it_again(
    browser, db, database, tmp_path, post_office, sofia, mina
):
    url = f"smtp://127.0.0.1:{post_office.port}"
    settings = settings_for(database, tmp_path, SMTP_URL=url)
    mail = make_mail(db, sofia)
    db.commit()
    post_office.refused[sofia.email] = "550 Mailbox is full of cats"
    deliver_mail(settings, database, threading.Event())
    minas = browser.as_(mina)
    assert minas.get("/admin").says("1 mail could not be delivered.")
    page = minas.get("/admin").click("Mail that could not be delivered")
    for words in ("Password changed", "550 Mailbox is full of cats", sofia.email, "1 try"):
        assert page.says(words)
    post_office.refused.clear()
    page = page.form("send-again").submit().follow()
    assert page.says("Everything was delivered")
    deliver_mail(settings, database, threading.Event())
    db.expire_all()
    assert mail.status is MailStatus.SENT
    assert post_office.recipients == [sofia.email]
    assert minas.get("/admin").says("Everything was delivered.")


def test_with_htmx_the_list_comes_back_without_it(browser, db, stuck, mina, sofia):
    other = make_mail(db, sofia, status=MailStatus.SET_ASIDE)
    answer = browser.htmx.as_(mina).post(f"/admin/mail/{stuck.id}/send-again")
    assert answer.has(f"#outgoing-mail #mail-{other.id}")
    assert not answer.has(f"#mail-{stuck.id}")
    assert "on its way again" in answer.text


def test_a_mail_whose_link_was_called_off_cannot_be_sent_again(browser, db, sofia, mina):
    make_mail(db, sofia, status=MailStatus.SET_ASIDE, template="password_reset", wants_link=True)
    page = browser.as_(mina).get("/admin/mail")
    assert page.says("Its link has been called off")
    assert not page.has("#outgoing-mail form")


def test_no_link_is_on_the_page(browser, db, sofia, mina):
    token = make_mail_token(db, sofia, Purpose.RESET_PASSWORD, "s" * 43)
    make_mail(
        db, sofia, status=MailStatus.SET_ASIDE, template="password_reset", wants_link=True,
        mail_token_id=token.id,
    )  # fmt: skip
    page = browser.as_(mina).get("/admin/mail")
    assert page.has("#outgoing-mail form")
    assert "reset-password" not in page.text


def test_the_latest_trouble_comes_first_and_the_rest_by_pages(browser, db, sofia, mina):
    for number in range(21):
        at = now() - timedelta(hours=number)
        make_mail(db, sofia, status=MailStatus.SET_ASIDE, due_at=at, problem=f"Trouble {number}.")
    page = browser.as_(mina).get("/admin/mail")
    assert page.says("Trouble 0.") and page.says("Trouble 19.") and not page.says("Trouble 20.")
    assert page.click("Show 20 more").says("Trouble 20.")


@pytest.mark.parametrize("name", ["sofia", "carla", "dora"])
def test_nobody_else_sees_or_sends_it(browser, db, stuck, request, name):
    person = request.getfixturevalue(name)
    assert browser.as_(person).get("/admin/mail").is_not_allowed
    assert browser.as_(person).post(f"/admin/mail/{stuck.id}/send-again").status in (403, 404)
    assert browser.get("/admin/mail").asks_to_sign_in
    db.refresh(stuck)
    assert stuck.status is MailStatus.SET_ASIDE


def test_a_mail_on_its_way_is_not_sent_again(browser, db, stuck, mina):
    stuck.status = MailStatus.SENT
    assert browser.as_(mina).post(f"/admin/mail/{stuck.id}/send-again").is_conflict


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_mina_is_asked_for_her_password_after_a_quarter_of_an_hour(browser, db, stuck, mina, way):
    with time_machine.travel(now(), tick=False) as clock:
        browser.post("/sign-in", {"email": mina.email, "password": PASSWORD})
        assert getattr(browser, way).get("/admin/mail").is_good
        clock.shift(timedelta(minutes=16))
        asking = getattr(browser, way)
        assert asking.get("/admin/mail").leads_to("/sign-in/again")
        assert asking.post(f"/admin/mail/{stuck.id}/send-again").leads_to("/sign-in/again")
        db.refresh(stuck)
        assert stuck.status is MailStatus.SET_ASIDE
        browser.post("/sign-in/again", {"password": PASSWORD})
        assert asking.get("/admin/mail").is_good
