"""The way out in a mail: a page with a button for whoever holds it, and nothing about anybody."""

import pytest

from app.actions.notice_settings import unsubscribe
from db.models.events import Event
from db.models.notices import MailTiming, NoticeKind, NoticeSetting
from tests.mailbox import mailbox
from tests.tables import rows

__all__ = ["mailbox"]

KEY = "k" * 43


@pytest.fixture
def sofia(sofia):
    sofia.mail_key = KEY
    return sofia


def chosen(db):
    db.expire_all()
    return {(one.account_id, one.kind): one.mail for one in db.query(NoticeSetting)}


@pytest.mark.parametrize("way", ["message", "proposal", "outcome", "invitation", "request",
                                 "approval", "bundle"])  # fmt: skip
def test_looking_at_it_ends_nothing_and_the_button_does(browser, db, sofia, way):
    guest = browser.as_guest()
    before = rows(db)
    for _ in range(2):
        page = guest.get(f"/unsubscribe/{KEY}/{way}")
    assert guest.send("HEAD", f"/unsubscribe/{KEY}/{way}").status == 200
    assert rows(db) == before
    assert page.has('meta[name=robots][content="noindex"]')
    assert page.headers["cache-control"] == "no-store"
    form = page.form("main form")
    for _ in range(2):
        done = form.submit()
        assert done.is_good and done.says("No more such mails")
        assert done.has('a[href="/settings/notices"]')
    expected = {} if way == "bundle" else {(sofia.id, NoticeKind(way)): MailTiming.OFF}
    assert chosen(db) == expected
    events = db.query(Event).filter_by(name="notice_setting.unsubscribed").all()
    assert [event.actor_id for event in events] == [None] * len(expected)


def test_whoever_holds_it_learns_nothing_of_whose_it_is(browser, sofia, dora):
    for asking in (browser.as_guest(), browser.as_(dora)):
        page = asking.get(f"/unsubscribe/{KEY}/message")
        for text in (page.text, page.form("main form").submit().text):
            assert sofia.email not in text and sofia.last_name not in text


def test_unknown_keys_and_kinds_are_answered_alike(browser, db, sofia):
    guest = browser.as_guest()
    answers = [
        guest.get(f"/unsubscribe/{key}/{way}")
        for key, way in (
            ("x" * 43, "message"),
            (KEY, "conduct"),
            (KEY, "nothing"),
            ("k", "message"),
        )
    ]
    assert {answer.status for answer in answers} == {404}
    texts = {answer.text.replace(answer.headers["x-request-id"], "") for answer in answers}
    assert len(texts) == 1


def test_the_mail_once_a_day_ends_for_all_that_came_in_it(browser, db, sofia):
    wanted = {
        NoticeKind.MESSAGE: MailTiming.BUNDLED, NoticeKind.REQUEST: MailTiming.BUNDLED,
        NoticeKind.PROPOSAL: MailTiming.NOW,
    }  # fmt: skip
    for kind, mail in wanted.items():
        db.add(NoticeSetting(account_id=sofia.id, kind=kind, mail=mail))
    page = browser.as_guest().get(f"/unsubscribe/{KEY}/bundle")
    assert page.says("Mails that come at once stay as they are.")
    page.form("main form").submit()
    assert {kind.value: mail.value for (_, kind), mail in chosen(db).items()} == {
        "message": "off", "request": "off", "proposal": "now",
    }  # fmt: skip


def test_only_the_one_field_is_taken(browser, db, sofia):
    guest = browser.as_guest()
    for sent in ({}, {"List-Unsubscribe": "No"}, {"List-Unsubscribe": "One-Click", "kind": "all"}):
        assert guest.post(f"/unsubscribe/{KEY}/message", sent).status in (400, 422)
    assert chosen(db) == {}


def test_it_is_offered_again_in_the_settings(browser, db, sofia):
    unsubscribe(db, sofia, NoticeKind.MESSAGE)
    page = browser.as_(sofia).get("/settings/notices")
    assert page.has("#mail-message option[value=off][selected]")
    page.form("#notice-settings").fill(mail_message="now").submit()
    assert set(chosen(db).values()) == {MailTiming.NOW}
