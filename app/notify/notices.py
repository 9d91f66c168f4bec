"""One event, told to one person: a notice in their list, and its mail as they want it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.clock import now
from app.mail.outbox import enqueue_about
from app.notify.mail_times import leaves_at
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.notices import MailTiming, Notice, NoticeKind


def notify(
    db: Session,
    account: Account,
    event: Event,
    *,
    kind: NoticeKind,
    name: str,
    side: Side | None,
    path: str,
    thread_id: int | None = None,
    before: datetime | None = None,
    **detail: Any,
) -> None:
    """Tell a person of an event, once; a second time fails, as it does in the outbox.

    `name` has its words in partials/notices/words.html and in templates/mail; `detail` is what both
    need. Nobody is mailed of it after `before`: not once a day, and quiet hours do not hold it so
    long. Suspended people hear only what staff decided.
    """
    if account.is_suspended and kind is not NoticeKind.CONDUCT:
        return
    db.flush()  # a new event gets its id here
    at = now()
    timing, leaves = leaves_at(db, account, kind, at, before)
    notice = Notice(
        key=f"{name}:event:{event.id}:{account.id}",
        account_id=account.id,
        kind=kind,
        name=name,
        side=side,
        path=path,
        thread_id=thread_id,
        detail=detail,
        created_at=at,
        mail_due_at=leaves if timing is MailTiming.BUNDLED else None,
    )
    db.add(notice)
    if timing is MailTiming.NOW:
        way_out = "" if kind is NoticeKind.CONDUCT else kind.value
        enqueue_about(db, name, account, event, due_at=leaves, way_out=way_out, **detail)
