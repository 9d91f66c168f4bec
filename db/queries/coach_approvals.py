"""Applications of coaches: how long they wait, and what was decided on them."""

from datetime import datetime, timedelta
from statistics import median
from typing import Any

import msgspec
from sqlalchemy import Select, and_, select, tuple_
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account
from db.models.coach_decisions import CoachDecision, StepComment
from db.models.profiles import CoachGoal, CoachProfile, CoachStatus
from db.queries.coach_approval_lines import OLDEST_FIRST, count, waits

LAST, ENOUGH = 20, 3  # so many decisions tell how long it takes, and not fewer than these


class Application(msgspec.Struct, frozen=True):
    """What staff see of a coach besides the public profile."""

    account_id: int
    first_name: str
    status: CoachStatus
    goal: CoachGoal | None
    email_confirmed_at: datetime | None
    created_at: datetime
    submitted_at: datetime | None
    approved_at: datetime | None
    to_look_at: list[str] | None
    claimed_by_id: int | None
    claimed_until: datetime | None
    reader: str | None


class Decision(msgspec.Struct, frozen=True):
    """What was decided once, by whom, and what was said with it."""

    id: int
    outcome: CoachStatus
    reason: str
    submitted_at: datetime
    decided_at: datetime
    first_name: str
    last_name: str
    comments: dict[str, str]

    @property
    def by(self) -> str:
        """Who decided."""
        return f"{self.first_name} {self.last_name}"


def ahead(db: Session, coach: Any) -> int:
    """How many applications wait before this one (a profile, or a row of it)."""
    before = tuple_(*OLDEST_FIRST) < tuple_(coach.submitted_at, coach.account_id)
    return count(db, and_(waits(), before)) if coach.submitted_at else 0


def usual_wait(db: Session) -> timedelta | None:
    """How long the last decisions took, the one in the middle; None when there are too few."""
    query = select(CoachDecision.submitted_at, CoachDecision.decided_at)
    last = query.order_by(CoachDecision.decided_at.desc()).limit(LAST)
    waits = [decided_at - submitted_at for submitted_at, decided_at in db.execute(last)]
    if len(waits) < ENOUGH:
        return None
    return timedelta(seconds=median(wait.total_seconds() for wait in waits))


def find(db: Session, account_id: int) -> Application:
    """What staff see of this coach, who has been found to be visible."""
    reader = another(Account)
    columns: tuple[Any, ...] = (
        CoachProfile.account_id,
        Account.first_name,
        CoachProfile.status,
        CoachProfile.goal,
        Account.email_confirmed_at,
        Account.created_at,
        CoachProfile.submitted_at,
        CoachProfile.approved_at,
        CoachProfile.to_look_at,
        CoachProfile.claimed_by_id,
        CoachProfile.claimed_until,
        (reader.first_name + " " + reader.last_name).label("reader"),
    )
    joined = select(*columns).join(Account, Account.id == CoachProfile.account_id)
    query = joined.join(reader, reader.id == CoachProfile.claimed_by_id, isouter=True)
    row = db.execute(query.where(CoachProfile.account_id == account_id)).one()
    return Application(**row._asdict())


def history(db: Session, account_id: int) -> list[Decision]:
    """All that was decided on this coach, the latest first."""
    query = (
        select(
            CoachDecision.id,
            CoachDecision.outcome,
            CoachDecision.reason,
            CoachDecision.submitted_at,
            CoachDecision.decided_at,
            Account.first_name,
            Account.last_name,
        )
        .join(Account, Account.id == CoachDecision.staff_id)
        .where(CoachDecision.coach_id == account_id)
        .order_by(CoachDecision.decided_at.desc(), CoachDecision.id.desc())
    )
    rows = db.execute(query).all()
    said = _comments(db, [row.id for row in rows])
    return [Decision(*row, comments=said.get(row.id, {})) for row in rows]


def comments(db: Session, coach_id: int) -> dict[str, str]:
    """What is asked for now, by the name of the step; empty unless changes were asked for."""
    newest = _newest(coach_id, CoachStatus.CHANGES_REQUESTED).with_only_columns(CoachDecision.id)
    found = db.scalars(newest).one_or_none()
    return _comments(db, [found]).get(found, {}) if found else {}


def rejection_reason(db: Session, coach_id: int) -> str:
    """Why this coach was not approved; "" for everybody else."""
    newest = _newest(coach_id, CoachStatus.REJECTED).with_only_columns(CoachDecision.reason)
    return db.scalars(newest).one_or_none() or ""


def _newest(coach_id: int, outcome: CoachStatus) -> Select[Any]:
    """The last decision of this kind, while the coach still stands where it led."""
    return (
        select(CoachDecision)
        .join(CoachProfile, CoachProfile.account_id == CoachDecision.coach_id)
        .where(
            CoachDecision.coach_id == coach_id,
            CoachDecision.outcome == outcome,
            CoachProfile.status == outcome,
        )
        .order_by(CoachDecision.decided_at.desc(), CoachDecision.id.desc())
        .limit(1)
    )


def _comments(db: Session, decisions: list[int]) -> dict[int, dict[str, str]]:
    if not decisions:
        return {}
    said: dict[int, dict[str, str]] = {}
    query = select(StepComment.decision_id, StepComment.step, StepComment.text)
    of_these = query.where(StepComment.decision_id.in_(decisions)).order_by(StepComment.id)
    for decision, step, text in db.execute(of_these):
        said.setdefault(decision, {})[step] = text
    return said
