"""History: one row for each thing done. Rows are only ever added."""

from typing import Any

from sqlalchemy.orm import Session

from app.clock import now
from app.security_log import RECORDED, write_once_kept
from db.models.accounts import Side
from db.models.events import Event
from db.queries.viewers import Viewer


def record(
    db: Session,
    name: str,
    *,
    by: Viewer | None,
    side: Side | None = None,
    subject: Any,
    before: str | None = None,
    after: str | None = None,
    **detail: Any,
) -> Event:
    """Write that `name` ("proposal.accepted") was done to `subject` by someone, from which side.

    `by` is nobody when the clock or a guest did it; `before` and `after` are statuses that changed.
    Returns the row, by whose id notices know what they tell of.
    """
    db.flush()  # a new subject gets its id here
    event = Event(
        at=now(),
        actor_id=by.id if by and not by.is_guest else None,
        side=side,
        name=name,
        subject=name.split(".")[0],
        subject_id=subject.id,
        from_status=before,
        to_status=after,
        detail=detail,
    )
    db.add(event)
    if name in RECORDED:
        write_once_kept(db, event)
    return event
