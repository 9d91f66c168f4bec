"""What the page of a contract is made of, whoever shows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.clock import now
from app.controllers.learning_sessions import session_forms
from app.fees import fee_of, net_of
from app.forms.contracts import EndForm
from app.forms.form import Bound, blank
from app.web.request import Request
from db.models.contracts import Contract
from db.models.session_states import AGREED
from db.queries import (
    contract_history,
    contract_lists,
    contracts,
    learning_sessions,
    payments,
    reviews,
)
from db.queries.session_rows import SessionRow


def parts(
    request: Request, contract: Contract, form: Bound[EndForm] | None = None
) -> dict[str, Any]:
    """Everything about a contract, as the one of the two who asks may see it."""
    db, me, at = request.db, request.viewer.id, now()
    db.flush()
    head = contracts.head(db, contract.id, me, at=at)
    sessions = learning_sessions.of_contract(db, contract.id, me, at)
    return session_forms(request) | {
        "contract": head,
        "sessions": sessions,
        "next": next_of(sessions, at),
        "waiting": [session for session in sessions if session.waits_for_me],
        "terms": contract,
        "contract_id": contract.id,
        "around": contract_lists.around(db, head, at=at),
        "progress": contract_lists.progress(db, contract.id, at=at),
        "fee": fee_of(head.price, head.fee),
        "net": net_of(head.price, head.fee),
        "money": payments.of_contract(db, contract.id, at=at),
        "reviews": reviews.of_contract(db, contract.id, me, at),
        "history": contract_history.of_contract(db, contract.id, me, after=request.query("after")),
        "owed": sum(one.costs_to_cancel for one in sessions),
        "form": form or blank(EndForm),
    }


def next_of(sessions: Sequence[SessionRow], at: datetime) -> SessionRow | None:
    """The agreed session that is on, or comes next."""
    ahead = [
        (session.starts_at, session)
        for session in sessions
        if session.status in AGREED and session.starts_at and (session.ends_at or at) > at
    ]
    return min(ahead, key=lambda pair: pair[0])[1] if ahead else None
