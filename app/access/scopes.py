"""What a viewer may see, as conditions: every list, lookup and count of a model carries its own.

What is outside the condition is "not found", the same as a thing that does not exist.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.access.contract_scopes import (
    visible_contracts,
    visible_payments,
    visible_reviews,
    visible_sessions,
)
from app.access.moments import before
from app.access.permissions import Permission
from app.access.request_scopes import active, once_open_requests
from app.access.request_scopes import markable_requests as markable_requests
from app.access.request_scopes import open_requests as open_requests
from app.access.request_scopes import visible_invitations as visible_invitations
from app.access.request_scopes import visible_requests as visible_requests
from db.aliases import another
from db.models.contracts import Contract
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.invitations import Invitation
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.outgoing_mail import OutgoingMail
from db.models.payments import Payment
from db.models.pictures import Picture
from db.models.portfolio_items import PortfolioItem
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from db.models.proposals import Proposal, ProposalStatus
from db.models.reports import Report
from db.models.reviews import Review
from db.models.sign_ins import SignIn
from db.models.threads import Thread
from db.queries import student_profiles
from db.queries.acquaintances import still_shows
from db.queries.people import KNOWN_FOR
from db.queries.standings import Standing
from db.queries.viewers import Who

LOOK_HOLDS = timedelta(minutes=15)  # so long staff read what they said they look at

_sent, _wanted = another(Proposal), another(LearningRequest)


def visible_proposals(viewer: Who) -> ColumnElement[bool]:
    """One's own as a coach; as a student, all that were sent to one's own requests."""
    if viewer.is_guest:
        return false()
    wanted = _wanted
    received = and_(
        Proposal.status != ProposalStatus.DRAFT,
        exists().where(wanted.id == Proposal.request_id, wanted.student_id == viewer.id),
    )
    return or_(Proposal.coach_id == viewer.id, received)


def visible_coaches(viewer: Who) -> ColumnElement[bool]:
    """Approved coaches, for everybody; before that, the coach and staff."""
    if viewer.is_staff:
        return true()
    listed = listed_coaches()
    return listed if viewer.is_guest else or_(listed, CoachProfile.account_id == viewer.id)


@cache
def listed_coaches() -> ColumnElement[bool]:
    """Coaches anybody may find: approved, and the account not suspended."""
    return and_(CoachProfile.status == CoachStatus.APPROVED, active(CoachProfile.account_id))


def openable_students(viewer: Who) -> ColumnElement[bool]:
    """Those whose address leads anywhere: staff are asked there why they look."""
    return true() if viewer.is_staff else visible_students(viewer)


def visible_students(viewer: Who) -> ColumnElement[bool]:
    """Matrix B, last columns: oneself, and students who accepted a proposal of this coach.

    Ninety days after the contract that it led to is over, no more.

    To staff, those about whom they have said, a short while ago, why they look.
    """
    if viewer.is_guest:
        return false()
    sent, wanted = _sent, _wanted
    accepted = exists().where(
        sent.coach_id == viewer.id,
        sent.status == ProposalStatus.ACCEPTED,
        sent.request_id == wanted.id,
        wanted.student_id == StudentProfile.account_id,
        still_shows(sent.id, ended_after=before(KNOWN_FOR)),
    )
    chosen = and_(accepted, active(StudentProfile.account_id))
    looked_at: ColumnElement[bool] = false()
    if viewer.is_staff:
        looked_at = student_profiles.looked_at_by(viewer.id, since=before(LOOK_HOLDS))
    return or_(StudentProfile.account_id == viewer.id, chosen, looked_at)


def visible_pictures(viewer: Who) -> ColumnElement[bool]:
    """One's own, and those that stand on a page one may see."""
    of_coaches = _pictures_of(visible_coaches(viewer))
    if viewer.is_guest:
        return of_coaches
    of_students = exists().where(StudentProfile.picture_id == Picture.id, visible_students(viewer))
    return or_(Picture.account_id == viewer.id, of_coaches, of_students)


def public_pictures() -> ColumnElement[bool]:
    """Pictures anybody may see, and keep."""
    return _pictures_of(listed_coaches())


