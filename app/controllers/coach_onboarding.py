"""Becoming a coach: nine steps, each an ordinary page that htmx puts in place of the last."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.coach_onboarding import keep_draft, submit_profile
from app.controllers.coach_profiles import (
    LEVELS,
    PARTS,
    as_left,
    as_stored,
    in_words,
    is_stale,
    keyed,
    on_top_of,
    save_part,
    stays,
)
from app.errors import NotFound, Refused
from app.forms.coach_onboarding import (
    BACK,
    CONTINUE,
    LAST,
    LATER,
    STEPS,
    LeaveForm,
    SendForm,
    Step,
    step_named,
)
from app.forms.form import Bound, blank, typed
from app.onboarding import blocked_by, first_open, is_done, marks, missing
from app.web.request import Invalid, Request
from app.web.respond import Page, done, go, show
from app.web.routes import get, post
from db.queries import coach_approvals, coach_profiles
from db.queries.coach_profiles import Filled

BEGIN = Page("coach_onboarding/begin")
# The field beside which it is said what a step lacks.
LACKING = {"skills": "skills", "languages": "language"}
STEP = Page("coach_onboarding/step", part="coach_onboarding/part")


class CoachOnboarding(Controller):
    """GET never overwrites, and progress is asked of what is stored."""

    path = "/become-a-coach"

    @get("/", allow=Permission.BECOME_COACH, name="coach_onboarding.begin")
    def begin(self, request: Request) -> Response[str]:
        if not request.viewer.is_coach:
            return show(request, BEGIN, steps=STEPS)
        coach, drafted = progress(request)
        return go(request, first_open(coach, drafted).address)

    @get("/{step:str}", allow=Permission.EDIT_COACH_PROFILE, name="coach_onboarding.show")
    def show(self, request: Request, step: FromPath[str]) -> Response[str]:
        asked = found(step)
        coach, drafted = progress(request)
        first = blocked_by(asked, coach)
        if first:
            return go(request, first.address, say=first.first)
        return step_page(request, asked, form_of(request, asked, coach, drafted))

    @post("/{step:str}", allow=Permission.EDIT_COACH_PROFILE, name="coach_onboarding.save")
    def save(self, request: Request, step: FromPath[str]) -> Response[str]:
        asked = found(step)
        coach, _ = progress(request)
        if asked.name in PARTS:
            return save_step(request, asked, coach)
        return send(request, asked, coach)


def found(name: str) -> Step:
    """The step of this name. Raises NotFound."""
    step = step_named(name)
    if step is None:
        raise NotFound
    return step


def progress(request: Request) -> tuple[Filled, set[str]]:
    """What the coach has filled in, and the steps in which something was left unfinished."""
    coach_id = request.viewer.id
    found = coach_profiles.filled(request.db, coach_id)
    return found, coach_profiles.drafted(request.db, coach_id)


def form_of(request: Request, step: Step, coach: Filled, drafted: set[str]) -> Bound[Any]:
    """The form of a step: as it was left, or else as it is stored."""
    if step.name not in PARTS:
        return blank(SendForm)
    draft = coach_profiles.draft(request.db, coach.account_id, step.name)
    return as_left(step, coach, draft.fields) if draft else as_stored(step, coach)


def save_step(request: Request, step: Step, coach: Filled) -> Response[str]:
    """Store a step that is no list; one that cannot be stored yet is kept where that was asked."""
    if is_stale(request, step, coach):
        return step_page(request, step, on_top_of(request, step, coach), status=409)
    bound = request.typed(
        PARTS[step.name].form, partial(step_page, request, step), **keyed(step, coach)
    )
    if bound.data is None:
        if action_of(request) not in (LATER, BACK):
            raise Invalid
        stored = typed(PARTS[step.name].stored(coach))
        keep_draft(request.db, step, request.posted, by=request.viewer, stored=stored)
        return leave(request, step)
    save_part(request, step, bound.data)
    coach, _ = progress(request)
    if stays(bound.data):
        return stay(request, step, as_stored(step, coach))
    require_done(step, coach, action_of(request))
    return leave(request, step)


def send(request: Request, step: Step, coach: Filled) -> Response[str]:
    """The last step: the application is sent, or looked over later."""
    if action_of(request) in (LATER, BACK):
        request.typed(LeaveForm, partial(step_page, request, step))
        return leave(request, step)
    request.filled(SendForm, partial(step_page, request, step))
    submit_profile(request.db, by=request.viewer)
    return go(request, step.address, say="Your application is with us.", in_place=True)


def require_done(step: Step, coach: Filled, action: str) -> None:
    """Return quietly unless somebody goes on from a step that still lacks what it asks for."""
    if action == CONTINUE and not step.optional and not is_done(step, coach):
        raise Refused(LACKING[step.name], step.first.removeprefix("First ").capitalize())


def stay(request: Request, step: Step, form: Bound[Any]) -> Response[str]:
    """The same step once more, after something was added to it or taken away."""
    context = step_context(request, step, form)
    return done(request, "coach_onboarding/part", to=step.address, **context)


def leave(request: Request, step: Step) -> Response[str]:
    """On to the step, or the page, that was asked for."""
    action = action_of(request)
    if action == LATER:
        return go(request, "/dashboard", say="Saved. Go on whenever you like.")
    if action == BACK and step.before:
        return go(request, step.before.address, in_place=True)
    after = step.after or step
    coach, _ = progress(request)
    first = blocked_by(after, coach)
    say = first.first if first else ""
    return go(request, (first or after).address, say=say, in_place=True)


def action_of(request: Request) -> str:
    """The button that was pressed; "continue" when the form was sent without one."""
    return next(iter(request.posted.get("action", ())), CONTINUE)


def step_page(
    request: Request, step: Step, form: Bound[Any], *, status: int = 200
) -> Response[str]:
    context = step_context(request, step, form)
    if status == 409:
        context["newer"] = in_words(step, context["coach"])
    return show(request, STEP, status=status, **context)


def step_context(request: Request, step: Step, form: Bound[Any]) -> dict[str, Any]:
    """What the page of a step needs."""
    coach, drafted = progress(request)
    comments = coach_approvals.comments(request.db, coach.account_id)
    context: dict[str, Any] = {
        "step": step, "form": form, "coach": coach, "marks": marks(step, coach, drafted),
        "levels": LEVELS, "newer": None, "comment": comments.get(step.name, ""),
    }  # fmt: skip
    return context | (review(request, coach) if step == LAST else {})


def review(request: Request, coach: Filled) -> dict[str, Any]:
    """What the last step shows besides: what is missing, or how it stands with the application."""
    db, coach_id = request.db, coach.account_id
    return {
        "missing": missing(coach),
        "comments": coach_approvals.comments(db, coach_id),
        "ahead": coach_approvals.ahead(db, coach),
        "usual_wait": coach_approvals.usual_wait(db),
        "reason": coach_approvals.rejection_reason(db, coach_id),
    }
