"""One event, one person: a notice in their list and a mail, once; the suspended hear of none."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.events import record
from app.notify.notices import notify
from db.models.accounts import AccountStatus, Side
from db.models.notices import Notice, NoticeKind
from db.models.outgoing_mail import OutgoingMail
from tests.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.fixture
def event(db, sofia):
    return record(db, "proposal.submitted", by=None, subject=sofia)


def told(db, account, event, kind=NoticeKind.PROPOSAL, **but):
    given = {
        "name": "proposal_received", "side": Side.STUDENT, "path": "/proposals/12",
        "title": "Small talk in Spanish", "proposal": 12,
    }  # fmt: skip
    notify(db, account, event, kind=kind, **{**given, **but})
    db.flush()


def test_sofia_finds_it_in_her_list_and_in_her_mail(db, mailbox, sofia, event):
    told(db, sofia, event)
    notice = db.query(Notice).one()
    assert (notice.account_id, notice.kind, notice.name) == (
        sofia.id, NoticeKind.PROPOSAL, "proposal_received",
    )  # fmt: skip
    assert notice.detail == {"title": "Small talk in Spanish", "proposal": 12}
    assert (notice.side, notice.path) == (Side.STUDENT, "/proposals/12")
    assert notice.read_at is None and notice.mail_due_at is None and notice.thread_id is None
    [letter] = mailbox.letters(sofia.email)
    assert letter.subject == "A coach has answered your request"


def test_sofia_is_told_of_an_event_once(db, sofia, event):
    told(db, sofia, event)
    with pytest.raises(IntegrityError), db.begin_nested():
        told(db, sofia, event)
    assert db.query(Notice).count() == db.query(OutgoingMail).count() == 1


def test_two_people_are_each_told_of_the_same_event(db, sofia, dora, event):
    told(db, sofia, event)
    told(db, dora, event)
    assert {one.account_id for one in db.query(Notice)} == {sofia.id, dora.id}


def test_the_suspended_hear_only_what_staff_decided(db, sofia, event):
    sofia.status = AccountStatus.SUSPENDED
    told(db, sofia, event)
    assert db.query(Notice).count() == db.query(OutgoingMail).count() == 0
    told(db, sofia, event, kind=NoticeKind.CONDUCT)
    assert db.query(Notice).one().kind is NoticeKind.CONDUCT
    assert db.query(OutgoingMail).count() == 1
