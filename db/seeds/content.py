"""What the files in content/ hold, as typed things."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from db.models.learning_requests import CloseReason, RequestStatus
from db.models.portfolio_items import Category
from db.models.profiles import CoachStatus
from db.models.proposals import DeclineReason, ProposalStatus
from db.models.skills import Level

FOLDER = Path(__file__).parent / "content"
TOPICS = (
    "languages", "english", "spreadsheets", "music", "programming", "sewing", "exams", "cooking",
    "accounting", "photography", "speaking", "gardening", "games", "careers", "drawing", "repair",
)  # fmt: skip

Read = TypeVar("Read")
Block = tuple[str, ...]
UnreadBy = Literal["student", "coach", ""]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A struct read from a file: a name that nobody knows is a mistake in writing."""


class RequestText(Text, frozen=True):
    title: str
    skills: tuple[str, ...] = ()
    text: str = ""
    aim: str = ""
    level: Level | None = None
    country: str = msgspec.field(name="from", default="")
    budget: tuple[int, int] | None = None
    sessions: int | None = None
    ask: tuple[str, ...] = ()


class CoachText(Text, frozen=True):
    name: str
    country: str
    skills: tuple[str, ...]
    headline: str = ""
    bio: str = ""
    languages: str = ""
    rate: int | None = None
    currency: str = ""


class Shown(Text, frozen=True):
    category: Category
    title: str
    about: str
    links: tuple[tuple[str, str], ...]
    skills: tuple[str, ...] = ()


class Past(Text, frozen=True):
    """Where a coach has worked and learned (from, to, …), and what there is to see."""

    experience: tuple[tuple[str, str, str, str, str], ...] = ()
    education: tuple[tuple[str, str, str, str, str], ...] = ()
    portfolio: tuple[Shown, ...] = ()


class Applicant(Text, frozen=True):
    status: CoachStatus
    hours: int
    coach: CoachText
    decided: int = 0
    comments: dict[str, str] = {}


class Applicants(Text, frozen=True):
    applicants: tuple[Applicant, ...]


class Talk(Text, frozen=True):
    stage: Literal["asking", "learning"]
    lines: Block
    skills: tuple[str, ...] = ()


class Topic(Text, frozen=True):
    topic: str
    plans: tuple[str, ...]
    proofs: tuple[str, ...]
    requests: tuple[RequestText, ...]
    coaches: tuple[CoachText, ...]
    talks: tuple[Talk, ...]


class Exchanges(Text, frozen=True):
    openings: tuple[Block, ...]
    welcomes: tuple[Block, ...]
    arranging: tuple[Block, ...]
    progress: tuple[Block, ...]
    closings: tuple[Block, ...]


class ProposalParts(Text, frozen=True):
    openings: tuple[str, ...]
    practical: tuple[str, ...]
    closings: tuple[str, ...]
    proper: frozenset[str]


class Question(Text, frozen=True):
    text: str
    answers: tuple[str, ...]


class Country(Text, frozen=True):
    code: str
    name: str
    zone: str
    currency: str
    speaks: str
    people: tuple[str, ...]


class About(Text, frozen=True):
    bios: tuple[str, ...]


class People(Text, frozen=True):
    euro: frozenset[str]
    countries: tuple[Country, ...]
    zones: dict[str, str]
    names: dict[str, str]
    lone: dict[str, tuple[str, str]]
    about: About


class CastPerson(Text, frozen=True):
    key: str
    name: str
    country: str
    zone: str
    speaks: str = ""
    bio: str = ""
    goal: str = ""
    wants: tuple[str, ...] = ()
    coach: CoachText | None = None


class CastRequest(RequestText, frozen=True, kw_only=True):
    by: str
    key: str
    topic: str
    status: RequestStatus
    posted: int
    reason: CloseReason | None = None
    questions: tuple[str, ...] = ()


class CastProposal(Text, frozen=True, kw_only=True):
    request: str
    coach: str
    status: ProposalStatus
    seen: bool
    hours: int
    message: str
    sessions: int
    minutes: int
    price: int
    answers: tuple[str, ...]
    reason: DeclineReason | None = None


class CastThread(Text, frozen=True):
    student: str
    coach: str
    days: int
    unread: UnreadBy
    lines: Block


class Said(Text, frozen=True):
    """What one of two says of the other when they have learned together."""

    stars: int
    text: str = ""
    reply: str = ""


class Course(Text, frozen=True):
    """How a contract went: so many sessions so many days apart, and what stands after them."""

    every: float = 7
    done: int = 0
    then: Block = ()
    early: Literal["student", "coach", ""] = ""  # who ended it, and why
    reason: str = ""
    paused: Literal["student", "coach", ""] = ""
    student: Said | None = None
    coach: Said | None = None


class Agreed(RequestText, frozen=True, kw_only=True):
    """A request of the past with the proposal that was accepted, and what came of it."""

    student: str
    coach: str
    topic: str
    posted: int
    minutes: int
    price: int
    message: str
    lines: Block
    course: Course


class Says(Text, frozen=True):
    student: tuple[tuple[int, str], ...]
    coach: tuple[tuple[int, str], ...]


class Agreements(Text, frozen=True):
    agreements: tuple[Agreed, ...]
    courses: dict[str, Course]
    says: Says


class Cast(Text, frozen=True):
    people: tuple[CastPerson, ...]
    requests: tuple[CastRequest, ...]
    proposals: tuple[CastProposal, ...]
    threads: tuple[CastThread, ...]
    waiting: dict[str, tuple[str, ...]]


def topic(name: str) -> Topic:
    return read(name, Topic)


def questions() -> dict[str, Question]:
    return read("questions", dict[str, Question])


def people() -> People:
    return read("people", People)


def cast() -> Cast:
    return read("cast", Cast)


def agreements() -> Agreements:
    return read("agreements", Agreements)


def pasts() -> dict[str, Past]:
    return read("pasts", dict[str, Past])


def applicants() -> tuple[Applicant, ...]:
    return read("applicants", Applicants).applicants


def exchanges() -> Exchanges:
    return read("exchanges", Exchanges)


def proposal_parts() -> ProposalParts:
    return read("proposals", ProposalParts)


def read(name: str, kind: type[Read]) -> Read:
    """One file of content, checked against what it should hold."""
    wanted: Any = kind  # a class is hashable, though its type does not say so
    found: Read = _read(name, wanted)
    return found


@cache
def _read(name: str, kind: Any) -> Any:
    return msgspec.convert(
        tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")), kind
    )
