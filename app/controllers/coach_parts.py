"""The parts of a coach's profile that are no lists: how each is filled in, stored and compared.

Shared by onboarding, where a part is a step, and by the profile, where it is changed in place.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from app.actions.coach_onboarding import drop_draft
from app.actions.coach_profiles import (
    change_picture,
    save_details,
    save_goal,
    save_headline,
    save_skills,
)
from app.forms.coach_onboarding import Step
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
from app.forms.form import Bound, Form, Posted, bind, blank, typed
from app.forms.versions import is_older, version_of
from app.labels import LABELS, choices
from app.web.request import Request
from db.models.skills import SkillLevel
from db.queries import accounts, coach_profiles
from db.queries.coach_profiles import Filled

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


def held(request: Request, step: Step) -> Filled:
    """What is stored, which nobody else changes until this request is answered."""
    coach_id = request.viewer.id
    if request.write:  # a form that is only shown again holds nobody up
        if step.name == "details":
            accounts.locked(request.db, coach_id)  # first, as all do who hold both
        coach_profiles.held(request.db, coach_id)
    return coach_profiles.filled(request.db, coach_id)


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
    """Whether what was sent was written onto an older form, and is not what is stored anyway."""
    part = PARTS[step.name]
    stored = part.stored(coach)
    if not is_older(next(iter(request.posted.get("version", ())), ""), stored):
        return False
    # Who never heard that it was stored sends the same once more, and goes on.
    meant = _read(part, request.posted)
    return meant is None or meant != _read(part, typed(stored))


def _read(part: Part, fields: Posted) -> Form | None:
    """What these fields say, whatever button was pressed below them."""
    form = bind(part.form, fields).data
    return form and msgspec.structs.replace(form, version="", action="continue")


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
