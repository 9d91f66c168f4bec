"""How a student answers the proposals they get, counted from the proposals that are stored."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest
from db.models.proposals import Proposal, ProposalStatus

LOOKS_BACK = timedelta(days=90)
FEWEST = 3  # fewer say nothing, and could tell whose they were
TIME_TO_ANSWER = timedelta(days=7)  # before that, nobody is late
ANSWERS = (ProposalStatus.ACCEPTED, ProposalStatus.DECLINED, ProposalStatus.NOT_SELECTED)
# A place on the shortlist is no answer yet, and a count that moved with it would tell the rivals.
WAITING = (ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED)


class Answered(msgspec.Struct, frozen=True):
    """How many of the proposals sent to a student in the last months were answered."""

    answered: int
    sent: int


def answered_by(db: Session, student_id: int, *, at: datetime) -> Answered | None:
    """The share that can be told; None before there are three proposals to tell of.

    Answered is what was accepted, declined, or ended by the choice of another. Not
    answered is what ran out, or has waited for a week. What its coach took back, and what came
    this week, says nothing yet.
    """
    waits = and_(
        Proposal.status.in_(WAITING),
        Proposal.submitted_at <= at - TIME_TO_ANSWER,
    )
    unanswered = or_(Proposal.status == ProposalStatus.EXPIRED, waits)
    is_answered = Proposal.status.in_(ANSWERS)
    query = (
        select(func.count(case((is_answered, 1))), func.count())
        .select_from(Proposal)
        .join(LearningRequest, LearningRequest.id == Proposal.request_id)
        .where(
            LearningRequest.student_id == student_id,
            Proposal.submitted_at >= at - LOOKS_BACK,
            or_(is_answered, unanswered),
        )
    )
    answered, sent = db.execute(query).one()
    return Answered(answered, sent) if sent >= FEWEST else None
