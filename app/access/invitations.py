"""Facts about invitations: who sends them, who receives them, and how they stand."""

from app.access.facts import person as _person
from app.access.facts import relation as _relation
from app.access.facts import state as _state
from app.clock import now
from db.models.invitations import Invitation, InvitationStatus, invitation_status_at
from db.models.profiles import CoachProfile
from db.queries.viewers import Viewer


@_relation("You cannot invite yourself.")
def not_my_own_page(viewer: Viewer, coach: CoachProfile) -> bool:
    """Somebody else's profile."""
    return coach.account_id != viewer.id


@_person("Coaches are invited from the student side of an account, and yours has none yet.")
def invites_as_a_student(viewer: Viewer) -> bool:
    """Has a student side, which has requests to invite to."""
    return viewer.is_student


@_relation("Only the coach who was invited can do that.")
def was_invited(viewer: Viewer, invitation: Invitation) -> bool:
    """Is its coach."""
    return invitation.coach_id == viewer.id


@_relation("Only the student who sent this invitation can do that.")
def sent_the_invitation(viewer: Viewer, invitation: Invitation) -> bool:
    """Posted the request it is about."""
    return invitation.learning_request.student_id == viewer.id


@_state(
    "The request has ended, and this invitation with it.",
    {
        InvitationStatus.ANSWERED: "This invitation has been answered with a proposal.",
        InvitationStatus.DECLINED: "This invitation has been declined.",
        InvitationStatus.WITHDRAWN: "This invitation has been withdrawn.",
    },
)
def invitation_is_open(viewer: Viewer, invitation: Invitation) -> bool:
    """Waits for its coach, and its request has not ended."""
    wanted = invitation.learning_request
    stands = invitation_status_at(invitation.status, wanted.status, wanted.expires_at, now())
    return stands is InvitationStatus.OPEN
