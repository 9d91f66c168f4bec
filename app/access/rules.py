"""The table: permission → who. A rule is the alternatives, each a conjunction of facts."""

from app.access.choices import (
    is_not_shortlisted,
    is_shortlisted,
    its_request_still_runs,
    waits_for_my_answer,
    was_declined_lately,
)
from app.access.contact import (
    both_can_be_reached,
    coach_can_be_written_to,
    contact_has_begun,
    have_blocked_them,
    have_not_blocked_the_coach,
    have_not_blocked_them,
    is_a_party,
    its_coach_can_be_reached,
    its_student_can_be_reached,
    not_myself,
    student_can_be_reached,
    writes_as_a_student,
)
from app.access.contract_rules import CONTRACT_RULES
from app.access.invitations import (
    invitation_is_open,
    invites_as_a_student,
    not_my_own_page,
    sent_the_invitation,
    was_invited,
)
from app.access.permissions import Permission
from app.access.predicates import (
    a_coach,
    a_staff_member,
    a_student,
    alone_knows_the_password,
    an_approved_coach,
    has_a_coach_profile,
    has_a_student_profile,
    has_confirmed_email,
    its_request_runs,
    not_my_request,
    owns_the_entry,
    owns_the_request,
    owns_the_sign_in,
    request_can_be_marked,
    request_can_change,
    request_can_close,
    request_can_go,
    request_can_pause,
    request_can_resume,
    request_is_open,
    request_was_posted,
    signed_in,
    wrote_the_proposal,
)
from app.access.proposing import (
    my_proposal_waits,
    proposal_is_a_draft,
)
from app.access.rule import Rule, about, anyone, either
from app.access.staff_rules import STAFF_RULES
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.invitations import Invitation
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest
from db.models.pictures import Picture
from db.models.portfolio_items import PortfolioItem
from db.models.profiles import CoachProfile, StudentProfile
from db.models.proposals import Proposal
from db.models.sign_ins import SignIn
from db.models.threads import Thread

