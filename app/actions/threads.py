"""Threads: opened once per pair, begun by a student's first words, read up to a number."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.clock import now
from db.models.proposals import Proposal
from db.models.threads import Thread
from db.queries import threads


def open_thread(
    db: Session, *, student_id: int, coach_id: int, proposal: Proposal | None = None
) -> Thread:
    """The one thread of this pair, made if it is their first; an accepted proposal is noted on it.

    The row is held until the transaction ends, as for everything that changes a thread.
    """
    thread = threads.of_pair_held(db, student_id, coach_id)
    if thread is None:
        thread = Thread(student_id=student_id, coach_id=coach_id, created_at=now())
        try:
            with db.begin_nested():
                db.add(thread)
        except IntegrityError:  # the other one, or another tab, opened it this very moment
            thread = threads.of_pair_held(db, student_id, coach_id)
            if thread is None:
                raise
    if proposal is not None:
        thread.proposal_id = proposal.id
    return thread


def mark_read(db: Session, thread_id: int, account_id: int, number: int) -> None:
    """Note that a person has seen this thread's messages up to a number; it never goes back."""
    for person, read in (
        (Thread.student_id, Thread.student_read),
        (Thread.coach_id, Thread.coach_read),
    ):
        mine = (Thread.id == thread_id, person == account_id, read < number)
        db.execute(update(Thread).where(*mine).values({read: number}))