def _pictures_of(coaches: ColumnElement[bool]) -> ColumnElement[bool]:
    shown = exists().where(
        PortfolioItem.thumbnail_id == Picture.id,
        PortfolioItem.removed_at.is_(None),
        PortfolioItem.account_id == CoachProfile.account_id,
        coaches,
    )
    return or_(exists().where(CoachProfile.picture_id == Picture.id, coaches), shown)


def visible_threads(viewer: Who) -> ColumnElement[bool]:
    """Threads one is a party of, from whichever side."""
    if viewer.is_guest:
        return false()
    return or_(Thread.student_id == viewer.id, Thread.coach_id == viewer.id)


def visible_sign_ins(viewer: Who) -> ColumnElement[bool]:
    """One's own."""
    return false() if viewer.is_guest else SignIn.account_id == viewer.id


def visible_mail(viewer: Who) -> ColumnElement[bool]:
    """Staff see the outbox, nobody else."""
    return true() if viewer.is_staff else false()


def visible_reports(viewer: Who) -> ColumnElement[bool]:
    """Staff see them, but not who reported themselves."""
    return Report.reported_id != viewer.id if viewer.is_staff else false()


def own_entries(model: Any, viewer: Who) -> ColumnElement[bool]:
    """The entries of one's own lists, those that were removed too."""
    return false() if viewer.is_guest else model.account_id == viewer.id


Scope = Callable[[Who], ColumnElement[bool]]

# How `request.allowed` finds a thing: its condition, and the relations the rules about it read.
VISIBLE: dict[type, Scope] = {
    LearningRequest: visible_requests,
    Proposal: visible_proposals,
    CoachProfile: visible_coaches,
    StudentProfile: openable_students,
    Invitation: visible_invitations,
    Thread: visible_threads,
    Contract: visible_contracts,
    LearningSession: visible_sessions,
    Payment: visible_payments,
    Review: visible_reviews,
    SignIn: visible_sign_ins,
    OutgoingMail: visible_mail,
    Report: visible_reports,
    Picture: visible_pictures,
    Experience: partial(own_entries, Experience),
    Education: partial(own_entries, Education),
    CoachLanguage: partial(own_entries, CoachLanguage),
    StudentLanguage: partial(own_entries, StudentLanguage),
    PortfolioItem: partial(own_entries, PortfolioItem),
}
# A page of it may be open in somebody's browser: who is too late is told so, and not that it
# never was.
ONCE_VISIBLE: dict[Permission, Scope] = {
    Permission.DRAFT_PROPOSAL: once_open_requests,
    Permission.SUBMIT_PROPOSAL: once_open_requests,
    Permission.BOOKMARK_REQUEST: markable_requests,
    Permission.UNBOOKMARK_REQUEST: markable_requests,
}


@cache
def for_all(scope: Scope, standing: Standing) -> ColumnElement[bool]:
    """The condition for all of this standing, always the same one: statements are kept by it."""
    return scope(standing)


PARTIES = (
    joinedload(Contract.learning_request),
    joinedload(Contract.student),
    joinedload(Contract.coach),
)
LOADED: dict[type, tuple[ORMOption, ...]] = {
    LearningRequest: (joinedload(LearningRequest.student),),
    Proposal: (joinedload(Proposal.learning_request),),
    Invitation: (joinedload(Invitation.learning_request),),
    CoachProfile: (joinedload(CoachProfile.account),),
    StudentProfile: (),
    SignIn: (),
    OutgoingMail: (),
    Report: (
        joinedload(Report.thread),
        joinedload(Report.reporter),
        joinedload(Report.reported),
    ),
    Picture: (),
    Experience: (),
    Education: (),
    CoachLanguage: (),
    StudentLanguage: (),
    PortfolioItem: (),
    Thread: (joinedload(Thread.student), joinedload(Thread.coach)),
    Contract: PARTIES,
    LearningSession: (joinedload(LearningSession.contract).options(*PARTIES),),
    Payment: (joinedload(Payment.contract).options(*PARTIES),),
    Review: (joinedload(Review.contract).options(*PARTIES),),
}
