"""The part of the table that is about contracts, and what hangs on them."""

from app.access.contracts import (
    contract_is_active,
    contract_is_paused,
    contract_is_running,
    is_a_contract_party,
    paused_it_myself,
)
from app.access.permissions import Permission
from app.access.predicates import signed_in
from app.access.reviews import (
    can_be_reviewed_from_here,
    has_no_reply,
    is_the_coach_it_is_about,
    replies_are_still_taken,
    reviews_are_still_taken,
)
from app.access.rule import Rule, about, either
from db.models.contracts import Contract
from db.models.reviews import Review

CONTRACT_RULES: dict[Permission, Rule] = {
    Permission.LIST_CONTRACTS: either((signed_in,)),
    Permission.VIEW_CONTRACT: about(Contract, (is_a_contract_party,)),
    Permission.PAUSE_CONTRACT: about(Contract, (is_a_contract_party, contract_is_active)),
    Permission.RESUME_CONTRACT: about(
        Contract, (is_a_contract_party, contract_is_paused, paused_it_myself)
    ),
    Permission.END_CONTRACT: about(Contract, (is_a_contract_party, contract_is_running)),
    Permission.WRITE_REVIEW: about(
        Contract, (is_a_contract_party, can_be_reviewed_from_here, reviews_are_still_taken)
    ),
    Permission.REPLY_TO_REVIEW: about(
        Review, (is_the_coach_it_is_about, has_no_reply, replies_are_still_taken)
    ),
}
