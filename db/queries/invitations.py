"""Invitations as the student who sends them and the coach who receives them see them."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus
from db.models.profiles import CoachProfile
from db.queries.learning_requests import RequestCard, card_columns, make_card
from db.queries.learning_requests import standing as request_standing
from db.queries.paging import Found, page
from db.queries.viewers import Viewer


class InvitationCard(msgspec.Struct, frozen=True):
    """An invitation as its coach sees it; whoever invites is known by their first name."""

    wanted: RequestCard
    id: int
    status: InvitationStatus
    text: str
    student: str
    created_at: datetime
    ended_at: datetime | None


class SentInvitation(msgspec.Struct, frozen=True):
    """An invitation as its student sees it."""

    id: int
    status: InvitationStatus
    name: str
    handle: str
    created_at: datetime
    ended_at: datetime | None


class Between(msgspec.Struct, frozen=True):
    """The latest invitation of a student to a coach, as their thread tells of it."""

    request_id: int
    title: str
    status: InvitationStatus
    created_at: datetime


def standing(at: Any) -> ColumnElement[InvitationStatus]:
    """`invitation_status_at` for an invitation joined to its request."""
    ended = and_(Invitation.status == InvitationStatus.OPEN, request_standing(at).not_in(RUNNING))
    expired = literal(InvitationStatus.EXPIRED, Invitation.status.type)
    return case((ended, expired), else_=Invitation.status)


# What the coach sees.


def received(
    db: Session,
    viewer: Viewer,
    visible: ColumnElement[bool],
    *,
    status: InvitationStatus | None,
    at: datetime,
    after: str = "",
) -> Found[InvitationCard]:
    """Where students have invited the viewer, the latest first, all or what stands at a status."""
    query = _received(viewer, visible, at)
    if status:
        query = query.where(standing(at) == status)
    key: tuple[ColumnElement[Any], ...] = (Invitation.id.expression,)
    return page(db, query, key=key, make=partial(_card, at=at), after=after)


def received_counts(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], *, at: datetime
) -> dict[InvitationStatus, int]:
    """How many of them stand at each status."""
    each = (
        select(standing(at).label("status"))
        .select_from(Invitation)
        .join(LearningRequest, LearningRequest.id == Invitation.request_id)
        .where(Invitation.coach_id == viewer.id, visible)
        .subquery()
    )
    rows = db.execute(select(each.c.status, func.count()).group_by(each.c.status))
    counts = {status: number for status, number in rows}  # noqa: C416 - mypy knows no row as a pair
    return {status: counts[status] for status in InvitationStatus if status in counts}


def open_to(coach_id: Any, visible: ColumnElement[bool], at: Any) -> Select[Any]:
    """How many of them are open, inside of another query."""
    is_open = (Invitation.coach_id == coach_id, visible, standing(at) == InvitationStatus.OPEN)
    joined = select(func.count()).select_from(Invitation)
    return joined.join(LearningRequest, LearningRequest.id == Invitation.request_id).where(*is_open)


def one(
    db: Session, viewer: Viewer, invitation_id: int, visible: ColumnElement[bool], *, at: datetime
) -> InvitationCard:
    """One of them, which has been found to be visible."""
    query = _received(viewer, visible, at).where(Invitation.id == invitation_id)
    return _card(*db.execute(query).one(), at=at)


def _received(
    viewer: Viewer, visible: ColumnElement[bool], at: datetime
) -> Select[*tuple[Any, ...]]:
    return (
        card_columns(viewer, at)
        .join(Invitation, Invitation.request_id == LearningRequest.id)
        .where(Invitation.coach_id == viewer.id, visible)
        .add_columns(
            Invitation.id,
            standing(at),
            Invitation.text,
            Account.first_name,
            Invitation.created_at,
            Invitation.ended_at,
        )
    )


def _card(*row: Any, at: datetime) -> InvitationCard:
    *card, number, status, text, student, created_at, ended_at = row
    wanted = make_card(*card, at=at)
    return InvitationCard(wanted, number, status, text, student, created_at, ended_at)


# What the student sees.


def of_request(db: Session, request_id: int, *, at: datetime) -> list[SentInvitation]:
    """Whom the student of a request has invited to it, the latest first."""
    query = (
        select(
            Invitation.id,
            standing(at),
            Account.first_name + " " + Account.last_name,
            CoachProfile.handle,
            Invitation.created_at,
            Invitation.ended_at,
        )
        .join(LearningRequest, LearningRequest.id == Invitation.request_id)
        .join(Account, Account.id == Invitation.coach_id)
        .join(CoachProfile, CoachProfile.account_id == Invitation.coach_id)
        .where(Invitation.request_id == request_id)
        .order_by(Invitation.id.desc())
    )
    return [SentInvitation(*row) for row in db.execute(query)]


def between(db: Session, student_id: int, coach_id: int, *, at: datetime) -> Between | None:
    """The latest invitation of this student to this coach, if there is one."""
    query = (
        select(LearningRequest.id, LearningRequest.title, standing(at), Invitation.created_at)
        .select_from(Invitation)
        .join(LearningRequest, LearningRequest.id == Invitation.request_id)
        .where(
            LearningRequest.student_id == student_id,
            LearningRequest.status != RequestStatus.REMOVED,
            Invitation.coach_id == coach_id,
        )
        .order_by(Invitation.id.desc())
    )
    row = db.execute(query.limit(1)).one_or_none()
    return Between(*row) if row else None
