"""Becoming a coach: nine steps, each an ordinary page that htmx puts in place of the last."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.coach_onboarding import keep_draft, submit_profile
from app.controllers.coach_entries import entry_form, take_entry
from app.controllers.coach_parts import (
    PARTS,
    as_stored,
    held,
    is_stale,
    keyed,
    on_top_of,
    save_part,
    stays,
    take_picture,
)
from app.controllers.coach_steps import form_of, progress, stay, step_page
from app.errors import NotFound, Refused
from app.forms.coach_onboarding import (
    ADD,
    BACK,
    CONTINUE,
    LATER,
    STEPS,
    LeaveForm,
    SendForm,
    Step,
    step_named,
)
from app.forms.form import typed
from app.onboarding import blocked_by, first_open, is_done
from app.web.filling import Invalid
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.queries.coach_profiles import Filled

BEGIN = Page("coach_onboarding/begin")
# The field beside which it is said what a step lacks.
LACKING = {"skills": "skills", "languages": "language"}


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
        form = form_of(request, asked, coach, drafted)
        return step_page(request, asked, form, known=(coach, drafted))

    @post(
        "/{step:str}",
        allow=Permission.EDIT_COACH_PROFILE,
        name="coach_onboarding.save",
        uploads=True,
    )
    def save(self, request: Request, step: FromPath[str]) -> Response[str]:
        asked = found(step)
        if asked.name in PARTS:
            return save_step(request, asked, held(request, asked))
        return add_to(request, asked) if asked.is_list else send(request, asked)


def found(name: str) -> Step:
    """The step of this name. Raises NotFound."""
    step = step_named(name)
    if step is None:
        raise NotFound
    return step


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
        if not any(upload.problem for upload in request.files.values()):
            take_picture(request, step)  # a file can be kept for later nowhere else
        return leave(request, step)
    save_part(request, step, bound.data)
    coach, _ = progress(request)
    if stays(bound.data):
        return stay(request, step, as_stored(step, coach))
    require_done(step, coach, action_of(request))
    return leave(request, step)


def add_to(request: Request, step: Step) -> Response[str]:
    """One entry more in a step that is a list, and on where that was asked."""
    action = action_of(request)
    entry = take_entry(request, step, action, partial(step_page, request, step))
    if action == ADD:
        return stay(request, step, entry_form(request, step), focus=entry.id)
    coach, _ = progress(request)
    require_done(step, coach, action)
    return leave(request, step)


def send(request: Request, step: Step) -> Response[str]:
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
