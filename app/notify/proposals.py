"""Mails about a proposal: to its coach what the student answered, to the student what came."""

from typing import Any

from sqlalchemy.orm import Session

from app.labels import LABELS
from app.mail.outbox import enqueue_about
from db.models.accounts import Account
from db.models.events import Event
from db.models.learning_requests import LearningRequest
from db.models.proposals import DeclineReason, Proposal
from db.models.threads import Thread


def proposal_accepted(
    db: Session,
    coach: Account,
    event: Event,
    wanted: LearningRequest,
    proposal: Proposal,
    thread: Thread,
) -> None:
    """That the student chose this coach, and on which terms."""
    terms = {name: getattr(proposal, name) for name in ("sessions", "minutes", "price", "currency")}
    terms |= {"total": proposal.total, "thread": thread.id}
    _about(db, "proposal_accepted", coach, event, wanted, proposal, **terms)


def proposal_not_selected(
    db: Session, coach: Account, event: Event, wanted: LearningRequest, proposal: Proposal
) -> None:
    """That another coach was chosen."""
    _about(db, "proposal_not_selected", coach, event, wanted, proposal)


def proposal_declined(
    db: Session, coach: Account, event: Event, wanted: LearningRequest, proposal: Proposal
) -> None:
    """That the student said no, and why."""
    why = LABELS[DeclineReason][proposal.decline_reason]
    _about(db, "proposal_declined", coach, event, wanted, proposal, why=why)


def proposal_reopened(
    db: Session, coach: Account, event: Event, wanted: LearningRequest, proposal: Proposal
) -> None:
    """That the student took a no back."""
    _about(db, "proposal_reopened", coach, event, wanted, proposal)


def proposal_received(
    db: Session, student: Account, event: Event, wanted: LearningRequest, proposal: Proposal
) -> None:
    """That a coach has sent a proposal."""
    _about(db, "proposal_received", student, event, wanted, proposal)


def proposal_changed(
    db: Session, student: Account, event: Event, wanted: LearningRequest, proposal: Proposal
) -> None:
    """That a proposal says something else than when the student looked at it."""
    _about(db, "proposal_changed", student, event, wanted, proposal)


def _about(
    db: Session,
    template: str,
    coach: Account,
    event: Event,
    wanted: LearningRequest,
    proposal: Proposal,
    **detail: Any,
) -> None:
    about: dict[str, Any] = {"title": wanted.title, "proposal": proposal.id}
    enqueue_about(db, template, coach, event, **about, **detail)
