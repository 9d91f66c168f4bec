"""Contracts that do not go on, for a while or for good, and what becomes of their sessions."""

from sqlalchemy.orm import Session

from app.actions.contracts import move_contract
from app.actions.reviews import keep_sealed
from app.actions.session_cancellations import call_off, void_session, would_be_owed
from app.actions.session_outcomes import catch_up
from app.actions.session_times import end_offer
from app.clock import now
from app.errors import Outdated, WrongState
from app.forms.contracts import EndForm
from app.notify import contracts as tell
from db.models.accounts import Side
from db.models.contracts import Contract, ContractStatus
from db.models.learning_sessions import LearningSession
from db.models.session_states import SessionStatus
from db.queries import contracts
from db.queries.viewers import Viewer

ALL_OVER = "All sessions are over: the contract is completed."
MORE_OWED = "A deadline has passed since you opened this page. Look again at what you would owe."


def pause_contract(db: Session, contract: Contract, *, by: Viewer) -> None:
    """Agree on no new times for a while; what is offered falls away, what is agreed on stands."""
    event = move_contract(db, contract, ContractStatus.PAUSED, "contract.paused", by=by)
    contract.paused_at, contract.paused_by = now(), contract.side_of(by.id)
    for session in contracts.held_sessions(db, contract.id):
        if session.status is SessionStatus.PROPOSED:
            end_offer(db, session, "session.lapsed", by=None, side=None)
    tell.contract_paused(db, contract, event)


def end_contract(db: Session, contract: Contract, form: EndForm, *, by: Viewer) -> None:
    """End it early: what was not agreed on is void, what lies ahead is called off.

    Sessions that have begun go on to be confirmed, or decided on. Raises WrongState when the
    last of them is over by the clock, although nobody has written it down yet, and Outdated when
    more of them cost by now than the page said that was read.
    """
    sessions = contracts.held_sessions(db, contract.id)
    for session in sessions:
        catch_up(db, contract, session)
    if not contract.is_running:
        raise WrongState(ALL_OVER, to=f"/contracts/{contract.id}")
    side = contract.side_of(by.id)
    owed = sum(lies_ahead(one) and would_be_owed(one, side) for one in sessions)
    if owed > form.owed:
        raise Outdated(MORE_OWED, to=f"/contracts/{contract.id}")
    for session in sessions:
        _end_session(db, contract, session, form, by=by)
    event = move_contract(
        db, contract, ContractStatus.ENDED_EARLY, "contract.ended", by=by, reason=form.reason
    )
    contract.ended_at, contract.ended_by = now(), side
    contract.end_reason = form.reason
    keep_sealed(db, contract)
    tell.contract_ended(db, contract, event, owed=owed)


def _end_session(
    db: Session, contract: Contract, session: LearningSession, form: EndForm, *, by: Viewer
) -> None:
    side: Side = contract.side_of(by.id)
    if session.status is SessionStatus.PROPOSED:
        end_offer(db, session, "session.lapsed", by=None, side=None)
    if session.status is SessionStatus.UNSCHEDULED:
        void_session(db, session, by=by, side=side)
    elif lies_ahead(session):
        call_off(db, contract, session, by=by, side=side, reason=form.reason)


def lies_ahead(session: LearningSession) -> bool:
    """Its time is agreed and has not come, whatever is offered in its place."""
    is_agreed = session.status in (SessionStatus.SCHEDULED, SessionStatus.PROPOSED)
    return is_agreed and session.starts_at is not None and now() < session.starts_at
