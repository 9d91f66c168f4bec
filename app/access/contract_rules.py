"""The part of the table that is about contracts, and what hangs on them."""

from app.access.calendars import has_an_agreed_time
from app.access.contracts import (
    contract_is_not_paused,
    contract_is_paused,
    contract_is_running,
    is_a_contract_party,
    is_its_coach,
    is_its_student,
    paused_it_myself,
)
from app.access.learning_sessions import (
    a_time_is_offered,
    both_are_here,
    can_be_cancelled,
    can_get_a_time,
    is_not_over,
    offers_it_myself,
    the_other_offers,
)
from app.access.payments import can_be_paid, can_be_received
from app.access.permissions import Permission
from app.access.predicates import a_coach, signed_in
from app.access.reviews import (
    can_be_reviewed_from_here,
    has_no_reply,
    is_the_coach_it_is_about,
    replies_are_still_taken,
    reviews_are_still_taken,
)
from app.access.rule import Rule, about, either
from app.access.session_outcomes import (
    can_be_confirmed,
    can_be_missed,
    can_have_a_problem,
    is_disputed,
)
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.payments import Payment
from db.models.reviews import Review

CONTRACT_RULES: dict[str, Rule] = {
    Permission.LIST_CONTRACTS: either((signed_in,)),
    Permission.VIEW_CONTRACT: about(Contract, (is_a_contract_party,)),
    Permission.PAUSE_CONTRACT: about(
        Contract, (is_a_contract_party, contract_is_running, contract_is_not_paused)
    ),
    Permission.RESUME_CONTRACT: about(
        Contract, (is_a_contract_party, contract_is_paused, paused_it_myself)
    ),
    Permission.END_CONTRACT: about(Contract, (is_a_contract_party, contract_is_running)),
    Permission.DOWNLOAD_SESSION: about(LearningSession, (is_a_contract_party, has_an_agreed_time)),
    Permission.LIST_SESSIONS: either((signed_in,)),
    Permission.VIEW_SESSION: about(LearningSession, (is_a_contract_party,)),
    Permission.OFFER_TIME: about(
        LearningSession,
        (
            is_a_contract_party,
            both_are_here,
            contract_is_running,
            contract_is_not_paused,
            can_get_a_time,
        ),
    ),
    Permission.AGREE_ON_TIME: about(
        LearningSession,
        (
            is_a_contract_party,
            both_are_here,
            contract_is_running,
            contract_is_not_paused,
            a_time_is_offered,
            the_other_offers,
        ),
    ),
    Permission.DECLINE_TIME: about(
        LearningSession, (is_a_contract_party, a_time_is_offered, the_other_offers)
    ),
    Permission.TAKE_TIME_BACK: about(
        LearningSession, (is_a_contract_party, a_time_is_offered, offers_it_myself)
    ),
    Permission.CANCEL_SESSION: about(LearningSession, (is_a_contract_party, can_be_cancelled)),
    Permission.LINK_SESSION: about(
        LearningSession, (is_a_contract_party, is_its_coach, is_not_over)
    ),
    Permission.CONFIRM_SESSION: about(LearningSession, (is_its_student, can_be_confirmed)),
    Permission.MARK_NO_SHOW: about(LearningSession, (is_a_contract_party, can_be_missed)),
    Permission.REPORT_PROBLEM: about(LearningSession, (is_a_contract_party, can_have_a_problem)),
    Permission.WAIVE_SESSION: about(LearningSession, (is_its_coach, is_disputed)),
    Permission.VIEW_EARNINGS: either((signed_in,)),
    Permission.MARK_PAID: about(Payment, (is_its_student, can_be_paid)),
    Permission.MARK_RECEIVED: about(Payment, (is_its_coach, can_be_received)),
    Permission.WRITE_REVIEW: about(
        Contract, (is_a_contract_party, can_be_reviewed_from_here, reviews_are_still_taken)
    ),
    Permission.REPLY_TO_REVIEW: about(
        Review, (is_the_coach_it_is_about, has_no_reply, replies_are_still_taken)
    ),
    Permission.VIEW_RATING: either((a_coach,)),
}
