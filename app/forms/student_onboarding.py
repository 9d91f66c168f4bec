"""What a student tells at first: on one page, or beside a request that cannot do without it."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import field

from app.forms.fields import Line
from app.forms.form import Errors, Form, Posted, length
from app.forms.kinds import Kind, kind_of
from app.forms.learning_requests import DraftForm, Language, RequestForm
from app.forms.places import Country, TimeZone, written_country, written_zone
from app.forms.skills import Skills
from app.time_zones import UNKNOWN, find_zones
from db.models.skills import LanguageLevel
from db.queries.student_profiles import StudentPage

FEWEST_ROWS, MOST_ROWS = 2, 10
ROWS = range(1, MOST_ROWS + 1)
HOW_WELL = "Choose how well you speak it."

Spoken = Annotated[str, Kind(kind_of(Language).read, missing="Choose a language.")]
Goal = Annotated[Line, length(0, 300)]


class WelcomeForm(Form, frozen=True, kw_only=True):
    """Where a student is, what they speak, and what they would like to learn."""

    country: Country
    time_zone: TimeZone
    language: dict[int, Spoken | None] = field(default_factory=dict)
    level: dict[int, LanguageLevel | None] = field(default_factory=dict)
    skills: Skills = ""
    goal: Goal = ""
    version: Line = ""
    action: Literal["post_request", "find_coach"] = "post_request"

    @property
    def skill_names(self) -> list[str]:
        """The skills, one name each."""
        return [name for name in self.skills.split(", ") if name]

    @property
    def speaks(self) -> dict[int, tuple[str, LanguageLevel]]:
        """What was filled in, by the number of its row."""
        rows = {row: (self.language.get(row), self.level.get(row)) for row in ROWS}
        return {row: (name, level) for row, (name, level) in rows.items() if name and level}

    def check(self) -> Errors:
        """One language at least, each once, and each with its level."""
        errors: Errors = {}
        seen: set[str] = set()
        for row, language in self.language.items():
            level = self.level.get(row)
            if language and level is None:
                errors[f"level_{row}"] = HOW_WELL
            if level and language is None:
                errors[f"language_{row}"] = "Choose the language you speak like this."
            if language and language in seen:
                errors[f"language_{row}"] = "This language stands above already."
            seen |= {language} if language else set()
        if not errors and all(language is None for language in self.language.values()):
            errors["language_1"] = "Choose at least one language you speak."
        return errors


def told(student: StudentPage) -> dict[str, Any]:
    """What is stored of a student, as it stands in the form."""
    values: dict[str, Any] = {
        "country": written_country(student.country),
        "time_zone": "" if student.time_zone == UNKNOWN else written_zone(student.time_zone),
        "skills": ", ".join(student.skills),
        "goal": student.goal,
    }
    for row, (language, level) in zip(ROWS, student.languages, strict=False):
        values |= {f"language_{row}": language, f"level_{row}": level}
    return values


def guessed(values: Mapping[str, Any], country: str | None) -> dict[str, Any]:
    """The same, with the time zone of a country that has one, where none was chosen yet."""
    zones = find_zones("", near=country)
    one = zones[0].written if len(zones) == 1 else ""
    return {**values, "time_zone": values["time_zone"] or one}


def rows_of(values: Mapping[str, Any]) -> range:
    """The rows that are shown: those in use, and one more."""
    fields = [(row, f"{name}_{row}") for row in ROWS for name in ("language", "level")]
    used = [row for row, field_name in fields if "".join(values.get(field_name, ""))]
    return range(1, min(MOST_ROWS, max(FEWEST_ROWS, max(used, default=0) + 1)) + 1)


# Beside a request.


# The parts of what coaches read of every student, and the fields that ask for each.
ASKED: Mapping[str, Mapping[str, Any]] = {
    "country": {"country": Country},
    "time_zone": {"time_zone": TimeZone},
    "languages": {"language_1": Spoken, "level_1": LanguageLevel},
}


def missing_parts(country: str | None, time_zone: str, languages: object) -> tuple[str, ...]:
    """The parts without which no request is posted."""
    there = {"country": country, "time_zone": time_zone != UNKNOWN, "languages": languages}
    return tuple(name for name in ASKED if not there[name])


def also_sent(posted: Posted, missing: tuple[str, ...]) -> tuple[str, ...]:
    """These parts, and those a page still asks for that was opened before they were told."""
    return tuple(name for name in ASKED if name in missing or posted.keys() & ASKED[name].keys())


@cache
def asking_for(kind: type[DraftForm], missing: tuple[str, ...]) -> type[DraftForm]:
    """The form of a request that asks for these parts too: a draft may be without them."""
    asked = {name: hint for part in missing for name, hint in ASKED[part].items()}
    if not asked:
        return kind
    needed = issubclass(kind, RequestForm)

    def check(form: DraftForm) -> Errors:
        return _half_a_language(form) | kind.check(form)

    made = msgspec.defstruct(
        f"{kind.__name__}And{''.join(part.title().replace('_', '') for part in missing)}",
        [(name, hint) if needed else (name, hint | None, None) for name, hint in asked.items()],
        bases=(kind,),
        namespace={"check": check, "__doc__": kind.__doc__},
        frozen=True,
        kw_only=True,
    )
    return cast("type[DraftForm]", made)


def _half_a_language(form: DraftForm) -> Errors:
    language, level = (getattr(form, name, None) for name in ("language_1", "level_1"))
    if language and level is None:
        return {"level_1": HOW_WELL}
    return {"language_1": "Choose a language."} if level and not language else {}
