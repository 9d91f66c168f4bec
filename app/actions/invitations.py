"""Invitations: sent by a student, answered by a proposal or declined, withdrawn, ended."""

from sqlalchemy.orm import Session

from app.actions.messages import send_message
from app.actions.request_deadlines import end_invitation, touch_request
from app.actions.threads import begin_thread
from app.clock import now
from app.errors import Refused, WrongState
from app.events import record
from app.forms.form import WHOLE_FORM
from app.forms.invitations import InvitationForm
from app.forms.messages import MessageForm
from app.notify import invitations as tell
from db.models.accounts import Side
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile
from db.queries import invitable_requests
from db.queries.viewers import Viewer

MOST_OPEN = 10


def create_invitation(
    db: Session, coach: CoachProfile, form: InvitationForm, *, by: Viewer
) -> Invitation:
    """Ask a coach for a proposal to one's own open request: once, and ten coaches at a time.

    It is the student's contact: their thread is open from then on, within the limits for new
    coaches, and the words that come with it are a message there.
    """
    wanted = invitable_requests.own_request(db, by.id, form.request)
    if wanted is None:
        raise Refused("request", "Choose one of your open requests.")
    _require_free(db, wanted, coach)
    thread = begin_thread(db, coach.account_id, by=by)
    thread.invited_at = thread.invited_at or now()
    invitation = Invitation(
        request_id=wanted.id,
        coach_id=coach.account_id,
        status=InvitationStatus.OPEN,
        text=form.text,
        created_at=now(),
    )
    db.add(invitation)
    touch_request(wanted)
    event = record(
        db,
        "invitation.created",
        by=by,
        side=Side.STUDENT,
        subject=invitation,
        after=InvitationStatus.OPEN,
    )
    if form.text:
        words = MessageForm(text=form.text, action=form.action)
        send_message(db, thread, words, by=by)
    tell.invitation_received(db, coach.account, event, title=wanted.title, student=by.first_name)
    return invitation


def decline_invitation(db: Session, invitation: Invitation, *, by: Viewer) -> None:
    """Say that one cannot take it on; the student is told."""
    event = end_invitation(db, invitation, InvitationStatus.DECLINED, by=by, side=Side.COACH)
    student, wanted = invitable_requests.student_of(db, invitation), invitation.learning_request
    if student:
        tell.invitation_declined(db, student, event, title=wanted.title, coach=by.name)


def withdraw_invitation(db: Session, invitation: Invitation, *, by: Viewer) -> None:
    """Take one's own invitation back before it is answered; the thread of the two stays."""
    end_invitation(db, invitation, InvitationStatus.WITHDRAWN, by=by, side=Side.STUDENT)


def _require_free(db: Session, wanted: LearningRequest, coach: CoachProfile) -> None:
    first_name = coach.account.first_name
    if not wanted.is_open_at(now()):
        raise WrongState("This request is no longer open.", to=f"/requests/{wanted.id}")
    proposal = invitable_requests.proposal_of(db, wanted.id, coach.account_id)
    if proposal is not None:
        raise WrongState(
            f"{first_name} has already sent you a proposal to this request.",
            to=f"/proposals/{proposal}",
        )
    if invitable_requests.invitation_of(db, wanted.id, coach.account_id) is not None:
        raise WrongState(
            f"You have already invited {first_name} to this request.",
            to=f"/requests/{wanted.id}/proposals",
        )
    if invitable_requests.count_waiting(db, wanted.id) >= MOST_OPEN:
        raise Refused(
            WHOLE_FORM,
            f"{MOST_OPEN} coaches you invited to this request have not answered yet, which is the"
            " most. Withdraw one of those invitations, or wait for an answer.",
        )
