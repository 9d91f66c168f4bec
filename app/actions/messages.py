"""Messages: one is sent; it gets the next number of its thread."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import String, bindparam, case, func, insert, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from app.clock import now
from app.contact_details import why_wait
from app.errors import Refused, TooMany, WrongState
from app.forms.messages import MessageForm
from app.text_keys import text_key
from db.models.accounts import AccountStatus
from db.models.messages import Message
from db.models.threads import Thread
from db.queries import accounts, messages
from db.queries.threads import OpenThread
from db.queries.viewers import Viewer
from db.search_entries import message_entry
from db.statements import AT, KEY, VIEWER, ask
from db.types import Instant

LIMITS = ((timedelta(minutes=1), 20, "minute"), (timedelta(hours=1), 200, "hour"))
SAME_WITHIN, MOST_SAME = timedelta(hours=24), 4  # people who get the same words
TOLD_AFTER = timedelta(minutes=10)  # whoever has not read by then is told
PREVIEW = 200

WrittenIn = Thread | OpenThread

# No history row: a message is its own history, and its words are never changed.


class Sent(msgspec.Struct, frozen=True):
    """A message that was just sent."""

    id: int
    thread_id: int
    number: int
    created_at: datetime


def send_message(db: Session, thread: WrittenIn, form: MessageForm, *, by: Viewer) -> Sent:
    """Write into a thread, within 20 messages a minute and 200 an hour.

    The number is taken under the thread's row lock, so that whoever has seen number n has seen
    everything before it. The writer has read what they answer to; the other one waits to be told,
    from their first unread message on.
    """
    _warn(thread, form)
    accounts.hold_account(db, by.id)  # so that two tabs count one after the other
    at, key = now(), text_key(form.text)
    _keep_to_limits(db, thread, key, by, at)
    number = _count_on(db, thread, form, by, at)
    message_id: int = ask(
        db,
        _ADDED,
        thread_id=thread.id,
        number=number,
        sender_id=by.id,
        text=form.text,
        text_key=key,
        search_text=message_entry(form.text, thread.student_id, thread.coach_id),
        created_at=at,
    ).scalar_one()
    return Sent(message_id, thread.id, number, at)


_ADDED = insert(Message).returning(Message.id)


def _count_on(db: Session, thread: WrittenIn, form: MessageForm, by: Viewer, at: datetime) -> int:
    """Write what the thread says of its newest message, and of who has read how far.

    Returns the number of that message.
    """
    found = ask(
        db,
        _counted_on(by.id == thread.student_id),
        key=thread.id,
        viewer=by.id,
        at=at,
        told_at=at + TOLD_AFTER,
        beginning=" ".join(form.text[: 2 * PREVIEW].split())[:PREVIEW],
    )
    if isinstance(thread, Thread):
        db.expire(thread, CHANGED)  # else it went on saying what was
    number: int = found.scalar_one()
    return number


CHANGED = (
    "last_number", "last_message_at", "last_text", "last_sender_id", "student_read", "coach_read",
    "student_waits_at", "coach_waits_at", "student_wrote_at",
)  # fmt: skip


@cache
def _counted_on(writes_as_student: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    student = (Thread.student_read, Thread.student_waits_at)
    coach = (Thread.coach_read, Thread.coach_waits_at)
    (my_read, i_wait), (their_read, they_wait) = (
        (student, coach) if writes_as_student else (coach, student)
    )
    told_at = bindparam("told_at", type_=Instant)
    values: dict[Any, Any] = {
        Thread.last_number: Thread.last_number + 1,
        Thread.last_message_at: AT,
        Thread.last_text: bindparam("beginning", type_=String),
        Thread.last_sender_id: VIEWER,
        my_read: Thread.last_number + 1,
        i_wait: None,
        they_wait: case((their_read >= Thread.last_number, told_at), else_=they_wait),
    }
    if writes_as_student:
        values[Thread.student_wrote_at] = func.coalesce(Thread.student_wrote_at, AT)
    return update(Thread).where(Thread.id == KEY).values(values).returning(Thread.last_number)


def _warn(thread: WrittenIn, form: MessageForm) -> None:
    if thread.proposal_id is None and form.action != "send_anyway":
        warning = why_wait(form.text)
        if warning:
            raise Refused("action", warning)


def _keep_to_limits(
    db: Session, thread: WrittenIn, key: int | None, by: Viewer, at: datetime
) -> None:
    before = messages.earlier(
        db, by.id, [most for _, most, _ in LIMITS],
        at=at, text_key=key, since=at - SAME_WITHIN, but=thread.other_of(by.id),
    )  # fmt: skip
    if before.status is AccountStatus.SUSPENDED:
        raise WrongState("Messages cannot be sent in this thread at the moment.")
    for (window, most, words), earlier in zip(LIMITS, before.sent_at, strict=True):
        if earlier is not None and earlier > at - window:
            raise TooMany(
                f"That is more than {most} messages within a {words}. Your words are still here;"
                " send them in a moment.",
                seconds=int((earlier + window - at).total_seconds()) + 1,
            )
    if before.others >= MOST_SAME:
        raise Refused(
            "text",
            f"You have sent these words to {MOST_SAME} people within a day."
            " Write this person something of their own.",
        )
