"""How long a request stands: what moves its deadline, and what happens once it has passed."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.clock import now
from app.events import record
from db.models.accounts import Side
from db.models.events import Event
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RUNNING, LearningRequest
from db.models.moves import move
from db.queries import request_deadlines
from db.queries.viewers import Viewer

OPEN_FOR = timedelta(days=30)


def touch_request(wanted: LearningRequest) -> None:
    """Its student has done something for it: it stands for another 30 days.

    Only what runs has a deadline; what has ended stays as it is.
    """
    if wanted.status in RUNNING:
        wanted.expires_at = now() + OPEN_FOR
        wanted.warned_at = None


def expire_invitations(db: Session, wanted: LearningRequest) -> None:
    """The request has ended: whoever was asked for a proposal is asked no longer."""
    for invitation in request_deadlines.open_invitations(db, wanted.id):
        end_invitation(db, invitation, InvitationStatus.EXPIRED, by=None, side=None)


def end_invitation(
    db: Session,
    invitation: Invitation,
    to: InvitationStatus,
    *,
    by: Viewer | None,
    side: Side | None,
    **detail: int,
) -> Event:
    """Whoever was asked for a proposal is asked no longer, for this reason."""
    before = invitation.status
    move(invitation, to)
    invitation.ended_at = now()
    return record(
        db,
        f"invitation.{to}",
        by=by,
        side=side,
        subject=invitation,
        before=before,
        after=to,
        **detail,
    )
