"""Facts about a contract, or about what hangs on one: who is its party, and how it stands."""

from typing import TYPE_CHECKING, TypeAlias

from app.access.facts import relation as _relation
from app.access.facts import state as _state
from db.models.contracts import Contract, ContractStatus
from db.models.learning_sessions import LearningSession
from db.models.payments import Payment
from db.models.reviews import Review
from db.queries.viewers import Viewer

if TYPE_CHECKING:
    OfContract: TypeAlias = Contract | LearningSession | Payment | Review

IS_OVER = {
    ContractStatus.COMPLETED: "This contract is completed: all its sessions are over.",
    ContractStatus.ENDED_EARLY: "This contract has been ended early.",
}


def contract_of(thing: "OfContract") -> Contract:
    """The contract itself, or the one that a session, a payment or a review hangs on."""
    return thing if isinstance(thing, Contract) else thing.contract


@_relation("Only the two people of this contract can do that.")
def is_a_contract_party(viewer: Viewer, thing: "OfContract") -> bool:
    """One of the two, from whichever side."""
    contract = contract_of(thing)
    return viewer.id in (contract.student_id, contract.coach_id)


@_relation("Only the student of this contract can do that.")
def is_its_student(viewer: Viewer, thing: "OfContract") -> bool:
    """The one who learns."""
    return viewer.id == contract_of(thing).student_id


@_relation("Only the coach of this contract can do that.")
def is_its_coach(viewer: Viewer, thing: "OfContract") -> bool:
    """The one who teaches."""
    return viewer.id == contract_of(thing).coach_id


@_state("This contract is paused. No times are offered or agreed on until it goes on.")
def contract_is_not_paused(viewer: Viewer, thing: "OfContract") -> bool:
    """It has not been stopped for a while."""
    return contract_of(thing).status is not ContractStatus.PAUSED


@_state("This contract is over.")
def contract_is_running(viewer: Viewer, thing: "OfContract") -> bool:
    """It has not ended; it may be paused."""
    return contract_of(thing).is_running


@_state("This contract is not paused any more.", IS_OVER)
def contract_is_paused(viewer: Viewer, contract: Contract) -> bool:
    """One of the two has paused it."""
    return contract.status is ContractStatus.PAUSED


@_relation("Who paused a contract resumes it. You can write to them, or end the contract.")
def paused_it_myself(viewer: Viewer, contract: Contract) -> bool:
    """The viewer is who paused it."""
    return contract.paused_by is contract.side_of(viewer.id)
