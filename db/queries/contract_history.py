"""What happened to a contract and to what hangs on it, as far as both of its people may read it."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session

from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.payments import Payment
from db.models.reviews import Review
from db.queries.paging import Found, page

# Nothing else: reviews are sealed until they are published, and of looks nobody else is told.
TOLD = (
    "contract.opened", "contract.paused", "contract.resumed", "contract.ended",
    "contract.completed",
    "session.offered", "session.agreed", "session.declined", "session.taken_back",
    "session.lapsed", "session.cancelled", "session.voided", "session.ended",
    "session.completed", "session.confirmed", "session.no_show", "session.problem",
    "session.waived", "session.decided", "session.reversed",
    "payment.paid", "payment.received",
    "review.published", "review.replied",
)  # fmt: skip

PARTS: dict[str, Any] = {"session": LearningSession, "payment": Payment, "review": Review}


class Happened(msgspec.Struct, frozen=True):
    """One thing that was done; `side` is nobody's when the clock or staff did it."""

    id: int
    at: datetime
    name: str
    side: str | None
    is_mine: bool
    detail: dict[str, Any]
    number: int | None  # of the session it is about


def of_contract(
    db: Session, contract_id: int, viewer_id: int, *, after: str = ""
) -> Found[Happened]:
    """The newest first."""
    query = (
        select(
            Event.id,
            Event.at,
            Event.name,
            Event.side,
            Event.actor_id == viewer_id,
            Event.detail,
            LearningSession.number,
        )
        .outerjoin(
            LearningSession,
            and_(Event.subject == "session", LearningSession.id == Event.subject_id),
        )
        .where(_about(db, contract_id), Event.name.in_(TOLD))
    )
    return page(db, query, key=(Event.id,), make=_happened, after=after)


def _about(db: Session, contract_id: int) -> ColumnElement[bool]:
    # The ids by a query of their own: inside an OR, PostgreSQL reads every event for a subquery.
    parts = union_all(
        *(
            select(literal(subject), model.id).where(model.contract_id == contract_id)
            for subject, model in PARTS.items()
        )
    )
    ids: dict[str, list[int]] = {"contract": [contract_id]}
    for subject, id_ in db.execute(parts):
        ids.setdefault(subject, []).append(id_)
    return or_(
        *(and_(Event.subject == name, Event.subject_id.in_(some)) for name, some in ids.items())
    )


def _happened(id_: int, at: datetime, name: str, side: str | None, *rest: Any) -> Happened:
    is_mine, detail, number = rest
    return Happened(id_, at, name, side, bool(is_mine), detail or {}, number)
