"""What a student writes into a profile, part by part, and what staff write who look at one."""

from typing import Annotated

from app.forms.fields import Line, Lines
from app.forms.form import Form, length
from app.forms.places import Country, TimeZone
from app.forms.skills import Skills
from app.forms.student_onboarding import Goal


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


class LookForm(Form, frozen=True, kw_only=True):
    """Why somebody of our team looks at a student's profile."""

    reason: Annotated[Line, length(10, 300)]
