"""What can be done to a contract and its sessions: each with its permission, as a route does it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.access.permissions import Permission
from app.actions.contract_endings import end_contract, pause_contract
from app.actions.contracts import resume_contract
from app.actions.session_cancellations import cancel_session
from app.actions.session_outcomes import (
    confirm_session,
    decide_session,
    mark_no_show,
    report_problem,
    reverse_session,
    waive_session,
)
from app.actions.session_times import agree_on_time, decline_time, offer_time, take_time_back
from app.forms.contracts import EndForm
from app.forms.learning_sessions import AnswerForm, CancelForm, OfferForm
from app.forms.session_outcomes import DecideForm, NoShowForm, ProblemForm, ReverseForm
from db.models.learning_sessions import LearningSession
from db.models.session_states import SessionStatus

WORDS = "The line was gone for both of us."

OF_CONTRACT: dict[str, tuple[Permission, Callable[..., None]]] = {
    "pause": (Permission.PAUSE_CONTRACT, pause_contract),
    "resume": (Permission.RESUME_CONTRACT, resume_contract),
    "end": (
        Permission.END_CONTRACT,
        lambda db, thing, by: end_contract(db, thing, EndForm(reason="Enough.", owed=50), by=by),
    ),
}


def _at(start: datetime) -> OfferForm:
    return OfferForm(starts=start.replace(tzinfo=None))


def _cancel(db: Any, one: LearningSession, by: Any, read: int) -> None:
    cancel_session(db, one.contract, one, CancelForm(owed=read), by=by)


OF_SESSION: dict[str, tuple[Permission, Callable[..., None]]] = {
    "offer": (Permission.OFFER_TIME, lambda db, s, by, v: offer_time(db, s, _at(v), by=by)),
    "agree": (
        Permission.AGREE_ON_TIME,
        lambda db, s, by, v: agree_on_time(db, s, AnswerForm(offer=v), by=by),
    ),
    "decline": (
        Permission.DECLINE_TIME,
        lambda db, s, by, v: decline_time(db, s, AnswerForm(offer=v), by=by),
    ),
    "take_back": (
        Permission.TAKE_TIME_BACK,
        lambda db, s, by, v: take_time_back(db, s, AnswerForm(offer=v), by=by),
    ),
    "cancel": (Permission.CANCEL_SESSION, _cancel),
    "confirm": (
        Permission.CONFIRM_SESSION,
        lambda db, s, by, _: confirm_session(db, s.contract, s, by=by),
    ),
    "no_show": (
        Permission.MARK_NO_SHOW,
        lambda db, s, by, _: mark_no_show(db, s.contract, s, NoShowForm(), by=by),
    ),
    "problem": (
        Permission.REPORT_PROBLEM,
        lambda db, s, by, _: report_problem(db, s.contract, s, ProblemForm(text=WORDS), by=by),
    ),
    "waive": (
        Permission.WAIVE_SESSION,
        lambda db, s, by, _: waive_session(db, s.contract, s, by=by),
    ),
    "decide": (
        Permission.DECIDE_SESSION,
        lambda db, s, by, v: decide_session(
            db, s.contract, s, DecideForm(outcome=SessionStatus(v), reason=WORDS), by=by
        ),
    ),
    "reverse": (
        Permission.REVERSE_SESSION,
        lambda db, s, by, _: reverse_session(db, s.contract, s, ReverseForm(reason=WORDS), by=by),
    ),
}
