"""What a student writes into a learning request. A draft may be incomplete, but not wrong."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, field

from app.forms.fields import Line, Lines, Whole, read_amount
from app.forms.form import Bound, Errors, Form, Posted, blank, length
from app.forms.kinds import Kind, Wrong
from app.forms.places import Currency
from app.forms.skills import Skills
from app.forms.text import one_line
from app.labels import choices
from app.wording import DAY_NAMES, LANGUAGES
from db.models.learning_requests import (
    PARTS_OF_THE_DAY,
    TIMES,
    WEEKDAYS,
    CloseReason,
    Format,
    LearningRequest,
)
from db.models.skills import LanguageLevel, Level

QUESTIONS = tuple(f"question_{number}" for number in range(1, 6))
WORDS = ("title", "description")
CHOICES = ("level", "format", "language", "language_level")
AMOUNTS = ("budget_from", "budget_to")
OFFERED = {
    "level": choices(Level),
    "language": list(LANGUAGES.items()),
    "language_level": choices(LanguageLevel),
    "weekdays": list(zip(WEEKDAYS, DAY_NAMES, strict=True)),
    "parts": [(part, part.capitalize()) for part in PARTS_OF_THE_DAY],
}
LOWEST_BUDGET, HIGHEST_BUDGET = 100, 1_000_000_00


def read_budget(text: str) -> int | str:
    """An amount somebody might pay for a session."""
    amount = read_amount(text)
    if isinstance(amount, int) and not LOWEST_BUDGET <= amount <= HIGHEST_BUDGET:
        raise Wrong("Write an amount from 1 to 1,000,000.")
    return amount


def _one_of(known: Mapping[str, Any]) -> Any:
    def read(text: str) -> str:
        cleaned = one_line(text)
        if cleaned and cleaned not in known:
            raise Wrong("Choose one of the answers offered.")
        return cleaned

    return Kind(read)


Budget = Annotated[int, Kind(read_budget)]
Language = Annotated[str, _one_of(LANGUAGES)]
Time = Annotated[str, _one_of(dict.fromkeys(TIMES))]
Question = Annotated[Line, length(0, 250)]


class DraftForm(Form, frozen=True, kw_only=True):
    """As much of a request as there is so far."""

    title: Annotated[Line, length(0, 120)] = ""
    description: Annotated[Lines, length(0, 5000)] = ""
    skills: Skills = ""
    level: Level | None = None
    format: Format | None = None
    language: Language | None = None
    language_level: LanguageLevel | None = None
    budget_from: Budget | None = None
    budget_to: Budget | None = None
    currency: Currency = "USD"
    sessions: Annotated[Whole, Meta(ge=1, le=50)] | None = None
    times: list[Time] = field(default_factory=list)
    question_1: Question = ""
    question_2: Question = ""
    question_3: Question = ""
    question_4: Question = ""
    question_5: Question = ""
    retire: list[Whole] = field(default_factory=list)
    page: Annotated[Line, length(0, 43)] = ""
    draft: Whole = 0
    version: Whole = 0
    action: Literal["publish", "save", "preview", "keep"] = "publish"

    @property
    def skill_names(self) -> list[str]:
        """The skills, one name each."""
        return [name for name in self.skills.split(", ") if name]

    @property
    def questions(self) -> list[str]:
        """The questions that were asked, each once."""
        asked = (getattr(self, name) for name in QUESTIONS)
        return list(dict.fromkeys(question for question in asked if question))

    def check(self) -> Errors:
        """The budget goes upwards, and a language level is about a language."""
        errors: Errors = {}
        if self.budget_from and self.budget_to and self.budget_to < self.budget_from:
            errors["budget_to"] = "This is less than the amount it begins at."
        if self.language_level and not self.language:
            errors["language"] = "Choose the language this level is about."
        return errors


class RequestForm(DraftForm, frozen=True, kw_only=True):
    """A request that coaches can answer."""

    title: Annotated[Line, length(10, 120)]
    description: Annotated[Lines, length(50, 5000)]
    skills: Skills
    level: Level
    format: Format


class CloseForm(Form, frozen=True, kw_only=True):
    """Why a student ends a request."""

    reason: CloseReason


def written(
    wanted: LearningRequest, skills: Sequence[str], questions: Sequence[str], page: str = ""
) -> Bound[DraftForm]:
    """The form with what is stored standing in it; `page` names the page it is on."""
    as_they_are = (*WORDS, *CHOICES, "sessions", "times", "currency", "version")
    values: dict[str, Any] = {name: getattr(wanted, name) for name in as_they_are}
    values |= {name: _as_typed(getattr(wanted, name)) for name in AMOUNTS}
    values |= dict(zip(QUESTIONS, questions, strict=False)) | {"draft": wanted.id}
    return blank(DraftForm, values | {"skills": ", ".join(skills), "page": page})


def on_top_of(posted: Posted, wanted: LearningRequest, page: str = "") -> Bound[DraftForm]:
    """The words that were sent, to be sent again knowing what is stored now."""
    return blank(DraftForm, {**posted, "version": wanted.version, "page": page, "draft": wanted.id})


def _as_typed(minor: int | None) -> str | None:
    return None if minor is None else f"{minor / 100:.2f}".removesuffix(".00")


def form_for(posted: Posted, wanted: LearningRequest | None = None) -> type[DraftForm]:
    """What must be filled in: only saving a draft, nothing has to be."""
    is_posted = wanted is not None and not wanted.is_draft
    return RequestForm if is_posted or posted.get("action") in (None, ["publish"]) else DraftForm
