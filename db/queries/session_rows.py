"""One row for a session, as one of its two is shown it; the lists are in learning_sessions.py."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Select, select

from db.aliases import another
from db.models.accounts import Account, AccountStatus, Side
from db.models.contracts import RUNNING_CONTRACTS, Contract, ContractStatus
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.session_states import AGREED, LINK_SHOWN, SessionStatus, status_at
from db.queries.people import still_known, student_name
from db.queries.session_reversals import TAKEN_BACK
from db.queries.session_standing import standing

CANCELLED = (SessionStatus.CANCELLED_EARLY, SessionStatus.CANCELLED_LATE, SessionStatus.VOID)


class Agreed(msgspec.Struct, frozen=True):
    """The contract of a session, as far as its row tells of it."""

    id: int
    status: ContractStatus
    student_id: int
    coach_id: int
    sessions: int
    minutes: int
    price: int
    currency: str
    cancellation_hours: int
    ended_at: datetime | None

    @property
    def number(self) -> str:
        """What the two call it: C-2041."""
        return f"C-{self.id}"

    @property
    def is_running(self) -> bool:
        """It has not ended; it may be paused."""
        return self.status in RUNNING_CONTRACTS


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A session as it stands at `at`, seen by one of its two; `link` only while it is due."""

    at: datetime
    is_taken_back: bool  # what it cost
    contract: Agreed
    side: Side  # the viewer's
    title: str
    other_name: str
    my_zone: str
    other_zone: str  # "" as soon as it is not theirs to know any more (matrix B)
    are_both_here: bool  # neither is suspended: which of them stays private
    id: int
    contract_id: int
    number: int
    student_id: int
    coach_id: int
    status: SessionStatus
    starts_at: datetime | None
    ends_at: datetime | None
    cancel_by: datetime | None
    confirm_by: datetime | None
    offer: int
    offered_starts_at: datetime | None
    offered_by: Side | None
    offered_at: datetime | None
    answer_by: datetime | None
    link: str | None
    sequence: int
    ended_at: datetime | None
    cancelled_by: Side | None
    cancel_reason: str
    reported_by: Side | None
    report: str
    reported_at: datetime | None
    decision: str
    finished_at: datetime | None
    updated_at: datetime

    @property
    def of(self) -> int:
        """How many sessions its contract has."""
        return self.contract.sessions

    @property
    def other_first_name(self) -> str:
        """How one would begin a letter."""
        return self.other_name.split(" ")[0]

    @property
    def offered_ends_at(self) -> datetime | None:
        """When it would be over at the time that is offered."""
        length = timedelta(minutes=self.contract.minutes)
        return self.offered_starts_at + length if self.offered_starts_at else None

    @property
    def offered_cancel_by(self) -> datetime | None:
        """Until when it could be cancelled without cost at the time that is offered."""
        hours = timedelta(hours=self.contract.cancellation_hours)
        return self.offered_starts_at - hours if self.offered_starts_at else None

    @property
    def waits_for_me(self) -> bool:
        """The other one offers a time, or it is over and to be confirmed."""
        if self.status is SessionStatus.PROPOSED:
            return self.offered_by is not self.side
        return self.status is SessionStatus.ENDED and self.side is Side.STUDENT

    @property
    def is_free_to_cancel(self) -> bool:
        """Its deadline has not passed."""
        return self.cancel_by is not None and self.at < self.cancel_by

    @property
    def costs_to_cancel(self) -> bool:
        """It lies ahead, and the viewer would owe it all the same."""
        begins = self.starts_at if self.status in AGREED else None
        is_mine = self.side is Side.STUDENT and not self.is_free_to_cancel
        return is_mine and begins is not None and self.at < begins

    @property
    def can_be_joined(self) -> bool:
        """From an hour before until an hour after, since sessions run over."""
        if self.starts_at is None or self.ends_at is None or self.status in CANCELLED:
            return False
        return self.starts_at - LINK_SHOWN <= self.at < self.ends_at + LINK_SHOWN

    def status_at(self, at: datetime) -> SessionStatus:
        """As of the entity: for the rules, which ask the clock anew."""
        return status_at(
            self.status,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            answer_by=self.answer_by,
            confirm_by=self.confirm_by,
            at=at,
        )

    def side_of(self, account_id: int) -> Side:
        """As of the entity."""
        return Side.STUDENT if account_id == self.student_id else Side.COACH


_STUDENT, _COACH = another(Account), another(Account)
_KNOWN = tuple(
    column
    for column in LearningSession.__table__.c
    if column.key in SessionRow.__struct_fields__ and column.key != "status"
)
_OF_CONTRACT = tuple(Contract.__table__.c[name] for name in Agreed.__struct_fields__)
_PEOPLE: tuple[Any, ...] = (
    LearningRequest.title,
    _STUDENT.first_name, _STUDENT.last_name, _STUDENT.time_zone, _STUDENT.status,
    _COACH.first_name, _COACH.last_name, _COACH.time_zone, _COACH.status,
)  # fmt: skip


def session_rows(at: Any) -> Select[*tuple[Any, ...]]:
    """The columns that `make_row` takes."""
    return (
        select(standing(at).label("standing"), TAKEN_BACK, *_KNOWN, *_OF_CONTRACT, *_PEOPLE)
        .select_from(LearningSession)
        .join(Contract, Contract.id == LearningSession.contract_id)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .join(_STUDENT, _STUDENT.id == LearningSession.student_id)
        .join(_COACH, _COACH.id == LearningSession.coach_id)
    )


def make_row(
    viewer_id: int, at: datetime, status: SessionStatus, is_taken_back: bool, *row: Any
) -> SessionRow:
    """What one of the two is shown of it."""
    known = dict(zip((column.key for column in _KNOWN), row, strict=False))
    contract = Agreed(*row[len(_KNOWN) : len(_KNOWN) + len(_OF_CONTRACT)])
    title, first, last, zone, student_is, *coach = row[-len(_PEOPLE) :]
    coach_first, coach_last, coach_zone, coach_is = coach
    teaches = viewer_id == known["coach_id"]
    named = still_known(contract.ended_at, at)
    student = student_name(first, last, wrote=True, accepted=named)
    shown = SessionRow(
        at=at,
        is_taken_back=is_taken_back,
        contract=contract,
        side=Side.COACH if teaches else Side.STUDENT,
        title=title,
        other_name=student if teaches else f"{coach_first} {coach_last}",
        my_zone=coach_zone if teaches else zone,
        other_zone=coach_zone if not teaches else zone if named else "",
        are_both_here=student_is == coach_is == AccountStatus.ACTIVE,
        status=status,
        **known,
    )
    return shown if teaches or shown.can_be_joined else msgspec.structs.replace(shown, link=None)
