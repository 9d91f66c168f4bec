"""Messages: one is sent; it gets the next number of its thread."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, update
from sqlalchemy.orm import Session

from app.clock import now
from app.contact_details import why_wait
from app.errors import Refused, TooMany, WrongState
from app.forms.messages import MessageForm
from app.text_keys import text_key
from db.models.messages import Message
from db.models.threads import Thread
from db.queries import accounts, messages
from db.queries.viewers import Viewer
from db.search_entries import message_entry

LIMITS = ((timedelta(minutes=1), 20, "minute"), (timedelta(hours=1), 200, "hour"))
SAME_WITHIN, MOST_SAME = timedelta(hours=24), 4  # people who get the same words
TOLD_AFTER = timedelta(minutes=10)  # whoever has not read by then is told
PREVIEW = 200

# No history row: a message is its own history, and its words are never changed.


def send_message(db: Session, thread: Thread, form: MessageForm, *, by: Viewer) -> Message:
    """Write into a thread, within 20 messages a minute and 200 an hour.

    The number is taken under the thread's row lock, so that whoever has seen number n has seen
    everything before it. The writer has read what they answer to; the other one waits to be told,
    from their first unread message on.
    """
    _warn(thread, form)
    if accounts.locked(db, by.id).is_suspended:  # held, so that two tabs count one after the other
        raise WrongState("Messages cannot be sent in this thread at the moment.")
    at, key = now(), text_key(form.text)
    _keep_to_limits(db, by, at)
    _keep_words_rare(db, thread, key, by, at)
    values = _values(thread, form, by, at)
    number = db.execute(
        update(Thread).where(Thread.id == thread.id).values(values).returning(Thread.last_number)
    ).scalar_one()
    message = Message(
        thread_id=thread.id,
        number=number,
        sender_id=by.id,
        text=form.text,
        text_key=key,
        search_text=message_entry(form.text, thread.student_id, thread.coach_id),
        created_at=at,
    )
    db.add(message)
    db.flush()
    return message


def _values(thread: Thread, form: MessageForm, by: Viewer, at: datetime) -> dict[Any, Any]:
    """What the thread says of its newest message, and of who has read how far."""
    student = (Thread.student_read, Thread.student_waits_at)
    coach = (Thread.coach_read, Thread.coach_waits_at)
    writes_as_student = by.id == thread.student_id
    (my_read, i_wait), (their_read, they_wait) = (
        (student, coach) if writes_as_student else (coach, student)
    )
    values: dict[Any, Any] = {
        Thread.last_number: Thread.last_number + 1,
        Thread.last_message_at: at,
        Thread.last_text: " ".join(form.text[: 2 * PREVIEW].split())[:PREVIEW],
        Thread.last_sender_id: by.id,
        my_read: Thread.last_number + 1,
        i_wait: None,
        they_wait: case((their_read >= Thread.last_number, at + TOLD_AFTER), else_=they_wait),
    }
    if writes_as_student:
        values[Thread.student_wrote_at] = func.coalesce(Thread.student_wrote_at, at)
    return values


def _warn(thread: Thread, form: MessageForm) -> None:
    if thread.proposal_id is None and form.action != "send_anyway":
        warning = why_wait(form.text)
        if warning:
            raise Refused("action", warning)


def _keep_to_limits(db: Session, by: Viewer, at: datetime) -> None:
    for window, most, words in LIMITS:
        earlier = messages.sent_before(db, by.id, most, at=at)
        if earlier is not None and earlier > at - window:
            raise TooMany(
                f"That is more than {most} messages within a {words}. Your words are still here;"
                " send them in a moment.",
                seconds=int((earlier + window - at).total_seconds()) + 1,
            )


def _keep_words_rare(
    db: Session, thread: Thread, key: int | None, by: Viewer, at: datetime
) -> None:
    if key is None:
        return
    receiver = thread.coach_id if by.id == thread.student_id else thread.student_id
    got = messages.receivers_of(db, by.id, key, since=at - SAME_WITHIN)
    if len(got - {receiver}) >= MOST_SAME:
        raise Refused(
            "text",
            f"You have sent these words to {MOST_SAME} people within a day."
            " Write this person something of their own.",
        )
