"""What stands in the form of a proposal: on the page of its request, and where it is changed."""

from typing import Any

from app.actions.proposals import MOST_ON_A_REQUEST
from app.clock import now
from app.currencies import currency_name
from app.forms.form import Bound, Posted
from app.forms.proposal_drafts import is_outdated, marked
from app.forms.proposals import new_proposal, total_of, written
from app.tokens import new_token
from app.web.request import Request
from db.models.learning_requests import LearningRequest
from db.queries import proposal_drafts, proposals
from db.queries.learning_request_pages import RequestPage
from db.queries.proposals import ProposalLine


def proposing(
    request: Request, seen: RequestPage, form: Bound[Any] | None = None
) -> dict[str, Any]:
    """What the page of a request shows its coaches: what came back, their draft, or a guess."""
    db, coach_id = request.db, request.viewer.id
    if seen.student_id == coach_id:
        return nothing_to_write()
    mine = proposals.of_coach(db, coach_id, seen.id, at=now())
    if form is None and mine is not None and not mine.may_propose_again:
        return nothing_to_write() | {"mine": mine}
    draft = proposal_drafts.find(db, coach_id, seen.id)
    form = form or begun(request, seen, mine, draft)
    return {
        "mine": mine,
        "draft": draft,
        "asked": seen.questions,
        "form": form,
        "total": total_of(form),
        "currencies": currencies(request, seen.currency),
        "is_full": seen.proposals >= MOST_ON_A_REQUEST,
    }


def begun(
    request: Request,
    seen: RequestPage,
    mine: ProposalLine | None,
    draft: proposal_drafts.Draft | None,
) -> Bound[Any]:
    """The form as it opens: on the draft, on what was taken back, or on a guess."""
    left = as_left(request, draft)
    if left:
        return marked(left, left.raw, new_token())
    last = proposal_drafts.of_before(request.db, request.viewer.id, mine.id) if mine else None
    guess = as_left(request, last) or new_proposal(sessions=seen.sessions, rate=seen.my_rate)
    return marked(guess, {}, new_token())


def newer_draft(request: Request, wanted: LearningRequest) -> Bound[Any] | None:
    """The draft as another tab has left it since the form that was sent was opened, if it has."""
    if not wanted.is_open_at(now()):
        return None
    stored = as_left(request, proposal_drafts.find(request.db, request.viewer.id, wanted.id))
    return stored if stored and is_outdated(request.posted, stored.raw) else None


def on_top_of(posted: Posted, stored: Bound[Any]) -> Bound[Any]:
    """What was typed onto an older draft, to be sent again if it is meant."""
    return marked(Bound(posted, {}, None, frozenset()), stored.raw, new_token())


def nothing_to_write() -> dict[str, Any]:
    """What the student of a request has of all this, and a coach who has sent one."""
    form = new_proposal()
    return {
        "mine": None, "draft": None, "asked": [], "form": form, "total": total_of(form),
        "currencies": [], "is_full": False,
    }  # fmt: skip


def as_left(request: Request, draft: proposal_drafts.Draft | None) -> Bound[Any] | None:
    """The form as its coach left it, right or wrong."""
    if draft is None:
        return None
    if draft.typed is not None:
        return Bound(draft.typed, {}, None, frozenset())
    answers = proposal_drafts.answers_of(request.db, draft.id)
    return written(draft, {number: answer.text for number, answer in answers.items()})


def currencies(request: Request, *codes: str) -> list[tuple[str, str]]:
    """What a price may be in: that of the request, or that of the coach's usual price."""
    own = proposal_drafts.currency_of(request.db, request.viewer.id)
    return [(code, currency_name(code)) for code in dict.fromkeys((*codes, own)) if code]


def answered(request: Request, request_id: int) -> list[int]:
    """The questions this form may answer: those still asked, and one asked when it was opened."""
    asked = proposal_drafts.questions_of(request.db, request_id)
    typed = request.posted
    return [
        number
        for number, is_asked in asked.items()
        if is_asked or any(text.strip() for text in typed.get(f"answer_{number}", ()))
    ]
