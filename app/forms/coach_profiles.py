"""What a coach writes into the parts of a profile that are no lists."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, field

from app.clock import now
from app.currencies import currency_of
from app.forms.fields import Day, Line, Lines, Ticked, Whole
from app.forms.form import Errors, Form, length
from app.forms.kinds import Kind, Wrong
from app.forms.places import (
    Country,
    Currency,
    TimeZone,
    written_country,
    written_currency,
    written_zone,
)
from app.forms.skills import read_skills
from app.forms.text import one_line
from db.models.profiles import CoachGoal
from db.models.skills import SkillLevel
from db.queries.coach_profiles import Filled

MOST_SKILLS = 15
SHORTEST_HEADLINE, LONGEST_HEADLINE = 5, 80
SHORTEST_BIO, LONGEST_BIO = 100, 5000
LOWEST_RATE, HIGHEST_RATE = 5, 500  # whole units of the currency
ADULT = 18
PUNCTUATION = str.maketrans("", "", " -.()/\u00a0\u2011")

Action = Literal["continue", "later", "back", "add", "save"]


def read_phone(text: str) -> str:
    """A number as E.164 has it: +254711000111, however it was spaced."""
    typed = one_line(text).translate(PUNCTUATION)
    if typed.startswith("00"):
        typed = f"+{typed[2:]}"
    digits = typed.removeprefix("+")
    if typed and not (
        typed.startswith("+")
        and digits.isascii()
        and digits.isdigit()
        and 7 <= len(digits) <= 15
        and digits[0] != "0"
    ):
        raise Wrong("Write the number with its country, such as +254 711 000 111.")
    return typed


class GoalForm(Form, frozen=True, kw_only=True):
    """What coaching should be."""

    goal: CoachGoal
    version: Line = ""
    action: Action = "continue"


class SkillsForm(Form, frozen=True, kw_only=True):
    """Skills to add by name; the levels of those that are there, by skill; one to take away."""

    skills: Annotated[str, Kind(lambda text: read_skills(text, most=MOST_SKILLS))] = ""
    level: dict[int, SkillLevel] = field(default_factory=dict)
    remove: Annotated[Whole, Meta(ge=1)] | None = None
    version: Line = ""
    action: Action = "continue"

    @property
    def skill_names(self) -> list[str]:
        """The skills to add, one name each."""
        return [name for name in self.skills.split(", ") if name]


class HeadlineForm(Form, frozen=True, kw_only=True):
    """One line and a story."""

    headline: Annotated[Line, length(SHORTEST_HEADLINE, LONGEST_HEADLINE)]
    bio: Annotated[Lines, length(SHORTEST_BIO, LONGEST_BIO)]
    version: Line = ""
    action: Action = "continue"


class DetailsForm(Form, frozen=True, kw_only=True):
    """Where a coach is, how old, and what an hour costs, in whole units of the currency."""

    country: Country
    time_zone: TimeZone
    birth_date: Day
    phone: Annotated[str, Kind(read_phone)] = ""
    rate: Annotated[Whole, Meta(ge=LOWEST_RATE, le=HIGHEST_RATE)]
    currency: Currency
    remove_picture: Ticked = False
    version: Line = ""
    action: Action = "continue"

    def check(self) -> Errors:
        """Grown up, and born within living memory."""
        born: object = self.birth_date
        if not isinstance(born, date):
            return {}
        age = age_on(born, now().date())
        if age < 0 or age > 120:
            return {"birth_date": "Check the year."}
        if age < ADULT:
            return {"birth_date": "Coaches on Skileez are 18 or older."}
        return {}


def age_on(born: date, day: date) -> int:
    """Whole years since somebody was born; who was born on 29 February is older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def stored_goal(coach: Filled) -> dict[str, Any]:
    """What stands in the form for what is stored."""
    return {"goal": coach.goal}


def stored_skills(coach: Filled) -> dict[str, Any]:
    """The levels, by skill."""
    return {f"level_{skill.id}": skill.level for skill in coach.skills}


def stored_headline(coach: Filled) -> dict[str, Any]:
    """What stands in the form for what is stored."""
    return {"headline": coach.headline, "bio": coach.bio}


def stored_details(coach: Filled) -> dict[str, Any]:
    """The same; a place is written by its name, and the rate in whole units.

    Who has named no rate is offered the currency of their country.
    """
    usual = currency_of(coach.country) if coach.rate is None else ""
    return {
        "country": written_country(coach.country),
        "time_zone": written_zone(coach.time_zone),
        "birth_date": coach.birth_date,
        "phone": coach.phone,
        "rate": None if coach.rate is None else coach.rate // 100,
        "currency": written_currency(usual or coach.currency),
    }
