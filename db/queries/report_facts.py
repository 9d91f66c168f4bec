"""What reporting and deciding look up: limits, copies, and why somebody is suspended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.events import Event
from db.models.messages import Message
from db.models.reports import Report, ReportOutcome, ReportStatus
from db.queries.reports import COPIED, LOOKED_AT


def is_open(db: Session, thread_id: int, reporter_id: int) -> bool:
    """Whether somebody's report about the other one of a thread is still being looked at."""
    is_there = exists().where(
        Report.thread_id == thread_id,
        Report.reporter_id == reporter_id,
        Report.status == ReportStatus.OPEN,
    )
    return db.scalars(select(is_there)).one()


def made_before(db: Session, reporter_id: int, latest: int, *, at: datetime) -> datetime | None:
    """When a person made their so-many-th latest report until then."""
    query = select(Report.created_at).where(
        Report.reporter_id == reporter_id, Report.created_at <= at
    )
    ordered = query.order_by(Report.created_at.desc()).offset(latest - 1).limit(1)
    return db.scalars(ordered).one_or_none()


def was_looked_at(db: Session, report_id: int, staff_id: int) -> bool:
    """Whether it is written down that this member of staff has read a report."""
    looks = exists().where(
        Event.subject == "report", Event.subject_id == report_id, Event.name == LOOKED_AT,
        Event.actor_id == staff_id,
    )  # fmt: skip
    return db.scalars(select(looks)).one()


def copied(db: Session, thread_id: int, reporter_id: int) -> list[dict[str, Any]]:
    """The last messages of a thread as they are now, the oldest first, to be kept."""
    query = (
        select(Message, Account.first_name + " " + Account.last_name)
        .join(Account, Account.id == Message.sender_id)
        .where(Message.thread_id == thread_id)
        .order_by(Message.number.desc())
        .limit(COPIED)
    )
    return [
        {
            "number": message.number,
            "name": name,
            "is_reporter": message.sender_id == reporter_id,
            "text": message.text,
            "sent_at": message.created_at.isoformat(),
        }
        for message, name in reversed(db.execute(query).all())
    ]


def messages(db: Session, thread_id: int, sender_id: int, numbers: Sequence[int]) -> list[Message]:
    """Those of a person's messages that have these numbers, in their order."""
    query = select(Message).where(
        Message.thread_id == thread_id,
        Message.sender_id == sender_id,
        Message.number.in_(numbers),
    )
    return list(db.scalars(query.order_by(Message.number).with_for_update()))


def suspension_reason(db: Session, account_id: int) -> str:
    """What a person was told when they were suspended last; "" when nothing was."""
    query = select(Report.decision).where(
        Report.reported_id == account_id, Report.outcome == ReportOutcome.SUSPENDED
    )
    latest = query.order_by(Report.decided_at.desc(), Report.id.desc()).limit(1)
    return db.scalars(latest).one_or_none() or ""
