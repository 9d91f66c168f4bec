"""What became another in a request, and when: read from its history."""

from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.events import Event

MOST = 3


class Change(msgspec.Struct, frozen=True):
    """One change of an open request; `parts` are the names of its fields."""

    at: datetime
    parts: list[str]


def since(db: Session, request_id: int, at: datetime) -> list[Change]:
    """The last changes of a request after this moment, the newest first."""
    query = (
        select(Event.at, Event.detail)
        .where(
            Event.subject == "request",
            Event.subject_id == request_id,
            Event.name == "request.updated",
            Event.at > at,
        )
        .order_by(Event.id.desc())
        .limit(MOST)
    )
    return [Change(when, detail["changed"]) for when, detail in db.execute(query)]
