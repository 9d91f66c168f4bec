"""A coach's own profile, edited part by part; onboarding asks for the same parts, step by step."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.coach_onboarding import drop_draft
from app.actions.coach_profiles import (
    change_picture,
    save_details,
    save_goal,
    save_headline,
    save_skills,
)
from app.errors import NotFound
from app.forms.coach_onboarding import STEPS, Step, step_named
from app.forms.coach_profiles import (
    DetailsForm,
    GoalForm,
    HeadlineForm,
    SkillsForm,
    stored_details,
    stored_goal,
    stored_headline,
    stored_skills,
)
from app.forms.form import Bound, Form, Posted, blank, typed
from app.forms.versions import version_of
from app.labels import LABELS, choices
from app.onboarding import completeness
from app.web.request import Request
from app.web.respond import Page, done, show
from app.web.routes import get, post
from db.models.skills import SkillLevel
from db.queries import coach_profiles
from db.queries.coach_profiles import Filled

INDEX = Page("coach_profiles/show")
EDIT = Page("coach_profiles/edit", part="coach_profiles/form")
LEVELS = choices(SkillLevel)


class Part(msgspec.Struct, frozen=True):
    """A part of a profile: the form it is filled in with, what is stored, and how it is stored."""

    form: type[Form]
    stored: Callable[[Filled], dict[str, Any]]
    save: Callable[..., None]


PARTS = {
    "goal": Part(GoalForm, stored_goal, save_goal),
    "skills": Part(SkillsForm, stored_skills, save_skills),
    "headline": Part(HeadlineForm, stored_headline, save_headline),
    "details": Part(DetailsForm, stored_details, save_details),
}


class CoachProfiles(Controller):
    """What is there, and each part of it changed in place."""

    path = "/profile/coach"

    @get("/", allow=Permission.EDIT_COACH_PROFILE, name="coach_profiles.show")
    def show(self, request: Request) -> Response[str]:
        coach = coach_profiles.filled(request.db, request.viewer.id)
        return show(request, INDEX, coach=coach, completeness=completeness(coach), steps=STEPS[:-1])

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
        coach = coach_profiles.filled(request.db, request.viewer.id)
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
            coach=coach, step=step,
        )  # fmt: skip


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


def save_part(request: Request, step: Step, form: Form) -> None:
    """Store a part, with the picture that came with it, and forget what was left unfinished."""
    PARTS[step.name].save(request.db, form, by=request.viewer)
    take_picture(request, step, remove=getattr(form, "remove_picture", False))
    drop_draft(request.db, step, by=request.viewer)
    request.db.flush()


def take_picture(request: Request, step: Step, *, remove: bool = False) -> None:
    """Show the picture that came with the details, if one did."""
    if step.name == "details":
        upload = request.files.get("picture")
        change_picture(request.db, upload, remove=remove, by=request.viewer)


def stays(form: Any) -> bool:
    """Whether a form only added or took away something, and goes on being filled in."""
    return form.action == "add" or getattr(form, "remove", None) is not None


def as_stored(step: Step, coach: Filled) -> Bound[Any]:
    """The form as it is stored."""
    part = PARTS[step.name]
    stored = part.stored(coach)
    return blank(part.form, stored | {"version": version_of(stored)})


def as_left(step: Step, coach: Filled, fields: Posted) -> Bound[Any]:
    """The form as it was left unfinished, on top of what is stored."""
    part = PARTS[step.name]
    stored = part.stored(coach)
    return blank(part.form, {**typed(stored), **fields, "version": version_of(stored)})


def on_top_of(request: Request, step: Step, coach: Filled) -> Bound[Any]:
    """What was written onto an older form, to be sent again if it is meant."""
    return as_left(step, coach, {**request.posted})


def is_stale(request: Request, step: Step, coach: Filled) -> bool:
    """Whether what was sent was written onto an older form than the one that is stored."""
    [*sent] = request.posted.get("version", ())
    return any(sent) and sent != [version_of(PARTS[step.name].stored(coach))]


def keyed(step: Step, coach: Filled) -> dict[str, list[int]]:
    """The fields of a form that go by the number of what they are about."""
    return {"level": [skill.id for skill in coach.skills]} if step.name == "skills" else {}


def in_words(step: Step, coach: Filled) -> list[tuple[str, str]]:
    """What is stored in a part, each with its name, as people read it."""
    if step.name == "skills":
        return [(skill.name, LABELS[SkillLevel][skill.level]) for skill in coach.skills]
    return [
        (name.replace("_", " ").capitalize(), _worded(value))
        for name, value in PARTS[step.name].stored(coach).items()
    ]


def _worded(value: Any) -> str:
    names = LABELS.get(type(value))
    return names[value] if names else "" if value is None else str(value)
