"""One mail with all that waits: the words of the list, at most twenty lines, one link."""

import pytest

from app.clock import now
from app.events import record
from app.notify.notice_bundles import notices_bundled
from db.models.accounts import Side
from db.models.notices import NoticeKind
from db.models.outgoing_mail import OutgoingMail
from db.queries import notices
from tests.factories import make_message, make_notice, make_thread
from tests.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.fixture
def letter(db, mailbox):
    def told(account):
        event = record(db, "notice_bundle.made", by=None, subject=account)
        db.flush()
        notices_bundled(db, account, event, notices.waiting(db, account.id, at=now()))
        [found] = mailbox.letters(account.email)
        return found

    return told


def test_sofia_reads_what_her_list_says_the_newest_first(db, letter, sofia):
    make_notice(db, sofia, mail_due_at=now(), detail={"title": "Rock & <b>roll</b>"})
    make_notice(
        db, sofia, "request_expiring", kind=NoticeKind.REQUEST, mail_due_at=now(),
        detail={"title": "Tax words", "days": 1},
    )  # fmt: skip
    found = letter(sofia)
    assert found.subject == "2 notices on Skileez"
    lines = [line for line in found.text.splitlines() if line.startswith("- ")]
    assert lines == [
        "- Your request closes in 1 day: “Tax words”",
        "- A coach sent you a proposal: “Rock & <b>roll</b>”",
    ]
    assert "Rock &amp; &lt;b&gt;roll" in found.html and "more." not in found.text
    assert "https://skileez.test/notices\n" in found.text
    assert f"/unsubscribe/{sofia.mail_key}/bundle" in found.text


def test_twenty_lines_and_then_how_many_more(db, letter, sofia):
    for _ in range(27):
        make_notice(db, sofia, mail_due_at=now())
    found = letter(sofia)
    assert found.subject == "27 notices on Skileez"
    assert found.text.count("\n- ") == 20 and "And 7 more." in found.text
    assert found.html.count("<li>") == 20 and "And 7 more." in found.html


def unread(db, coach, thread):
    make_notice(
        db, coach, "message_unread", kind=NoticeKind.MESSAGE, side=Side.COACH,
        thread_id=thread.id, mail_due_at=now(), detail={"unread": 1, "title": "", "who": "x"},
    )  # fmt: skip


def test_carla_reads_of_a_student_what_matrix_b_allows(db, letter, sofia, carla):
    sofia.last_name = "Unmistakable"
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Unmistakable words")
    unread(db, carla, thread)
    found = letter(carla)
    assert "Sofia wrote to you" in found.text
    assert "Unmistakable" not in found.text + found.html
    assert "Unmistakable" not in repr(db.query(OutgoingMail).one().detail)


def test_a_name_like_a_link_stays_out(db, letter, sofia, carla):
    sofia.first_name = "evil.example"
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia)
    unread(db, carla, thread)
    make_notice(
        db, carla, "invitation_received", kind=NoticeKind.INVITATION, side=Side.COACH,
        mail_due_at=now(), detail={"title": "Tax words", "student": "evil.example"},
    )  # fmt: skip
    found = letter(carla)
    assert "evil" not in found.text + found.html
    assert "A student invites you" in found.text and "Student" in found.text
