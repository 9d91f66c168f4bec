"""Which requests a viewer may see, and what hangs on them, as conditions (see scopes.py)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_

from app.access.moments import NOW, before
from db.aliases import another
from db.models.accounts import Account, AccountStatus
from db.models.bookmarks import Bookmark
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.list_items import UNDO_FOR
from db.models.proposals import Proposal
from db.queries.viewers import Who

KEPT_FROM_COACHES = (RequestStatus.DRAFT, RequestStatus.REMOVED)

# Aliased, for the same table may well stand in the query around; once, for it is slow.
_person, _sent = another(Account), another(Proposal)
_mark, _asked = another(Bookmark), another(Invitation)
_wanted, _own = another(LearningRequest), another(LearningRequest)


def open_requests(viewer: Who) -> ColumnElement[bool]:
    """Requests a coach may be shown in lists: open, someone else's, the student not suspended."""
    if not viewer.is_coach:
        return false()
    return and_(
        LearningRequest.status == RequestStatus.OPEN,
        or_(LearningRequest.expires_at.is_(None), LearningRequest.expires_at > NOW),
        LearningRequest.student_id != viewer.id,
        active(LearningRequest.student_id),
    )


def visible_requests(viewer: Who) -> ColumnElement[bool]:
    """One's own; for coaches the open ones, and those they know.

    They know what they proposed to, what they were invited to, and what they have bookmarked.
    """
    if viewer.is_guest:
        return false()
    own = LearningRequest.student_id == viewer.id
    if not viewer.is_coach:
        return own
    proposed = exists().where(_sent.request_id == LearningRequest.id, _sent.coach_id == viewer.id)
    marked = exists().where(
        _mark.request_id == LearningRequest.id,
        _mark.coach_id == viewer.id,
        _mark.removed_at.is_(None),
    )
    invited = exists().where(
        _asked.request_id == LearningRequest.id,
        _asked.coach_id == viewer.id,
        _asked.status != InvitationStatus.WITHDRAWN,
    )
    known = and_(LearningRequest.status.not_in(KEPT_FROM_COACHES), or_(proposed, marked, invited))
    return or_(own, open_requests(viewer), known)


def once_open_requests(viewer: Who) -> ColumnElement[bool]:
    """What a coach may see, or might have seen in a list before it ended."""
    if not viewer.is_approved_coach:
        return visible_requests(viewer)
    ended = and_(
        LearningRequest.status.not_in(KEPT_FROM_COACHES),
        active(LearningRequest.student_id),
    )
    return or_(visible_requests(viewer), ended)


def markable_requests(viewer: Who) -> ColumnElement[bool]:
    """What a coach may see, and what they took their mark off so lately that it can come back."""
    if not viewer.is_coach:
        return visible_requests(viewer)
    unmarked = exists().where(
        _mark.request_id == LearningRequest.id,
        _mark.coach_id == viewer.id,
        _mark.removed_at > before(UNDO_FOR),
    )
    known = and_(LearningRequest.status.not_in(KEPT_FROM_COACHES), unmarked)
    return or_(visible_requests(viewer), known)


def visible_invitations(viewer: Who) -> ColumnElement[bool]:
    """Those to one's own requests; as a coach, those one has received.

    What was sent for a request that was removed is not there.
    """
    if viewer.is_guest:
        return false()
    sent = exists().where(_own.id == Invitation.request_id, _own.student_id == viewer.id)
    stands = exists().where(
        _wanted.id == Invitation.request_id,
        _wanted.status.not_in(KEPT_FROM_COACHES),
    )
    return or_(sent, and_(Invitation.coach_id == viewer.id, stands))


def active(account_id: Any) -> ColumnElement[bool]:
    """Whether the account is not suspended."""
    return exists().where(_person.id == account_id, _person.status == AccountStatus.ACTIVE)
