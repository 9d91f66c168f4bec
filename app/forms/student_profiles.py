"""What a student writes into a profile, part by part, and what staff write who look at one."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec

from app.forms.fields import Line, Lines, Ticked
from app.forms.form import Form, length
from app.forms.places import Country, TimeZone
from app.forms.skills import Skills
from app.forms.student_onboarding import Goal, told
from app.time_zones import UNKNOWN
from db.queries.student_profiles import StudentPage


class AboutForm(Form, frozen=True, kw_only=True):
    """Who a student is."""

    bio: Annotated[Lines, length(0, 1000)] = ""
    version: Line = ""


class GoalForm(Form, frozen=True, kw_only=True):
    """What a student would like to learn."""

    skills: Skills = ""
    goal: Goal = ""
    version: Line = ""

    @property
    def skill_names(self) -> list[str]:
        """The skills, one name each."""
        return [name for name in self.skills.split(", ") if name]


class PlaceForm(Form, frozen=True, kw_only=True):
    """Where a student is, and whose clocks they live by."""

    country: Country
    time_zone: TimeZone
    version: Line = ""


class PictureForm(Form, frozen=True, kw_only=True):
    """A student's picture comes as a file beside these."""

    remove_picture: Ticked = False
    version: Line = ""


class LookForm(Form, frozen=True, kw_only=True):
    """Why somebody of our team looks at a student's profile."""

    reason: Annotated[Line, length(10, 300)]


class Part(msgspec.Struct, frozen=True):
    """A part of a student's profile: how it is filled in, what is stored, and why it helps."""

    name: str
    title: str
    form: type[Form]
    stored: Callable[[StudentPage], dict[str, Any]]
    is_there: Callable[[StudentPage], bool]
    advice: str
    is_list: bool = False


class Advice(msgspec.Struct, frozen=True):
    """How much of a profile is there, and what would help most next."""

    done: int
    parts: int
    next: Part | None


def _of(*names: str) -> Callable[[StudentPage], dict[str, Any]]:
    return lambda student: {name: value for name, value in told(student).items() if name in names}


# In the order in which they help most.
PARTS: Mapping[str, Part] = {
    part.name: part
    for part in (
        Part(
            "place", "Where you are", PlaceForm, _of("country", "time_zone"),
            lambda student: student.country is not None and student.time_zone != UNKNOWN,
            "Say where you are, so that coaches know your time.",
        ),
        Part(
            "languages", "What you speak", Form, lambda student: {},
            lambda student: bool(student.languages),
            "Add a language you speak. Without one no request can be posted.", is_list=True,
        ),
        Part(
            "goal", "What you want to learn", GoalForm, _of("skills", "goal"),
            lambda student: bool(student.skills or student.goal),
            "Say what you want to learn, so that your coach can prepare.",
        ),
        Part(
            "about", "About you", AboutForm, lambda student: {"bio": student.bio},
            lambda student: bool(student.bio),
            "Write a few lines about yourself. A coach you choose reads them first.",
        ),
        Part(
            "picture", "Your picture", PictureForm, lambda student: {"picture": student.picture},
            lambda student: student.picture is not None,
            "Add a picture, so that a coach you choose knows you when you meet.",
        ),
    )
}  # fmt: skip


def next_step(student: StudentPage) -> Advice:
    """Computed from what is stored, never kept as a number."""
    missing = [part for part in PARTS.values() if not part.is_there(student)]
    return Advice(len(PARTS) - len(missing), len(PARTS), missing[0] if missing else None)
