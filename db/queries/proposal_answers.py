"""What coaches wrote to the screening questions of a request."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.learning_requests import ScreeningQuestion
from db.models.proposals import ProposalAnswer


def of(db: Session, proposal_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Question and answer, in the order of the questions, by the proposal's id."""
    query = (
        select(ProposalAnswer.proposal_id, ScreeningQuestion.text, ProposalAnswer.text)
        .join(ScreeningQuestion, ScreeningQuestion.id == ProposalAnswer.question_id)
        .where(ProposalAnswer.proposal_id.in_(proposal_ids))
        .order_by(ScreeningQuestion.position, ScreeningQuestion.id)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for proposal_id, question, answer in db.execute(query):
        found.setdefault(proposal_id, []).append((question, answer))
    return found
