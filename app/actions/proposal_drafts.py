"""A proposal that is not sent yet: kept as it is typed, one a coach and request, or thrown away."""

from sqlalchemy.orm import Session

from app.actions.proposals import check_first_or_once_more
from app.clock import now
from app.errors import WrongState
from app.events import record
from app.forms.form import Posted
from app.forms.text import storable
from db.models.accounts import Side
from db.models.learning_requests import LearningRequest
from db.models.proposals import Proposal, ProposalStatus
from db.queries import proposal_drafts
from db.queries.viewers import Viewer

NOT_KEPT = ("action", "form_key", "words")


def save_draft(db: Session, wanted: LearningRequest, posted: Posted, *, by: Viewer) -> Proposal:
    """Keep what a coach has typed so far, right or wrong; what was sent stays sent."""
    student = proposal_drafts.reader(db, wanted.student_id)
    if student is None or not wanted.is_open_at(now()):
        raise WrongState("This request is no longer open.", to=f"/requests/{wanted.id}")
    check_first_or_once_more(db, wanted, by)
    draft = proposal_drafts.held(db, by.id, wanted.id) or _begun(db, wanted, by)
    draft.typed = storable({name: posted[name] for name in posted if name not in NOT_KEPT})
    draft.updated_at = now()
    return draft


def delete_draft(db: Session, draft: Proposal, *, by: Viewer) -> None:
    """Throw away what was never sent."""
    if draft.status is not ProposalStatus.DRAFT:
        raise WrongState("This proposal has been sent.", to=f"/proposals/{draft.id}")
    record(
        db,
        "proposal.deleted",
        by=by,
        side=Side.COACH,
        subject=draft,
        before=ProposalStatus.DRAFT,
        request=draft.request_id,
    )
    for answer in proposal_drafts.answers_of(db, draft.id).values():
        db.delete(answer)
    db.flush()
    db.delete(draft)


def _begun(db: Session, wanted: LearningRequest, by: Viewer) -> Proposal:
    # The terms are read from what was typed once it is sent; until then there are none.
    draft = Proposal(
        request_id=wanted.id,
        coach_id=by.id,
        status=ProposalStatus.DRAFT,
        message="",
        sessions=0,
        minutes=0,
        price=0,
        currency=wanted.currency,
        created_at=now(),
        updated_at=now(),
    )
    db.add(draft)
    record(
        db,
        "proposal.drafted",
        by=by,
        side=Side.COACH,
        subject=draft,
        after=ProposalStatus.DRAFT,
    )
    return draft
