"""The page of a step of onboarding, and what it needs."""

from datetime import timedelta
from typing import Any, TypeAlias

import msgspec
from litestar.response import Response

from app.controllers.coach_entries import entries_shown, entry_form
from app.controllers.coach_parts import LEVELS, as_left, as_stored, in_words
from app.controllers.coach_profiles import lists_of
from app.forms.coach_onboarding import LAST, SendForm, Step
from app.forms.form import Bound, blank
from app.onboarding import first_open, marks, missing
from app.web.request import Request
from app.web.respond import Page, done, show
from db.models.profiles import CoachStatus
from db.queries import coach_approvals, coach_profiles
from db.queries.coach_profiles import Filled


class Standing(msgspec.Struct, frozen=True):
    """How it stands with an application: where to go on, who is before, why it was refused."""

    next: Step
    ahead: int
    usual_wait: timedelta | None
    reason: str


Progress: TypeAlias = tuple[Filled, set[str]]
STEP = Page("coach_onboarding/step", part="coach_onboarding/part")


def progress(request: Request) -> Progress:
    """What the coach has filled in, and the steps in which something was left unfinished."""
    coach_id = request.viewer.id
    found = coach_profiles.filled(request.db, coach_id)
    return found, coach_profiles.drafted(request.db, coach_id)


def form_of(request: Request, step: Step, coach: Filled, drafted: set[str]) -> Bound[Any]:
    """The form of a step: as it was left, or else as it is stored."""
    if step.is_list:
        return entry_form(request, step)
    if step == LAST:
        return blank(SendForm)
    draft = coach_profiles.draft(request.db, coach.account_id, step.name)
    return as_left(step, coach, draft.fields) if draft else as_stored(step, coach)


def stay(request: Request, step: Step, form: Bound[Any], focus: int = 0) -> Response[str]:
    """The same step once more, after something was added to it or taken away."""
    context = step_context(request, step, form, focus)
    return done(request, "coach_onboarding/part", to=step.address, **context)


def step_page(
    request: Request,
    step: Step,
    form: Bound[Any],
    *,
    status: int = 200,
    known: Progress | None = None,
) -> Response[str]:
    """The page of a step; `known` is the progress, where it was asked for already."""
    context = step_context(request, step, form, known=known)
    if status == 409:
        context["newer"] = in_words(step, context["coach"])
    return show(request, STEP, status=status, **context)


def step_context(
    request: Request,
    step: Step,
    form: Bound[Any],
    focus: int = 0,
    known: Progress | None = None,
) -> dict[str, Any]:
    """What the page of a step needs; `focus` is the entry that was just added to its list."""
    coach, drafted = known or progress(request)
    is_asked = coach.status is CoachStatus.CHANGES_REQUESTED
    comments = coach_approvals.comments(request.db, coach.account_id) if is_asked else {}
    context: dict[str, Any] = {
        "step": step, "form": form, "coach": coach, "marks": marks(step, coach, drafted),
        "levels": LEVELS, "newer": None, "comments": comments,
    }  # fmt: skip
    if step.is_list:
        return context | entries_shown(request, step, form, focus)
    if step == LAST:
        context |= {"missing": missing(coach), "standing": standing_of(request, coach, drafted)}
        context |= lists_of(request)
    return context


def standing_of(request: Request, coach: Filled, drafted: set[str]) -> Standing:
    """Asks only what is shown to a coach in this state."""
    db, waits = request.db, coach.status is CoachStatus.SUBMITTED
    is_refused = coach.status is CoachStatus.REJECTED
    return Standing(
        next=first_open(coach, drafted),
        ahead=coach_approvals.ahead(db, coach) if waits else 0,
        usual_wait=coach_approvals.usual_wait(db) if waits else None,
        reason=coach_approvals.rejection_reason(db, coach.account_id) if is_refused else "",
    )
