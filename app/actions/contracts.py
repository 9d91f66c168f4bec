"""Contracts: opened once, with the terms that were accepted; paused, and ended."""

from sqlalchemy.orm import Session

from app.clock import now
from app.events import record
from app.fees import FEE
from db.models.accounts import Side
from db.models.contracts import Contract, ContractStatus
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.moves import move
from db.models.proposals import Proposal
from db.queries import contracts
from db.queries.viewers import Viewer


def open_contract(
    db: Session, wanted: LearningRequest, proposal: Proposal, *, by: Viewer
) -> Contract:
    """Write down what two people agreed on, and one session for each they will have.

    From now on neither terms nor fee change.
    """
    contract = Contract(
        request_id=wanted.id,
        proposal_id=proposal.id,
        proposal_version=proposal.version,
        student_id=wanted.student_id,
        coach_id=proposal.coach_id,
        sessions=proposal.sessions,
        minutes=proposal.minutes,
        price=proposal.price,
        currency=proposal.currency,
        fee=FEE,
        cancellation_hours=proposal.cancellation_hours,
        created_at=now(),
    )
    db.add(contract)
    db.flush()
    _add_sessions(db, contract)
    record(
        db,
        "contract.opened",
        by=by,
        side=Side.STUDENT,
        subject=contract,
        after=ContractStatus.ACTIVE,
        proposal=proposal.id,
    )
    return contract


def complete_if_done(db: Session, contract: Contract, *, by: Viewer | None) -> None:
    """Complete a contract whose sessions are all over; whoever finishes one asks for it.

    `by` is nobody when the clock finished it. The contract's row is held already.
    """
    if not contract.is_running or contracts.has_unfinished(db, contract.id):
        return
    before = contract.status
    move(contract, ContractStatus.COMPLETED)
    contract.ended_at = now()
    side = contract.side_of(by.id) if by and by.id in contract.parties else None
    record(
        db,
        "contract.completed",
        by=by,
        side=side,
        subject=contract,
        before=before,
        after=ContractStatus.COMPLETED,
    )


def _add_sessions(db: Session, contract: Contract) -> None:
    db.add_all(
        LearningSession(
            contract_id=contract.id,
            number=number,
            student_id=contract.student_id,
            coach_id=contract.coach_id,
            updated_at=contract.created_at,
        )
        for number in range(1, contract.sessions + 1)
    )
