"""What the clock does when a message has stayed unread. It is nobody's deed."""

from sqlalchemy.orm import Session

from app.clock import now
from app.events import record
from app.notify import messages as tell
from db.models.accounts import Account, Side
from db.models.threads import Thread
from db.queries import blocks, thread_ties, threads, unread_messages


def tell_of_unread(db: Session, thread: Thread, side: Side) -> None:
    """Tell the reader on this side, once, as long as there is something they may hear of."""
    if side is Side.STUDENT:
        reader, writer = thread.student, thread.coach
        thread.student_waits_at = None
    else:
        reader, writer = thread.coach, thread.student
        thread.coach_waits_at = None
    if reader.is_suspended or writer.is_suspended:
        return
    if blocks.between(db, reader.id, writer.id):
        return
    unread = unread_messages.count(db, thread, reader.id)
    if not unread:
        return
    event = record(db, "thread.waited", by=None, subject=thread, reader=reader.id)
    tell.message_unread(
        db, reader, event, thread, side, unread=unread,
        who=threads.other(db, thread, side, at=now()).name,
        title=_title(db, thread, reader, writer, side),
    )  # fmt: skip


def _title(db: Session, thread: Thread, reader: Account, writer: Account, side: Side) -> str:
    terms = threads.terms(db, thread)
    if terms:
        return terms.title
    tie = thread_ties.ties(db, reader.id, side, [writer.id], at=now()).get(writer.id)
    return tie.title if tie else ""
