"""Contracts: opened once, with the terms that were accepted; resumed, completed."""

from sqlalchemy.orm import Session

from app.actions.reviews import keep_sealed
from app.clock import now
from app.events import record
from app.fees import FEE
from app.notify import contracts as tell
from db.models.accounts import Side
from db.models.contracts import Contract, ContractStatus
from db.models.events import Event
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


def resume_contract(db: Session, contract: Contract, *, by: Viewer) -> None:
    """Go on after one's own pause."""
    event = move_contract(db, contract, ContractStatus.ACTIVE, "contract.resumed", by=by)
    contract.paused_at = contract.paused_by = None
    tell.contract_resumed(db, contract, event)


def complete_if_done(db: Session, contract: Contract, *, by: Viewer | None) -> None:
    """Complete a contract whose sessions are all over; whoever finishes one asks for it.

    `by` is nobody when the clock finished it. The contract's row is held already. It ended with
    the last session, however late the clock's job is: the time for reviews runs from there.
    """
    finished_at = contracts.finished_at(db, contract.id) if contract.is_running else None
    if finished_at is None:
        return
    event = move_contract(db, contract, ContractStatus.COMPLETED, "contract.completed", by=by)
    contract.ended_at = finished_at
    keep_sealed(db, contract)
    tell.contract_completed(db, contract, event)


def move_contract(
    db: Session,
    contract: Contract,
    to: ContractStatus,
    name: str,
    *,
    by: Viewer | None,
    **detail: str,
) -> Event:
    """Bring a contract into another state, and write down who did it, or the clock."""
    before = contract.status
    move(contract, to)
    side = contract.side_of(by.id) if by and by.id in contract.parties else None
    return record(db, name, by=by, side=side, subject=contract, before=before, after=to, **detail)


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
