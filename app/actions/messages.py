"""Messages: one is sent; it gets the next number of its thread."""

from datetime import datetime, timedelta

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from app.clock import now
from app.errors import TooMany
from app.forms.messages import MessageForm
from db.models.messages import Message
from db.models.threads import Thread
from db.queries import messages
from db.queries.viewers import Viewer

LIMITS = ((timedelta(minutes=1), 20, "minute"), (timedelta(hours=1), 200, "hour"))
PREVIEW = 200

# No history row: a message is its own history, and is never changed.


def send_message(db: Session, thread: Thread, form: MessageForm, *, by: Viewer) -> Message:
    """Write into a thread, within 20 messages a minute and 200 an hour.

    The number is taken under the thread's row lock, so that whoever has seen number n has seen
    everything before it. The writer has read what they answer to.
    """
    at = now()
    _keep_to_limits(db, by, at)
    writes_as_student = by.id == thread.student_id
    values = {
        Thread.last_number: Thread.last_number + 1,
        Thread.last_message_at: at,
        Thread.last_text: " ".join(form.text[: 2 * PREVIEW].split())[:PREVIEW],
        Thread.last_sender_id: by.id,
        (Thread.student_read if writes_as_student else Thread.coach_read): Thread.last_number + 1,
    }
    if writes_as_student:
        values[Thread.student_wrote_at] = func.coalesce(Thread.student_wrote_at, at)
    number = db.execute(
        update(Thread).where(Thread.id == thread.id).values(values).returning(Thread.last_number)
    ).scalar_one()
    message = Message(
        thread_id=thread.id, number=number, sender_id=by.id, text=form.text, created_at=at
    )
    db.add(message)
    db.flush()
    return message


def _keep_to_limits(db: Session, by: Viewer, at: datetime) -> None:
    for window, most, words in LIMITS:
        earlier = messages.sent_before(db, by.id, most)
        if earlier is not None and earlier > at - window:
            raise TooMany(
                f"That is more than {most} messages within a {words}. Your words are still here;"
                " send them in a moment.",
                seconds=int((earlier + window - at).total_seconds()) + 1,
            )
