"""Small facts about a viewer, or a viewer and a thing; each carries the sentence of its no."""

from typing import Any, TypeAlias

from app.access.facts import person as _person
from app.access.facts import relation as _relation
from app.access.facts import state as _state
from app.clock import now
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.outgoing_mail import MailStatus, OutgoingMail
from db.models.portfolio_items import PortfolioItem
from db.models.proposals import Proposal
from db.models.sign_ins import SignIn
from db.queries.viewers import Viewer

Entry: TypeAlias = Experience | Education | PortfolioItem | CoachLanguage | StudentLanguage

# The person.


@_person("Sign in first.")
def signed_in(viewer: Viewer) -> bool:
    """Somebody, not a guest."""
    return not viewer.is_guest


@_person("Requests are posted from the student side of an account, and yours has none yet.")
def a_student(viewer: Viewer) -> bool:
    """Has a student side."""
    return viewer.is_student


@_person("Requests can be searched by coaches. Your account has no coach side yet.")
def a_coach(viewer: Viewer) -> bool:
    """Has a coach side, approved or not."""
    return viewer.is_coach


@_person("Only people who look after Skileez can do that.")
def a_staff_member(viewer: Viewer) -> bool:
    """A moderator or an administrator."""
    return viewer.is_staff


@_person("Confirm your email address first. The link is in the mail we sent you.")
def has_confirmed_email(viewer: Viewer) -> bool:
    """Has opened the link in a mail to their address."""
    return viewer.has_confirmed_email


@_person(
    "A change of your address was taken back. First choose a new password by “Forgot it?” where"
    " one signs in; somebody else may know this one."
)
def alone_knows_the_password(viewer: Viewer) -> bool:
    """Nobody has used it to change the address against the owner's will."""
    return not viewer.must_reset_password


@_person("Your coach profile has to be approved before you can send proposals.")
def an_approved_coach(viewer: Viewer) -> bool:
    """May teach."""
    return viewer.is_approved_coach


@_person("This is part of a coach profile. Your account has no coach side yet.")
def has_a_coach_profile(viewer: Viewer) -> bool:
    """Has a coach side, of which students can read."""
    return viewer.is_coach


@_relation("Only the person whose profile this is can do that.")
def owns_the_entry(viewer: Viewer, entry: Entry) -> bool:
    """An entry of one's own list."""
    return entry.account_id == viewer.id


@_person("This is part of a student profile. Your account has no student side yet.")
def has_a_student_profile(viewer: Viewer) -> bool:
    """Has a student side, of which coaches can read."""
    return viewer.is_student


# Sign-ins and mail.


@_relation("Only the person who signed in there can do that.")
def owns_the_sign_in(viewer: Viewer, sign_in: SignIn) -> bool:
    """One of one's own browsers."""
    return sign_in.account_id == viewer.id


@_state("This mail is not waiting for anybody any more.")
def mail_is_set_aside(viewer: Viewer, mail: OutgoingMail) -> bool:
    """It was tried as often as it may be by itself."""
    return mail.status is MailStatus.SET_ASIDE


# Learning requests.


@_relation("Only the student who posted this request can do that.")
def owns_the_request(viewer: Viewer, thing: LearningRequest | Proposal) -> bool:
    """Posted the request itself, or the one this proposal answers."""
    wanted = thing.learning_request if isinstance(thing, Proposal) else thing
    return wanted.student_id == viewer.id


@_relation("This is your own request. Only other people can propose to it.")
def not_my_request(viewer: Viewer, wanted: LearningRequest) -> bool:
    """Someone else's request: nobody acts on their own opposite side."""
    return wanted.student_id != viewer.id


@_state("This request is no longer open.")
def request_is_open(viewer: Viewer, wanted: LearningRequest) -> bool:
    """Coaches may propose to it."""
    return _stands(wanted) is RequestStatus.OPEN and not _is_on_hold(wanted)


@_state("This request cannot be bookmarked at the moment.")
def request_can_be_marked(viewer: Viewer, wanted: LearningRequest) -> bool:
    """Its student is not suspended. Said in neutral words: that they are stays private."""
    return not _is_on_hold(wanted)


@_state(
    "This request has already ended.",
    {RequestStatus.DRAFT: "A draft is not posted yet: delete it."},
)
def request_can_close(viewer: Viewer, wanted: LearningRequest) -> bool:
    """It is open or paused."""
    return _stands(wanted) in RUNNING


@_state("This request can no longer be changed.")
def request_can_change(viewer: Viewer, wanted: LearningRequest) -> bool:
    """It is a draft, or it runs."""
    return _stands(wanted) in (RequestStatus.DRAFT, *RUNNING)


@_state("Only an open request can be paused.")
def request_can_pause(viewer: Viewer, wanted: LearningRequest) -> bool:
    """Coaches may propose to it, so far."""
    return _stands(wanted) is RequestStatus.OPEN


@_state("Only a paused request, whose time has not run out, can be opened again.")
def request_can_resume(viewer: Viewer, wanted: LearningRequest) -> bool:
    """It is paused, and has not run out meanwhile."""
    return _stands(wanted) is RequestStatus.PAUSED


@_state("Only a draft can be deleted.")
def request_can_go(viewer: Viewer, wanted: LearningRequest) -> bool:
    """Nobody else has ever seen it."""
    return wanted.status is RequestStatus.DRAFT


@_state("A draft has no proposals yet.")
def request_was_posted(viewer: Viewer, wanted: LearningRequest) -> bool:
    """It has left the drafts."""
    return wanted.status is not RequestStatus.DRAFT


def _stands(wanted: LearningRequest) -> RequestStatus:
    return status_at(wanted.status, wanted.expires_at, now())


def _is_on_hold(wanted: Any) -> bool:
    is_row = not isinstance(wanted, LearningRequest)
    return bool(wanted.is_on_hold if is_row else wanted.student.is_suspended)


# Proposals.


@_relation("Only the coach who sent this proposal can do that.")
def wrote_the_proposal(viewer: Viewer, proposal: Proposal) -> bool:
    """Is its coach."""
    return proposal.coach_id == viewer.id


@_state("The request has ended, and this proposal with it.")
def its_request_runs(viewer: Viewer, proposal: Any) -> bool:
    """Open or paused, and not run out meanwhile."""
    return request_runs(proposal)


def request_runs(proposal: Any) -> bool:
    """Whether the request of a proposal runs. The rows of pages stand as they do at this moment."""
    if isinstance(proposal, Proposal):
        return proposal.learning_request.runs_at(now())
    return proposal.request_status in RUNNING