RULES: dict[str, Rule] = {
    Permission.VIEW_PUBLIC_PAGE: anyone,
    Permission.SIGN_UP: anyone,
    Permission.SIGN_IN: anyone,
    Permission.SIGN_OUT: anyone,
    Permission.CONFIRM_EMAIL: anyone,
    Permission.RESTORE_EMAIL: anyone,
    Permission.RESET_PASSWORD: anyone,
    Permission.READ_DEMO_MAIL: anyone,
    Permission.VIEW_DASHBOARD: either((signed_in,)),
    Permission.SWITCH_ROLE: either((signed_in,)),
    Permission.EDIT_SETTINGS: either((signed_in,)),
    Permission.CHANGE_EMAIL: either((signed_in, alone_knows_the_password), fresh=True),
    Permission.CHANGE_PASSWORD: either((signed_in, alone_knows_the_password), fresh=True),
    Permission.PROVE_PASSWORD: either((signed_in,)),
    Permission.LIST_SIGN_INS: either((signed_in,)),
    Permission.END_SIGN_IN: about(SignIn, (owns_the_sign_in,)),
    Permission.END_OTHER_SIGN_INS: either((signed_in,), fresh=True),
    Permission.VIEW_PARKED_FORM: either((signed_in,)),
    Permission.SUGGEST_SKILLS: either((signed_in,)),
    Permission.SUGGEST_PLACES: either((signed_in,)),
    Permission.BROWSE_REQUESTS: either((a_coach,)),
    Permission.LIST_MY_REQUESTS: either((a_student,)),
    Permission.POST_REQUEST: either((a_student,)),
    Permission.PUBLISH_REQUEST: either((a_student, has_confirmed_email)),
    Permission.VIEW_REQUEST: about(LearningRequest, (signed_in,)),
    Permission.EDIT_REQUEST: about(LearningRequest, (owns_the_request, request_can_change)),
    Permission.CLOSE_REQUEST: about(LearningRequest, (owns_the_request, request_can_close)),
    Permission.PAUSE_REQUEST: about(LearningRequest, (owns_the_request, request_can_pause)),
    Permission.RESUME_REQUEST: about(LearningRequest, (owns_the_request, request_can_resume)),
    Permission.RENEW_REQUEST: about(LearningRequest, (owns_the_request, request_can_close)),
    Permission.DELETE_REQUEST: about(LearningRequest, (owns_the_request, request_can_go)),
    Permission.LIST_BOOKMARKS: either((a_coach,)),
    Permission.BOOKMARK_REQUEST: about(
        LearningRequest, (a_coach, not_my_request, request_can_be_marked)
    ),
    Permission.UNBOOKMARK_REQUEST: about(LearningRequest, (a_coach, not_my_request)),
    Permission.NOTE_BOOKMARK: about(LearningRequest, (a_coach, not_my_request)),
    Permission.LIST_PROPOSALS: about(LearningRequest, (owns_the_request, request_was_posted)),
    Permission.LIST_MY_PROPOSALS: either((a_coach,)),
    Permission.DRAFT_PROPOSAL: about(
        LearningRequest, (not_my_request, a_coach, student_can_be_reached, request_is_open)
    ),
    Permission.SUBMIT_PROPOSAL: about(
        LearningRequest,
        (
            not_my_request,
            an_approved_coach,
            has_confirmed_email,
            student_can_be_reached,
            request_is_open,
        ),
    ),
    Permission.VIEW_PROPOSAL: about(Proposal, (signed_in,)),
    Permission.ACCEPT_PROPOSAL: about(
        Proposal,
        (owns_the_request, waits_for_my_answer, its_request_runs, its_coach_can_be_reached),
    ),
    Permission.DECLINE_PROPOSAL: about(
        Proposal, (owns_the_request, waits_for_my_answer, its_request_runs)
    ),
    Permission.DECLINE_SEVERAL_PROPOSALS: about(
        LearningRequest, (owns_the_request, request_was_posted)
    ),
    Permission.SHORTLIST_PROPOSAL: about(
        Proposal, (owns_the_request, waits_for_my_answer, its_request_runs, is_not_shortlisted)
    ),
    Permission.UNSHORTLIST_PROPOSAL: about(
        Proposal, (owns_the_request, waits_for_my_answer, its_request_runs, is_shortlisted)
    ),
    Permission.REOPEN_PROPOSAL: about(
        Proposal,
        (owns_the_request, was_declined_lately, its_request_still_runs, its_coach_can_be_reached),
    ),
    Permission.COMPARE_PROPOSALS: about(LearningRequest, (owns_the_request, request_was_posted)),
    Permission.UPDATE_PROPOSAL: about(
        Proposal,
        (wrote_the_proposal, my_proposal_waits, its_request_runs, its_student_can_be_reached),
    ),
    Permission.DELETE_PROPOSAL: about(Proposal, (wrote_the_proposal, proposal_is_a_draft)),
    Permission.WITHDRAW_PROPOSAL: about(
        Proposal, (wrote_the_proposal, my_proposal_waits, its_request_runs)
    ),
    Permission.INVITE_COACH: about(
        CoachProfile,
        (
            not_my_own_page,
            invites_as_a_student,
            has_confirmed_email,
            have_not_blocked_the_coach,
            coach_can_be_written_to,
        ),
    ),
    Permission.LIST_INVITATIONS: either((a_coach,)),
    Permission.DECLINE_INVITATION: about(Invitation, (was_invited, invitation_is_open)),
    Permission.WITHDRAW_INVITATION: about(Invitation, (sent_the_invitation, invitation_is_open)),
    Permission.BECOME_COACH: either((signed_in,)),
    Permission.EDIT_COACH_PROFILE: either((has_a_coach_profile,)),
    Permission.VIEW_PICTURE: Rule(Picture, ((),), for_guests=True),
    Permission.VIEW_COACH: Rule(CoachProfile, ((),), for_guests=True),
    Permission.CHANGE_HANDLE: either((has_a_coach_profile,)),
    Permission.VIEW_STUDENT: about(StudentProfile, (signed_in,)),
    Permission.LOOK_AT_STUDENT: about(StudentProfile, (a_staff_member,), fresh=True),
    Permission.EDIT_STUDENT_PROFILE: either((has_a_student_profile,)),
    Permission.LIST_EXPERIENCES: either((has_a_coach_profile,)),
    Permission.CHANGE_EXPERIENCE: about(Experience, (owns_the_entry,)),
    Permission.LIST_EDUCATIONS: either((has_a_coach_profile,)),
    Permission.CHANGE_EDUCATION: about(Education, (owns_the_entry,)),
    Permission.LIST_COACH_LANGUAGES: either((has_a_coach_profile,)),
    Permission.CHANGE_COACH_LANGUAGE: about(CoachLanguage, (owns_the_entry,)),
    Permission.LIST_STUDENT_LANGUAGES: either((has_a_student_profile,)),
    Permission.CHANGE_STUDENT_LANGUAGE: about(StudentLanguage, (owns_the_entry,)),
    Permission.LIST_PORTFOLIO: either((has_a_coach_profile,)),
    Permission.CHANGE_PORTFOLIO_ITEM: about(PortfolioItem, (owns_the_entry,)),
    Permission.LIST_NOTICES: either((signed_in,)),
    Permission.EDIT_NOTICE_SETTINGS: either((signed_in,)),
    Permission.UNSUBSCRIBE: anyone,
    Permission.READ_CALENDAR: anyone,
    Permission.EDIT_CALENDAR: either((signed_in,)),
    Permission.LIST_THREADS: either((signed_in,)),
    Permission.START_THREAD: about(
        CoachProfile,
        (
            not_myself,
            writes_as_a_student,
            has_confirmed_email,
            have_not_blocked_the_coach,
            coach_can_be_written_to,
        ),
    ),
    Permission.VIEW_THREAD: about(Thread, (is_a_party,)),
    Permission.REPORT_PERSON: about(Thread, (is_a_party,)),
    Permission.SEND_MESSAGE: about(
        Thread, (is_a_party, both_can_be_reached, contact_has_begun, has_confirmed_email)
    ),
    Permission.BLOCK_PERSON: about(Thread, (is_a_party, have_not_blocked_them)),
    Permission.UNBLOCK_PERSON: about(Thread, (is_a_party, have_blocked_them)),
    **STAFF_RULES,
    **CONTRACT_RULES,
}
