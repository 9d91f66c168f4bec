"""The contracts of a person, how far each is, and where the two of one meet."""

from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus, Side
from db.models.contracts import RUNNING_CONTRACTS, Contract, ContractStatus
from db.models.learning_sessions import LearningSession
from db.models.profiles import CoachProfile, CoachStatus
from db.models.session_states import AGREED, FINISHED
from db.models.threads import Thread
from db.queries.contracts import ContractHead, heads, read_head
from db.queries.paging import SIZE, Found, page
from db.queries.people import still_known
from db.queries.session_standing import took_place
from db.statements import AT, VIEWER


class Progress(msgspec.Struct, frozen=True):
    """How far a contract is: sessions that took place, that are over, and the next one's start."""

    done: int = 0
    over: int = 0
    next_at: datetime | None = None


class ContractLine(msgspec.Struct, frozen=True):
    """A contract in a list, and how far it is."""

    contract: ContractHead
    progress: Progress


class Around(msgspec.Struct, frozen=True):
    """Where more can be found: the thread of the two, and the other one's page, if anywhere."""

    thread_id: int | None
    profile: str


def lines(
    db: Session,
    viewer_id: int,
    side: Side,
    *,
    at: datetime,
    is_over: bool = False,
    after: str = "",
    size: int = SIZE,
) -> Found[ContractLine]:
    """A person's contracts of one side, the newest first: running, or over."""
    far = len(Progress.__struct_fields__)
    return page(
        db,
        _lines(side, is_over=is_over),
        key=(Contract.id,),
        make=lambda *row: ContractLine(
            read_head(viewer_id, at, *row[:-far]), Progress(*row[-far:])
        ),
        after=after,
        size=size,
        values={"viewer": viewer_id, "at": at},
    )


@cache
def _lines(side: Side, *, is_over: bool) -> Select[*tuple[Any, ...]]:
    far = [_of_contract(part) for part in _progress(AT)]
    return heads().add_columns(*far).where(mine(VIEWER, side), _running(is_over))


def progress(db: Session, contract_id: int, *, at: datetime) -> Progress:
    """How far a contract is, even if the clock's job is late."""
    query = select(*_progress(at)).where(LearningSession.contract_id == contract_id)
    return Progress(*db.execute(query).one())


def _progress(at: Any) -> tuple[ColumnElement[Any], ...]:
    """What a Progress says, of the sessions in a query."""
    held, begins, done = LearningSession.status, LearningSession.starts_at, took_place(at)
    return (
        func.count().filter(done),
        func.count().filter(or_(done, held.in_(FINISHED))),
        func.min(begins).filter(and_(held.in_(AGREED), begins > at)),
    )


def _of_contract(part: ColumnElement[Any]) -> Any:
    theirs = select(part).where(LearningSession.contract_id == Contract.id)
    return theirs.correlate(Contract).scalar_subquery()


def around(db: Session, head: ContractHead, *, at: datetime) -> Around:
    """The thread of a contract's two, and the page of the one across, as the viewer may see it."""
    query = (
        select(Thread.id, Account.status, CoachProfile.handle, CoachProfile.status)
        .select_from(Account)
        .outerjoin(CoachProfile, CoachProfile.account_id == Account.id)
        .outerjoin(
            Thread,
            and_(Thread.student_id == head.student_id, Thread.coach_id == head.coach_id),
        )
        .where(Account.id == head.other_id)
    )
    thread_id, status, handle, coach_status = db.execute(query).one()
    if status is not AccountStatus.ACTIVE:
        return Around(thread_id, "")
    if head.side is Side.COACH:
        known = still_known(head.ended_at, at)
        return Around(thread_id, f"/students/{head.student_id}" if known else "")
    is_listed = coach_status is CoachStatus.APPROVED
    return Around(thread_id, f"/coaches/{handle}" if is_listed else "")


def mine(viewer_id: Any, side: Side) -> ColumnElement[bool]:
    """Those in which a person is on this side."""
    column = Contract.student_id if side is Side.STUDENT else Contract.coach_id
    is_mine: ColumnElement[bool] = column == viewer_id
    return is_mine


def _running(is_over: bool) -> ColumnElement[bool]:
    wanted = set(ContractStatus) - set(RUNNING_CONTRACTS) if is_over else RUNNING_CONTRACTS
    return Contract.status.in_(wanted)
