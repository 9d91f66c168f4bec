"""Ten minutes unread: told once, by however many nodes, and not at all to whom it is no news."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.clock import now
from app.jobs import unread_messages as job
from app.jobs.unread_messages import tell_of_unread_messages
from db.engine import Database
from db.models.accounts import AccountStatus, Side
from db.models.events import Event
from db.models.notices import Notice, NoticeKind
from db.models.outgoing_mail import OutgoingMail
from db.models.proposals import ProposalStatus
from tests.factories import (
    make_block,
    make_message,
    make_proposal,
    make_request,
    make_thread,
)
from tests.mailbox import mailbox

__all__ = ["mailbox"]

WORDS = "Unmistakable words of mine"


@pytest.fixture
def run(settings, database, db):
    def run_once():
        db.commit()
        tell_of_unread_messages(settings, database, threading.Event())
        db.expire_all()

    return run_once


@pytest.fixture
def thread(db, sofia, carla):
    """Carla has written twice, more than ten minutes ago."""
    thread = make_thread(db, sofia, carla)
    for _ in range(2):
        make_message(db, thread, carla, WORDS)
    thread.student_waits_at = now()
    return thread


def nothing(db):
    return (
        db.query(Notice).count() == db.query(OutgoingMail).count() == db.query(Event).count() == 0
    )


def test_sofia_is_told_who_wrote_and_how_often_and_never_what(db, run, mailbox, sofia, thread):
    run()
    notice = db.query(Notice).one()
    assert (notice.account_id, notice.kind, notice.name) == (
        sofia.id, NoticeKind.MESSAGE, "message_unread",
    )  # fmt: skip
    assert notice.side is Side.STUDENT and notice.thread_id == thread.id
    assert notice.path == f"/messages/{thread.id}" and notice.detail["unread"] == 2
    assert thread.student_waits_at is None
    [letter] = mailbox.letters(sofia.email)
    assert letter.subject == "You have unread messages"
    assert "Carla Ruiz has written to you: 2 messages" in " ".join(letter.text.split())
    assert f"https://skileez.test/messages/{thread.id}\n" in letter.text
    assert WORDS not in letter.text + letter.html + str(notice.detail)


def test_a_second_look_tells_nothing_again(db, run, thread):
    run()
    run()
    assert db.query(Notice).count() == db.query(OutgoingMail).count() == 1
    assert [one.name for one in db.query(Event)] == ["thread.waited"]


def test_several_nodes_at_once_tell_once(settings, database, db, sofia, sam, carla, thread):
    other = make_thread(db, sam, carla)
    make_message(db, other, sam)
    other.coach_waits_at = now()
    db.commit()
    nodes = [Database(settings.database_url, pool_size=1) for _ in range(4)]
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda node: tell_of_unread_messages(
                settings, node, threading.Event()), nodes))  # fmt: skip
    finally:
        for node in nodes:
            node.dispose()
    # Whoever skipped what another held leaves it to the next look.
    tell_of_unread_messages(settings, database, threading.Event())
    assert sorted(one.account_id for one in db.query(Notice)) == sorted([sofia.id, carla.id])
    assert db.query(OutgoingMail).count() == 2


def test_nobody_is_told_before_the_time(db, run, thread):
    thread.student_waits_at = now() + timedelta(seconds=30)
    run()
    assert nothing(db) and thread.student_waits_at is not None


def test_what_was_read_meanwhile_is_not_told(db, run, thread):
    thread.student_read = thread.last_number
    run()
    assert nothing(db) and thread.student_waits_at is None


@pytest.mark.parametrize("who", ["reader", "writer"])
def test_the_suspended_are_told_of_nothing_and_nobody_of_them(db, run, sofia, carla, thread, who):
    (sofia if who == "reader" else carla).status = AccountStatus.SUSPENDED
    run()
    assert nothing(db) and thread.student_waits_at is None


@pytest.mark.parametrize("who", ["reader", "writer"])
def test_a_block_keeps_it_from_being_told(db, run, sofia, carla, thread, who):
    make_block(db, *((sofia, carla) if who == "reader" else (carla, sofia)))
    run()
    assert nothing(db) and thread.student_waits_at is None


def test_what_staff_hid_is_nothing_to_be_told_of(db, run, sofia, carla):
    thread = make_thread(db, sofia, carla, student_waits_at=now())
    make_message(db, thread, carla, hidden_at=now())
    run()
    assert nothing(db)


def test_carla_is_told_of_a_student_as_matrix_b_allows(db, run, mailbox, sofia, carla):
    sofia.last_name = "Unmistakable"
    wanted = make_request(db, sofia, title="Tax words in Spanish")
    make_proposal(db, wanted, carla)
    thread = make_thread(db, sofia, carla, coach_waits_at=now())
    make_message(db, thread, sofia, WORDS)
    run()
    [letter] = mailbox.letters(carla.email)
    assert letter.subject == "You have an unread message"
    assert "Sofia has written to you: 1 message" in letter.text
    assert "“Tax words in Spanish”" in letter.text
    [notice] = db.query(Notice)
    for secret in ("Unmistakable", sofia.email, WORDS):
        assert secret not in letter.text + letter.html + str(notice.detail)


def test_once_chosen_carla_reads_the_whole_name(db, run, mailbox, sofia, carla):
    wanted = make_request(db, sofia, title="Tax words in Spanish")
    accepted = make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED)
    thread = make_thread(db, sofia, carla, coach_waits_at=now(), proposal_id=accepted.id)
    make_message(db, thread, sofia)
    run()
    [letter] = mailbox.letters(carla.email)
    assert f"{sofia.name} has written to you" in letter.text
    assert "“Tax words in Spanish”" in letter.text


def test_a_name_that_looks_like_a_link_stays_out_of_the_mail(db, run, mailbox, sofia, carla):
    sofia.first_name = "evil.example"
    thread = make_thread(db, sofia, carla, coach_waits_at=now())
    make_message(db, thread, sofia)
    run()
    [letter] = mailbox.letters(carla.email)
    assert "A student has written to you" in letter.text and "evil" not in letter.text


def test_one_that_cannot_be_told_keeps_no_other(
    settings, database, db, monkeypatch, sam, sofia, carla, thread
):
    other = make_thread(db, sam, carla, student_waits_at=now() - timedelta(minutes=1))
    make_message(db, other, carla)
    db.commit()
    tell = job.tell_of_unread

    def fails_once(db, found, side):
        if found.id == other.id:
            raise RuntimeError("a fault of ours")
        tell(db, found, side)

    monkeypatch.setattr(job, "tell_of_unread", fails_once)
    with pytest.raises(RuntimeError):
        tell_of_unread_messages(settings, database, threading.Event())
    assert [one.account_id for one in db.query(Notice)] == [sofia.id]


def test_whoever_writes_and_is_left_unread_is_told_of_after_ten_minutes(
    browser, db, run, sofia, carla
):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia)
    thread.coach_read = 1
    browser.as_(sofia).get(f"/messages/{thread.id}").form("#composer").fill(text=WORDS).submit()
    run()
    assert db.query(Notice).count() == 0
    db.refresh(thread)
    assert timedelta(minutes=9) < thread.coach_waits_at - now() <= timedelta(minutes=10)
    thread.coach_waits_at = now()
    run()
    assert db.query(Notice).one().account_id == carla.id
    browser.as_(carla).get(f"/messages/{thread.id}")
    db.expire_all()
    assert db.query(Notice).one().read_at is not None
