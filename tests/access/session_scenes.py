"""Sessions in the states that rows of the matrix name; matrix_of_sessions.py tells them apart."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.clock import now
from db.models.accounts import Account, AccountStatus, Side
from db.models.contracts import ContractStatus
from db.models.learning_sessions import LearningSession
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ALSO = {
    "asked": "proposed", "lapsed": "proposed", "paused": "unscheduled", "begun": "scheduled",
    "waited": "scheduled", "unwritten": "scheduled", "outwaited": "ended", "minas": "problem",
    "reported_once": "completed", "no_coach": "unscheduled", "no_student": "unscheduled",
    "left": "proposed",
}  # fmt: skip
GONE = {"no_coach": "carla", "left": "carla", "no_student": "sofia"}
BEGAN = {"begun": 5 * MINUTE, "waited": 16 * MINUTE, "unwritten": 3 * HOUR, "outwaited": 74 * HOUR}


def make_session(db: Session, cast: dict[str, Account], state: str) -> LearningSession:
    paused = {"status": ContractStatus.PAUSED, "paused_by": Side.COACH} if state == "paused" else {}
    student = cast["mina" if state == "minas" else "sofia"]
    contract = make_contract(db, student, cast["carla"], **paused)
    if state in GONE:
        cast[GONE[state]].status = AccountStatus.SUSPENDED
    told: dict[str, Any] = {
        "asked": {"offered_by": Side.STUDENT},
        "lapsed": {"answer_by": now()},
        "reported_once": {"reported_by": Side.COACH, "reported_at": now()},
    }.get(state, {})
    if state in BEGAN:
        told["starts_at"] = on_the_slot(now() - BEGAN[state])
    return bring(db, contract, to=SessionStatus(ALSO.get(state, state)), **told)
