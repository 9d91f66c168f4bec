"""Blocks: a person wants to hear nothing from another, and takes that back."""

from sqlalchemy.orm import Session

from app.clock import now
from app.errors import WrongState
from app.events import record
from db.models.accounts import Account
from db.models.blocks import Block
from db.models.threads import Thread
from db.queries import blocks
from db.queries.viewers import Viewer


def create_block(db: Session, thread: Thread, *, by: Viewer) -> Block:
    """Block the other one of a thread, as a person: in all that the two have.

    Nobody is told. The threads of the two are held, so that what is sent after it is refused.
    """
    other = _other(thread, by)
    if blocks.of_person(db, by.id, other.id) is not None:
        raise WrongState("You have blocked this person already.", to=f"/messages/{thread.id}")
    block = Block(blocker_id=by.id, blocked_id=other.id, created_at=now())
    db.add(block)
    _record(db, "block.created", thread, by)
    return block


def destroy_block(db: Session, thread: Thread, *, by: Viewer) -> None:
    """Take one's own block back; that of the other one, if there is one, stays."""
    block = blocks.of_person(db, by.id, _other(thread, by).id)
    if block is None:
        raise WrongState("You have not blocked this person.", to=f"/messages/{thread.id}")
    db.delete(block)
    _record(db, "block.destroyed", thread, by)


def _record(db: Session, name: str, thread: Thread, by: Viewer) -> None:
    # A block has no number of its own: history speaks of the person.
    record(
        db,
        name,
        by=by,
        side=thread.side_of(by.id),
        subject=_other(thread, by),
        thread=thread.id,
    )


def _other(thread: Thread, by: Viewer) -> Account:
    return thread.coach if by.id == thread.student_id else thread.student
