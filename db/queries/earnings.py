"""What people earned and spent: sums over the ledger, and over the sessions still to come."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.ledger import (
    LedgerAccount,
    LedgerAccountKind,
    LedgerLine,
    LedgerTransaction,
    PostingKind,
)
from db.models.session_states import DISPUTED, SessionStatus
from db.queries.session_standing import standing
from db.statements import AT, VIEWER, ask
from db.types import Instant

OPEN = (
    SessionStatus.UNSCHEDULED, SessionStatus.PROPOSED, SessionStatus.SCHEDULED,
    SessionStatus.ENDED, *DISPUTED,
)  # fmt: skip
POSTED = "posted"
KINDS = {Side.COACH: LedgerAccountKind.EARNED, Side.STUDENT: LedgerAccountKind.SPENT}


class Month(msgspec.Struct, frozen=True):
    """What was earned or spent in a month of the person's own calendar."""

    starts: date
    amount: int


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """One currency of a person: a coach's after the fee, a student's as they pay it.

    `pending` have taken place and are not counted yet, `counting` count by now and wait for the
    clock's job to post them, `ahead` are agreed on and still to come.
    """

    currency: str
    side: Side
    months: tuple[Month, ...]  # the last is the one we are in
    lifetime: int = 0
    fee: int = 0  # kept from a coach's, in all
    sessions: int = 0
    pending: int = 0
    pending_sessions: int = 0
    counting: int = 0
    counting_sessions: int = 0
    ahead: int = 0
    ahead_sessions: int = 0

    @property
    def this_month(self) -> int:
        """Since the month began."""
        return self.months[-1].amount

    @property
    def year(self) -> int:
        """In all the months that are shown."""
        return sum(month.amount for month in self.months)

    @property
    def most(self) -> int:
        """The highest bar; 0 where there is none."""
        return max(0, *(month.amount for month in self.months))


def summary(
    db: Session, account_id: int, side: Side, *, at: datetime, zone: str, months: int = 12
) -> list[Sums]:
    """Each currency by itself, the one with most sessions first; one statement."""
    starts = month_starts(at, zone, months)
    found: defaultdict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(int))
    amounts: dict[str, dict[int, int]] = defaultdict(dict)
    began = {f"start_{number}": start for number, start in enumerate(starts)}
    rows = ask(db, _summary(side, months), viewer=account_id, at=at, **began)
    for currency, stage, *numbers in rows:
        month, amount, fee, sessions = map(int, numbers)  # PostgreSQL sums to decimals
        sums = found[currency]
        if stage != POSTED:
            sums |= {stage: amount, f"{stage}_sessions": sessions}
            continue
        amounts[currency][month] = amount
        sums["lifetime"] += amount
        sums["fee"] += fee
        sums["sessions"] += sessions
    made = [
        Sums(
            currency=currency,
            side=side,
            months=tuple(
                Month(start.date(), amounts[currency].get(number, 0))
                for number, start in enumerate(starts)
            ),
            **sums,
        )
        for currency, sums in found.items()
    ]
    return sorted(made, key=lambda one: (-_sessions(one), one.currency))


def month_starts(at: datetime, zone: str, months: int) -> list[datetime]:
    """When the last months began by the clocks of a zone, the one we are in last."""
    here = at.astimezone(_zone(zone))
    number = here.year * 12 + here.month - 1
    return [
        datetime(one // 12, one % 12 + 1, 1, tzinfo=here.tzinfo)
        for one in range(number - months + 1, number + 1)
    ]


def own_amount(side: Side, amount: Any) -> Any:
    """A line of a person's account as they read it: what a student spent is no negative."""
    return amount if side is Side.COACH else -amount


def worth(side: Side) -> ColumnElement[int]:
    """What a session of a contract is to a side, before it is posted; as app/fees.py works it."""
    if side is Side.STUDENT:
        return Contract.price + 0
    return Contract.price - (Contract.price * Contract.fee + 5000) // 10_000


def stage_of(at: Any) -> ColumnElement[str]:
    """How far a session is that has posted nothing, as it stands: see `Sums`."""
    stands = standing(at)
    return case(
        (stands == SessionStatus.COMPLETED, "counting"),
        (stands.in_((SessionStatus.ENDED, *DISPUTED)), "pending"),
        else_="ahead",
    )


@cache
def _summary(side: Side, months: int) -> Any:
    starts = [bindparam(f"start_{number}", type_=Instant) for number in range(months)]
    return _posted(side, starts).union_all(_open(side))


def _posted(side: Side, starts: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    kept, fees, one = another(LedgerLine), another(LedgerAccount), LedgerTransaction
    month = case(
        *((one.posted_at >= start, number) for number, start in reversed([*enumerate(starts)])),
        else_=-1,
    )
    own = own_amount(side, LedgerLine.amount)
    counted = case((one.kind == PostingKind.REVERSAL, -1), else_=1)
    fee = func.coalesce(func.sum(kept.amount), 0)
    return (
        select(LedgerLine.currency, literal(POSTED), month, func.sum(own), fee, func.sum(counted))
        .select_from(LedgerAccount)
        .join(LedgerLine, LedgerLine.account_id == LedgerAccount.id)
        .join(one, one.id == LedgerLine.transaction_id)
        .outerjoin(
            kept,
            and_(
                kept.transaction_id == one.id,
                kept.account_id.in_(select(fees.id).where(fees.kind == LedgerAccountKind.FEES)),
            ),
        )
        .where(LedgerAccount.owner_id == VIEWER, LedgerAccount.kind == KINDS[side])
        .group_by(LedgerLine.currency, month)
    )


def _open(side: Side) -> Select[*tuple[Any, ...]]:
    mine = LearningSession.coach_id if side is Side.COACH else LearningSession.student_id
    stage = stage_of(AT)
    none = literal(0)
    return (
        select(Contract.currency, stage, none, func.sum(worth(side)), none, func.count())
        .join(LearningSession, LearningSession.contract_id == Contract.id)
        .where(mine == VIEWER, LearningSession.status.in_(OPEN))
        .group_by(Contract.currency, stage)
    )


def _sessions(sums: Sums) -> int:
    return sums.sessions + sums.pending_sessions + sums.counting_sessions + sums.ahead_sessions


def _zone(name: str) -> Any:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
