"""How far a coach is: asked of what is stored, never kept as a number."""

from collections.abc import Callable, Collection

import msgspec

from app.forms.coach_onboarding import REQUIRED, STEPS, Step
from app.forms.coach_profiles import SHORTEST_BIO, SHORTEST_HEADLINE
from app.time_zones import UNKNOWN
from db.models.profiles import CoachStatus
from db.queries.coach_profiles import Filled

HAS: dict[str, Callable[[Filled], bool]] = {
    "goal": lambda coach: coach.goal is not None,
    "skills": lambda coach: bool(coach.skills),
    "experience": lambda coach: coach.experiences > 0,
    "education": lambda coach: coach.educations > 0,
    "portfolio": lambda coach: coach.portfolio_items > 0,
    "languages": lambda coach: coach.languages > 0,
    "headline": lambda coach: (
        len(coach.headline) >= SHORTEST_HEADLINE and len(coach.bio) >= SHORTEST_BIO
    ),
    "details": lambda coach: (
        coach.country is not None
        and coach.time_zone != UNKNOWN
        and coach.birth_date is not None
        and coach.rate is not None
    ),
    "review": lambda coach: coach.status not in (CoachStatus.DRAFT, CoachStatus.CHANGES_REQUESTED),
}


class Mark(msgspec.Struct, frozen=True):
    """A step as the indicator shows it: done, current, to_do or optional."""

    step: Step
    state: str
    may_open: bool
    is_draft: bool


class Completeness(msgspec.Struct, frozen=True):
    """How much of a profile is there, and what would help most next."""

    done: int
    parts: int
    next: str
    address: str


def is_done(step: Step, coach: Filled) -> bool:
    """Whether what this step asks for is stored."""
    return HAS[step.name](coach)


def missing(coach: Filled) -> list[Step]:
    """The steps without which an application cannot be sent."""
    return [step for step in REQUIRED if not is_done(step, coach)]


def blocked_by(step: Step, coach: Filled) -> Step | None:
    """The unfinished step that comes first; none for whoever has been sent once."""
    if coach.status is not CoachStatus.DRAFT:
        return None
    return next((one for one in missing(coach) if one.number < step.number), None)


def first_open(coach: Filled, drafted: Collection[str]) -> Step:
    """Where to go on: what was left unfinished, or the first step not done and not passed by.

    Who has been sent once goes on where everything is looked over.
    """
    if coach.status is not CoachStatus.DRAFT:
        return STEPS[-1]
    done = [step.number for step in STEPS if is_done(step, coach)]
    for step in STEPS:
        passed_by = step.optional and any(number > step.number for number in done)
        if step.name in drafted or not (step.number in done or passed_by):
            return step
    return STEPS[-1]


def marks(current: Step, coach: Filled, drafted: Collection[str]) -> list[Mark]:
    """All nine steps, for the indicator."""
    return [
        Mark(
            step,
            _state(step, current, coach),
            blocked_by(step, coach) is None,
            step.name in drafted,
        )
        for step in STEPS
    ]


def _state(step: Step, current: Step, coach: Filled) -> str:
    if step == current:
        return "current"
    if is_done(step, coach):
        return "done"
    return "optional" if step.optional and step != STEPS[-1] else "to_do"


# In the order of what helps students most.
WANTED: tuple[tuple[str, str, str], ...] = (
    ("headline", "Write your headline and your story", "/profile/coach/headline"),
    ("skills", "Say what you can teach", "/profile/coach/skills"),
    ("languages", "Add the languages you teach in", "/profile/coach/languages"),
    ("details", "Fill in your details", "/profile/coach/details"),
    ("picture", "Add a picture", "/profile/coach/details"),
    ("experience", "Add where you have worked", "/profile/experience"),
    ("portfolio", "Show a piece of your work", "/profile/portfolio"),
    ("education", "Add where you have learned", "/profile/education"),
    ("goal", "Choose what coaching should be for you", "/profile/coach/goal"),
)


def completeness(coach: Filled) -> Completeness:
    """How much of a coach's profile is there, and the next best thing to add."""
    open_ones = [(words, address) for name, words, address in WANTED if not _has_part(name, coach)]
    words, address = open_ones[0] if open_ones else ("", "")
    return Completeness(len(WANTED) - len(open_ones), len(WANTED), words, address)


def _has_part(name: str, coach: Filled) -> bool:
    return coach.picture is not None if name == "picture" else HAS[name](coach)
