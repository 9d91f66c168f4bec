"""Threads: opened once per pair, begun by a student's first words, read up to a number."""

from datetime import datetime, timedelta

from sqlalchemy import case, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.actions.messages import Sent, send_message
from app.actions.notices import mark_thread_notices_read
from app.clock import now
from app.errors import TooMany, WrongState
from app.events import record
from app.forms.messages import MessageForm
from db.models.accounts import Side
from db.models.profiles import CoachProfile
from db.models.proposals import Proposal
from db.models.threads import Thread
from db.queries import accounts, blocks, threads
from db.queries.viewers import Viewer

DAY, MOST_A_DAY = timedelta(days=1), 10
HOUR, MOST_AN_HOUR, MOST_IN_FIRST_HOUR = timedelta(hours=1), 10, 3


def start_thread(db: Session, coach: CoachProfile, form: MessageForm, *, by: Viewer) -> Sent:
    """Send a student's first words to a coach; if the two already talk, the words join that thread.

    Matrix A: ten coaches a day, and three within the first hour of an account; and never more than
    ten threads an hour, whatever becomes of them.
    """
    return send_message(db, begin_thread(db, coach.account_id, by=by), form, by=by)


def begin_thread(db: Session, coach_id: int, *, by: Viewer) -> Thread:
    """The thread of a student with a coach; if it is their first, within the limits for that."""
    thread = threads.of_pair(db, by.id, coach_id, held=True)
    if blocks.between(db, by.id, coach_id):  # while this waited for the thread
        raise WrongState("This coach cannot be written to at the moment.")
    if thread is None:
        _keep_to_limits(db, by)
        thread = open_thread(db, student_id=by.id, coach_id=coach_id)
        record(db, "thread.created", by=by, side=Side.STUDENT, subject=thread)
    return thread


def open_thread(
    db: Session, *, student_id: int, coach_id: int, proposal: Proposal | None = None
) -> Thread:
    """The one thread of this pair, made if it is their first; an accepted proposal is noted on it.

    The row is held until the transaction ends, as for everything that changes a thread.
    """
    thread = threads.of_pair(db, student_id, coach_id, held=True)
    if thread is None:
        thread = Thread(student_id=student_id, coach_id=coach_id, created_at=now())
        try:
            with db.begin_nested():
                db.add(thread)
        except IntegrityError:  # the other one, or another tab, opened it this very moment
            thread = threads.of_pair(db, student_id, coach_id, held=True)
            if thread is None:
                raise
    if proposal is not None:
        thread.proposal_id = proposal.id
    return thread


def mark_read(db: Session, thread_id: int, account_id: int, number: int) -> None:
    """Note that a person has seen this thread's messages up to a number; it never goes back.

    Whoever has read up to the end no longer waits to be told of it, and knows what they were told.
    """
    for person, read, waits in (
        (Thread.student_id, Thread.student_read, Thread.student_waits_at),
        (Thread.coach_id, Thread.coach_read, Thread.coach_waits_at),
    ):
        mine = (Thread.id == thread_id, person == account_id, read < number)
        waits_on = case((Thread.last_number <= number, None), else_=waits)
        db.execute(update(Thread).where(*mine).values({read: number, waits: waits_on}))
    mark_thread_notices_read(db, account_id, thread_id)


def _keep_to_limits(db: Session, by: Viewer) -> None:
    joined = accounts.locked(db, by.id).created_at  # two tabs count one after the other
    at = now()
    new = threads.begun_before(db, by.id, MOST_A_DAY, at=at, only_new=True)
    if new is not None and new > at - DAY:
        raise TooMany(
            f"You have written to {MOST_A_DAY} new coaches within a day, which is the most."
            " Give them time to answer, and write to the next one tomorrow.",
            seconds=_seconds(new + DAY),
        )
    begun = threads.begun_before(db, by.id, MOST_AN_HOUR, at=at)
    if begun is not None and begun > at - HOUR:
        raise TooMany(
            f"You have begun {MOST_AN_HOUR} threads within an hour, which is the most."
            " Keep these words and send them a little later.",
            seconds=_seconds(begun + HOUR),
        )
    fresh = at - HOUR < joined <= at
    if fresh and threads.begun_before(db, by.id, MOST_IN_FIRST_HOUR, at=at, only_new=True):
        raise TooMany(
            f"In its first hour an account can write to {MOST_IN_FIRST_HOUR} coaches."
            " Keep these words and send them a little later.",
            seconds=_seconds(joined + HOUR),
        )


def _seconds(until: datetime) -> int:
    return int((until - now()).total_seconds()) + 1
