"""What is told about a proposal: to its coach what the student answered, to the student what came.

Coaches read the title of the request, which they know, and nothing of who the student is.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from app.labels import LABELS
from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_requests import LearningRequest
from db.models.notices import NoticeKind
from db.models.proposals import DeclineReason, Proposal
from db.models.threads import Thread

Tell: TypeAlias = Callable[..., None]


def proposal_accepted(
    db: Session,
    coach: Account,
    event: Event,
    wanted: LearningRequest,
    proposal: Proposal,
    thread: Thread,
    contract: Contract,
) -> None:
    """That the student chose this coach, and on which terms."""
    terms: dict[str, Any] = {
        name: getattr(proposal, name)
        for name in ("sessions", "minutes", "price", "currency", "total")
    }
    notify(
        db, coach, event, kind=NoticeKind.OUTCOME, name="proposal_accepted", side=Side.COACH,
        path=f"/contracts/{contract.id}", thread_id=thread.id,
        title=wanted.title, contract=contract.id, **terms,
    )  # fmt: skip


def _about(kind: NoticeKind, side: Side, name: str) -> Tell:
    def tell(
        db: Session,
        account: Account,
        event: Event,
        wanted: LearningRequest,
        proposal: Proposal,
        **more: Any,
    ) -> None:
        detail: dict[str, Any] = {"title": wanted.title, "proposal": proposal.id, **more}
        if proposal.decline_reason:
            detail["why"] = LABELS[DeclineReason][proposal.decline_reason]
        path = f"/proposals/{proposal.id}"
        notify(db, account, event, kind=kind, name=name, side=side, path=path, **detail)

    return tell


# To the coach.
proposal_declined = _about(NoticeKind.OUTCOME, Side.COACH, "proposal_declined")
proposal_not_selected = _about(NoticeKind.OUTCOME, Side.COACH, "proposal_not_selected")
proposal_reopened = _about(NoticeKind.OUTCOME, Side.COACH, "proposal_reopened")
# To the student, with the name of the `coach`; changed, since they looked at it.
proposal_received = _about(NoticeKind.PROPOSAL, Side.STUDENT, "proposal_received")
proposal_changed = _about(NoticeKind.PROPOSAL, Side.STUDENT, "proposal_changed")
