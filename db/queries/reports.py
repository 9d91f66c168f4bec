"""Reports: as staff list and read them, and what was decided about a person before."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, AccountStatus, Side, StaffRole
from db.models.events import Event
from db.models.messages import Message
from db.models.reports import Report, ReportOutcome, ReportReason, ReportStatus
from db.models.threads import Thread
from db.queries.paging import Found, page

LOOKED_AT = "report.looked_at"
RESTORED = "account.restored"
COPIED = 50  # messages, the last ones
MOST_EARLIER = 20
BEGINNING = 80  # characters of a message


class ReportLine(msgspec.Struct, frozen=True):
    """A report in the list of staff: no names, which stand where each look is recorded.

    `side` is that of the reported person; `about` is how many there are about the same person.
    """

    id: int
    side: Side
    reason: ReportReason
    outcome: ReportOutcome | None
    created_at: datetime
    decided_at: datetime | None
    decider: str | None
    about: int


class ReportPage(msgspec.Struct, frozen=True):
    """One report as staff read it; the words of the two are `said`."""

    id: int
    thread_id: int
    reporter_id: int
    reporter: str
    reported_id: int
    reported: str
    reported_status: AccountStatus
    reported_role: StaffRole | None
    student_id: int
    reason: ReportReason
    text: str
    status: ReportStatus
    outcome: ReportOutcome | None
    decision: str
    created_at: datetime
    decided_at: datetime | None
    decider: str | None

    @property
    def side(self) -> Side:
        """The side that the reported person has in the thread."""
        return Side.STUDENT if self.reported_id == self.student_id else Side.COACH

    @property
    def is_suspended(self) -> bool:
        """Whether the reported person cannot sign in at the moment."""
        return self.reported_status is AccountStatus.SUSPENDED


class Said(msgspec.Struct, frozen=True):
    """A message as it was when it was reported; nothing that happened since changes it."""

    number: int
    name: str
    is_reporter: bool
    text: str
    sent_at: datetime

    @property
    def choice(self) -> tuple[str, str]:
        """It as one of several to choose from: its number, and how it begins."""
        words = " ".join(self.text.split())
        begins = words if len(words) <= BEGINNING else words[:BEGINNING].rstrip() + "…"
        return str(self.number), begins


class Earlier(msgspec.Struct, frozen=True):
    """Another report about the same person, or a suspension that was lifted."""

    report_id: int | None
    reason: ReportReason | None
    status: ReportStatus | None
    outcome: ReportOutcome | None
    decision: str
    at: datetime


# Lists of staff.


def lines(
    db: Session, visible: ColumnElement[bool], status: ReportStatus, *, after: str = ""
) -> Found[ReportLine]:
    """The open reports, the oldest first; or the closed ones, the newest first."""
    decider, other = another(Account), another(Report)
    is_student = Report.reported_id == Thread.student_id
    side = case((is_student, Side.STUDENT), else_=Side.COACH)
    about = select(func.count()).where(other.reported_id == Report.reported_id)
    query = (
        select(
            Report.id, side, Report.reason, Report.outcome, Report.created_at,
            Report.decided_at, _name(decider), about.correlate(Report).scalar_subquery(),
        )
        .join(Thread, Thread.id == Report.thread_id)
        .join(decider, decider.id == Report.decided_by_id, isouter=True)
        .where(visible, Report.status == status)
    )  # fmt: skip
    rising = status is ReportStatus.OPEN
    return page(db, query, key=(Report.id,), make=ReportLine, after=after, rising=rising)


def count(db: Session, visible: ColumnElement[bool], status: ReportStatus) -> int:
    """How many reports stand like this."""
    query = select(func.count()).select_from(Report).where(visible, Report.status == status)
    return db.scalars(query).one()


def waiting_since(db: Session, visible: ColumnElement[bool]) -> datetime | None:
    """When the report that has waited longest was made."""
    is_open = Report.status == ReportStatus.OPEN
    return db.scalars(select(func.min(Report.created_at)).where(visible, is_open)).one()


# One report.


def find(db: Session, report_id: int) -> ReportPage:
    """The report, which has been found to be visible."""
    reporter, reported, decider = another(Account), another(Account), another(Account)
    query = (
        select(
            Report.id, Report.thread_id, reporter.id, _name(reporter), reported.id,
            _name(reported), reported.status, reported.staff_role, Thread.student_id,
            Report.reason, Report.text, Report.status, Report.outcome, Report.decision,
            Report.created_at, Report.decided_at, _name(decider),
        )
        .join(Thread, Thread.id == Report.thread_id)
        .join(reporter, reporter.id == Report.reporter_id)
        .join(reported, reported.id == Report.reported_id)
        .join(decider, decider.id == Report.decided_by_id, isouter=True)
        .where(Report.id == report_id)
    )  # fmt: skip
    facts: list[Any] = [*db.execute(query).one()]
    return ReportPage(*facts)


def said(db: Session, report_id: int) -> list[Said]:
    """The copy that was made for this report, the oldest message first."""
    copy = db.scalars(select(Report.copy).where(Report.id == report_id)).one()
    return [msgspec.convert(one, Said) for one in copy]


def hidden_numbers(db: Session, thread_id: int) -> set[int]:
    """The numbers of the messages that staff have hidden in a thread."""
    query = select(Message.number).where(
        Message.thread_id == thread_id, Message.hidden_at.is_not(None)
    )
    return set(db.scalars(query))


def earlier(
    db: Session, visible: ColumnElement[bool], reported_id: int, *, but: int
) -> list[Earlier]:
    """What else was reported and decided about a person, the latest first."""
    of_them = (Report.reported_id == reported_id, Report.id != but, visible)
    query = select(
        Report.id, Report.reason, Report.status, Report.outcome, Report.decision,
        func.coalesce(Report.decided_at, Report.created_at),
    ).where(*of_them)  # fmt: skip
    latest = query.order_by(Report.id.desc()).limit(MOST_EARLIER)
    found = [Earlier(*row) for row in db.execute(latest)]
    lifted = select(Event.at, Event.detail).where(
        Event.subject == "account", Event.subject_id == reported_id, Event.name == RESTORED
    )
    rows = db.execute(lifted.order_by(Event.id.desc()).limit(MOST_EARLIER))
    found += [Earlier(None, None, None, None, one.get("reason", ""), at) for at, one in rows]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _name(person: Any) -> ColumnElement[str]:
    name: ColumnElement[str] = person.first_name + " " + person.last_name
    return name
