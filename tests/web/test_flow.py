"""The secret of a mail's link: carried by the browser, used once, on its own page alone."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie

import pytest

from app.web.flow import FLOW
from db.models.events import Event
from db.models.mail_tokens import MailToken, Purpose
from db.models.outgoing_mail import OutgoingMail
from tests.factories import make_mail_token
from tests.tables import rows

SECRET = "s-_4" * 10 + "abc"
NEW = "sofia.new@skileez.example"
PAGES = {
    "/confirm-email": {},
    "/restore-email": {},
    "/reset-password": {"password": "four quiet green chairs"},
}
OWN = {
    Purpose.CONFIRM_EMAIL: ("/confirm-email", "email.confirmed"),
    Purpose.CHANGE_EMAIL: ("/confirm-email", "email.changed"),
    Purpose.RESTORE_EMAIL: ("/restore-email", "email.restored"),
    Purpose.RESET_PASSWORD: ("/reset-password", "password.reset"),
}


def make_link(db, person, purpose, **but):
    moves = purpose in (Purpose.CHANGE_EMAIL, Purpose.RESTORE_EMAIL)
    but.setdefault("email", NEW if moves else person.email)
    return make_mail_token(db, person, purpose, SECRET, **but)


def carrying(browser, secret=SECRET):
    """A guest's browser that has opened the link with this secret."""
    guest = browser.as_guest()
    guest.cookies[FLOW] = secret
    return guest


# Opening it.


@pytest.mark.parametrize("purpose", Purpose)
def test_opening_a_link_changes_nothing_however_often_and_whoever_does(
    browser, db, sofia, dora, purpose
):
    make_link(db, sofia, purpose)
    page = OWN[purpose][0]
    everybody = [browser.as_guest(), browser.as_(sofia), browser.as_(dora)]
    before = rows(db)
    for asking in everybody:
        for _ in range(3):
            assert asking.send("HEAD", f"{page}/{SECRET}").status == 303
            opened = asking.get(f"{page}/{SECRET}")
            assert opened.location == page
            assert opened.follow().has(f'form[action="{page}"]')
            assert asking.send("HEAD", page).status == 200
    assert rows(db) == before


@pytest.mark.parametrize("page", PAGES)
def test_a_link_that_was_never_made_opens_like_any_other(browser, db, page):
    before = rows(db)
    answer = browser.as_guest().get(f"{page}/{SECRET}")
    assert answer.location == page
    assert answer.follow().is_good
    assert rows(db) == before


@pytest.mark.parametrize("page", PAGES)
def test_the_secret_stays_in_a_cookie_that_nothing_but_the_site_reads(browser, page):
    guest = browser.as_guest()
    answer = guest.get(f"{page}/{SECRET}")
    [line] = answer.headers.get_list("set-cookie")
    cookie = SimpleCookie(line)[FLOW]
    assert cookie.value == SECRET
    assert (cookie["secure"], cookie["httponly"], cookie["path"]) == (True, True, "/")
    assert (cookie["samesite"], cookie["max-age"], cookie["domain"]) == ("lax", "1800", "")
    assert "no-store" in answer.headers["cache-control"]
    assert SECRET not in answer.text and SECRET not in answer.follow().text


@pytest.mark.parametrize("page", PAGES)
def test_what_is_no_secret_is_not_found(browser, page):
    for secret in (
        "s", SECRET[1:], SECRET + "s", SECRET[1:] + ".", SECRET[1:] + "%20", SECRET + "%0a",
        SECRET[1:] + "%C3%A9", SECRET[1:] + "%00", SECRET + "/x",
    ):  # fmt: skip
        answer = browser.as_guest().get(f"{page}/{secret}")
        assert answer.is_not_found, secret
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("page", PAGES)
def test_a_cookie_that_was_planted_or_doubled_is_none(browser, db, sofia, page):
    make_link(db, sofia, next(purpose for purpose, (own, _) in OWN.items() if own == page))
    before = rows(db)
    for header in (
        "{name}={secret}; {name}={secret}", "{name}=x; {name}={secret}", '{name}="{secret}"',
        "{name}= {secret}", "{name} ={secret}", "__host-flow={secret}", "{name}={secret}x",
        "{name}=",
    ):  # fmt: skip
        cookie = {"Cookie": header.format(name=FLOW, secret=SECRET)}
        assert browser.get(page, headers=cookie).is_good
        assert browser.post(page, PAGES[page], headers=cookie).is_conflict, header
    assert rows(db) == before


# Using it.


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_does_what_it_is_for_and_nothing_else(browser, db, sofia, purpose, page):
    make_link(db, sofia, purpose)
    own, name = OWN[purpose]
    before = rows(db)
    guest = carrying(browser)
    shown, answer = guest.get(page), guest.post(page, PAGES[page])
    if page == own:
        assert shown.has(f'form[action="{page}"]')
        assert answer.status == 303
        assert [event.name for event in db.query(Event)] == [name]
        assert guest.cookies.get(FLOW) != SECRET  # gone, or another one, for a new password
    else:
        assert not shown.has(f'form[action="{page}"]')
        assert answer.is_conflict
        assert rows(db) == before


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_works_as_a_fragment_too(browser, db, sofia, purpose):
    make_link(db, sofia, purpose)
    page, name = OWN[purpose]
    answer = carrying(browser).htmx.post(page, PAGES[page])
    assert answer.headers["HX-Redirect"].startswith("/")
    assert db.query(Event).one().name == name
    assert carrying(browser).htmx.post(page, PAGES[page]).is_conflict


@pytest.mark.parametrize("purpose", Purpose)
def test_twenty_at_once_do_it_once(real_database, browser, db, sofia, purpose):
    make_link(db, sofia, purpose)
    page, name = OWN[purpose]
    browser.settle()
    browser.settle = lambda: None
    start = threading.Barrier(20)

    def send(_):
        guest = carrying(browser)
        start.wait()
        return guest.post(page, PAGES[page]).status

    with ThreadPoolExecutor(20) as pool:
        statuses = Counter(pool.map(send, range(20)))
    assert statuses[303] == 1
    # For hashing there is a line, and where it is too long one is asked to come again.
    late = {409, 503} if purpose is Purpose.RESET_PASSWORD else {409}
    assert set(statuses) - {303} <= late
    db.rollback()
    assert [event.name for event in db.query(Event)] == [name]
    assert db.query(OutgoingMail).count() == (0 if purpose is Purpose.CONFIRM_EMAIL else 1)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_that_has_run_out_does_nothing(browser, db, sofia, purpose):
    token = make_link(db, sofia, purpose)
    token.expires_at = token.created_at
    page = OWN[purpose][0]
    before = rows(db)
    guest = carrying(browser)
    assert not guest.get(page).has(f'form[action="{page}"]')
    assert guest.post(page, PAGES[page]).is_conflict
    assert rows(db) == before


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_whose_mail_has_not_left_is_nobodys(browser, db, sofia, purpose):
    make_link(db, sofia, purpose, token_hash=None, expires_at=None)
    page = OWN[purpose][0]
    assert carrying(browser).post(page, PAGES[page]).is_conflict
    assert db.query(MailToken).one().used_at is None
