"""A coach's own profile, edited part by part; onboarding asks for the same parts, step by step."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.controllers.coach_parts import (
    LEVELS,
    PARTS,
    as_stored,
    held,
    in_words,
    is_stale,
    keyed,
    on_top_of,
    save_part,
    stays,
)
from app.errors import NotFound
from app.forms.coach_onboarding import STEPS, Step, step_named
from app.forms.form import Bound
from app.onboarding import completeness
from app.web.request import Request
from app.web.respond import Page, done, show
from app.web.routes import get, post
from db.queries import coach_pages, coach_profiles, portfolio_items
from db.queries.coach_profiles import Filled

INDEX = Page("coach_profiles/show")
EDIT = Page("coach_profiles/edit", part="coach_profiles/form")


class CoachProfiles(Controller):
    """What is there, and each part of it changed in place."""

    path = "/profile/coach"

    @get("/", allow=Permission.EDIT_COACH_PROFILE, name="coach_profiles.show")
    def show(self, request: Request) -> Response[str]:
        coach = coach_profiles.filled(request.db, request.viewer.id)
        done, steps = completeness(coach), STEPS[:-1]
        lists = lists_of(request)
        return show(request, INDEX, coach=coach, completeness=done, steps=steps, **lists)

    @get("/{part:str}", allow=Permission.EDIT_COACH_PROFILE, name="coach_profiles.edit")
    def edit(self, request: Request, part: FromPath[str]) -> Response[str]:
        step = part_named(part)
        coach = coach_profiles.filled(request.db, request.viewer.id)
        return edit_page(request, step, coach, as_stored(step, coach))

    @post(
        "/{part:str}",
        allow=Permission.EDIT_COACH_PROFILE,
        name="coach_profiles.update",
        uploads=True,
    )
    def update(self, request: Request, part: FromPath[str]) -> Response[str]:
        step = part_named(part)
        coach = held(request, step)
        if is_stale(request, step, coach):
            return edit_page(request, step, coach, on_top_of(request, step, coach), status=409)
        again = partial(edit_page, request, step, coach)
        form: Any = request.filled(PARTS[step.name].form, again, **keyed(step, coach))
        save_part(request, step, form)
        coach = coach_profiles.filled(request.db, request.viewer.id)
        if stays(form):
            return edited(request, step, coach)
        say = f"Saved: {step.title.lower()}."
        return done(
            request, "coach_profiles/section", to=f"/profile/coach#part-{step.name}", say=say,
            coach=coach, step=step, public=None, portfolio=None,
        )  # fmt: skip


def lists_of(request: Request) -> dict[str, Any]:
    """The lists of one's own profile, as others see them."""
    coach_id = request.viewer.id
    return {
        "public": coach_pages.coach(request.db, coach_id),
        "portfolio": portfolio_items.cards(request.db, coach_id),
    }


def part_named(name: str) -> Step:
    """The part of this name. Raises NotFound."""
    step = step_named(name)
    if step is None or step.name not in PARTS:
        raise NotFound
    return step


def edit_page(
    request: Request, step: Step, coach: Filled, form: Bound[Any], *, status: int = 200
) -> Response[str]:
    return show(
        request, EDIT, status=status, step=step, coach=coach, form=form, levels=LEVELS,
        newer=in_words(step, coach) if status == 409 else None,
    )  # fmt: skip


def edited(request: Request, step: Step, coach: Filled) -> Response[str]:
    """The form once more, after something in it was added or taken away."""
    return done(
        request, "coach_profiles/form", to=f"/profile/coach/{step.name}", step=step, coach=coach,
        form=as_stored(step, coach), levels=LEVELS, newer=None,
    )  # fmt: skip
