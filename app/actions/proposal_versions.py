"""Changing what was sent: freely until the student has looked, then as a new version."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions.proposals import currency_in, write_answers, write_words
from app.clock import now
from app.errors import WrongState
from app.events import record
from app.forms.proposal_versions import ChangeForm
from app.forms.proposals import WORDS
from app.notify import proposals as tell
from db.models.accounts import Side
from db.models.proposal_versions import ProposalVersion
from db.models.proposals import ANSWERED_WITHIN, Proposal, ProposalAnswer
from db.queries import proposal_answers, proposal_drafts
from db.queries.viewers import Viewer


def update_proposal(db: Session, proposal: Proposal, form: ChangeForm, *, by: Viewer) -> bool:
    """Write a proposal anew, and tell whether that changed anything.

    What the student has looked at is kept beside it. Whoever calls holds the proposal, so that a
    first look comes either before this or after it.
    """
    if form.version != proposal.version:
        raise WrongState(
            "This proposal was changed meanwhile.", to=f"/proposals/{proposal.id}/edit"
        )
    wanted = proposal.learning_request
    offered = {wanted.currency, proposal.currency, proposal_drafts.currency_of(db, by.id)}
    currency = currency_in(form, offered, proposal.currency)
    answers = proposal_drafts.answers_of(db, proposal.id)
    changed = _differences(proposal, form, currency, answers)
    if not changed:
        return False
    was_seen = proposal.first_viewed_at is not None
    if was_seen:
        _keep_version(db, proposal)
    write_words(proposal, form, currency)
    write_answers(db, proposal, form)
    event = record(
        db,
        "proposal.updated",
        by=by,
        side=Side.COACH,
        subject=proposal,
        version=proposal.version,
        changed=changed,
    )
    student = proposal_drafts.reader(db, wanted.student_id) if was_seen else None
    if student:
        tell.proposal_changed(db, student, event, wanted, proposal, coach=by.name)
    return True


def _differences(
    proposal: Proposal, form: ChangeForm, currency: str, answers: Mapping[int, ProposalAnswer]
) -> list[str]:
    changed = [name for name in WORDS if getattr(form, name) != getattr(proposal, name)]
    if currency != proposal.currency:
        changed.append("currency")
    known = {number: answer.text for number, answer in answers.items()}
    if any(known.get(number) != text for number, text in form.answer.items()):
        changed.append("answers")
    return changed


def _keep_version(db: Session, proposal: Proposal) -> None:
    answers = proposal_answers.of(db, [proposal.id]).get(proposal.id, [])
    stood = {name: getattr(proposal, name) for name in (*WORDS, "currency")}
    db.add(
        ProposalVersion(
            proposal_id=proposal.id,
            number=proposal.version,
            answers=[list(pair) for pair in answers],
            written_at=proposal.updated_at,
            **stood,
        )
    )
    proposal.version += 1
    proposal.expires_at = now() + ANSWERED_WITHIN
