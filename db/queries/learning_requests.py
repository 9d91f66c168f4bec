"""Learning requests as coaches find them."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, AccountStatus
from db.models.bookmarks import Bookmark
from db.models.learning_requests import (
    RUNNING,
    LearningRequest,
    RequestSkill,
    RequestStatus,
    status_at,
)
from db.models.proposals import LIVE, Proposal
from db.models.skills import Level, Skill
from db.queries.paging import Found, page
from db.queries.ratings import average_of_student
from db.queries.viewers import Viewer, Who

# Aliased, for the same tables may stand in the query around; once, for it is slow.
_person, _mark = another(Account), another(Bookmark)
EXCERPT = 120  # characters: two lines of a phone, one of a wide screen


class RequestCard(msgspec.Struct, frozen=True):
    """A request in a list for coaches; of its student it knows the country only."""

    id: int
    title: str
    excerpt: str
    level: Level | None
    budget_from: int | None
    budget_to: int | None
    currency: str
    sessions: int | None
    skills: tuple[str, ...]
    country: str | None
    posted_at: datetime | None
    expires_at: datetime | None
    status: RequestStatus
    proposals: int
    is_marked: bool
    is_on_hold: bool
    student_rating: int | None  # in hundredths of a star, from three reviews on


def status_for_coaches(
    status: RequestStatus, expires_at: datetime | None, at: datetime, *, on_hold: bool
) -> RequestStatus:
    """`status_at` as coaches see it: on hold, what is open looks like any other that is paused.

    That its student is suspended is nobody's business.
    """
    stands = status_at(status, expires_at, at)
    return RequestStatus.PAUSED if on_hold and stands is RequestStatus.OPEN else stands


# Builders.


def standing(at: Any) -> ColumnElement[RequestStatus]:
    """`status_at` for the request in a query."""
    has_run_out = and_(LearningRequest.status.in_(RUNNING), LearningRequest.expires_at <= at)
    expired = literal(RequestStatus.EXPIRED, LearningRequest.status.type)
    return case((has_run_out, expired), else_=LearningRequest.status)


def on_hold() -> ColumnElement[bool]:
    """Whether the student of the request in a query is suspended."""
    return exists().where(
        _person.id == LearningRequest.student_id, _person.status == AccountStatus.SUSPENDED
    )


def standing_for_coaches(at: Any) -> ColumnElement[RequestStatus]:
    """`status_for_coaches` for the request in a query."""
    stands = standing(at)
    paused = literal(RequestStatus.PAUSED, LearningRequest.status.type)
    return case((and_(stands == RequestStatus.OPEN, on_hold()), paused), else_=stands)


def still_waits(at: Any) -> ColumnElement[bool]:
    """A proposal, to a request that runs, that can be answered, even if the sweeper is late."""
    has_time = or_(Proposal.expires_at.is_(None), Proposal.expires_at > at)
    return and_(Proposal.status.in_(LIVE), has_time)


def live_proposals(at: Any) -> Any:
    """How many proposals to the request around it wait for an answer."""
    live = (Proposal.request_id == LearningRequest.id, still_waits(at))
    return select(func.count()).where(*live).scalar_subquery()


def skill_names() -> Any:
    """The names of its skills, one a line."""
    # Ordered before it is joined into one text: old SQLites cannot order inside the aggregate.
    names = (
        select(Skill.name)
        .join(RequestSkill, RequestSkill.skill_id == Skill.id)
        .where(RequestSkill.request_id == LearningRequest.id)
        .order_by(RequestSkill.position)
        .correlate(LearningRequest)
        .subquery()
    )
    return select(func.aggregate_strings(names.c.name, "\n")).scalar_subquery()


def marked_by(viewer: Who) -> ColumnElement[bool]:
    """Whether this coach has bookmarked it."""
    mine = (_mark.request_id == LearningRequest.id, _mark.coach_id == viewer.id)
    return exists().where(*mine, _mark.removed_at.is_(None))


def card_columns(viewer: Who, at: Any) -> Select[*tuple[Any, ...]]:
    """What a card shows, one row a request; `make_card` makes the struct of it."""
    return select(
        LearningRequest.id,
        LearningRequest.title,
        func.substr(LearningRequest.description, 1, EXCERPT),
        LearningRequest.level,
        LearningRequest.budget_from,
        LearningRequest.budget_to,
        LearningRequest.currency,
        LearningRequest.sessions,
        skill_names(),
        Account.country,
        LearningRequest.posted_at,
        LearningRequest.expires_at,
        LearningRequest.status,
        live_proposals(at),
        marked_by(viewer),
        on_hold(),
        average_of_student(LearningRequest.student_id, at),
    ).join(Account, Account.id == LearningRequest.student_id)


def make_card(*row: Any, at: datetime) -> RequestCard:
    """A row of `card_columns` as a card, in the state the request has at this instant."""
    card = dict(zip(RequestCard.__struct_fields__, row, strict=True))
    card["skills"] = lines(card["skills"])
    card["status"] = status_for_coaches(
        card["status"], card["expires_at"], at, on_hold=card["is_on_hold"]
    )
    return RequestCard(**card)


def lines(joined: str | None) -> tuple[str, ...]:
    """What skill_names selects, one by one."""
    return tuple(joined.split("\n")) if joined else ()


# Finders.


def cards(
    db: Session, viewer: Viewer, condition: ColumnElement[bool], *, at: datetime, after: str
) -> Found[RequestCard]:
    """Requests that meet the condition, the newest first."""
    key = (LearningRequest.posted_at, LearningRequest.id)
    query = card_columns(viewer, at).where(condition)
    return page(db, query, key=key, make=partial(make_card, at=at), after=after)
