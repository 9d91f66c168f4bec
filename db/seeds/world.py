"""What has been made of the demo world so far, and its one source of chance."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from db.models.accounts import Side
from db.models.events import Event
from db.models.learning_requests import RequestStatus
from db.models.proposals import ProposalStatus
from db.seeds import content
from db.seeds.content import CoachText, Course, RequestText, Topic
from db.seeds.rows import Rows

SEED = 20_240_229
OPEN_FOR = timedelta(days=30)


@dataclass(eq=False)
class Person:
    id: int
    name: str
    country: str
    joined: datetime
    currency: str = "USD"
    zone: str = "UTC"
    coach: CoachText | None = None
    topic: str = ""
    approved: datetime | None = None
    used: set[str] = field(default_factory=set)

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def skills(self) -> tuple[str, ...]:
        return self.coach.skills if self.coach else ()

    @property
    def teaches_since(self) -> datetime:
        return self.approved or self.joined


@dataclass(eq=False)
class Wanted:
    id: int
    student: Person
    text: RequestText
    topic: str
    status: RequestStatus
    created: datetime
    posted: datetime | None
    ended: datetime | None
    currency: str
    questions: list[tuple[int, str]]
    key: str = ""
    used: set[str] = field(default_factory=set)
    coaches: set[int] = field(default_factory=set)

    @property
    def since(self) -> datetime:
        return self.posted or self.created


@dataclass(eq=False)
class Offer:
    id: int
    wanted: Wanted
    coach: Person
    status: ProposalStatus
    ended: datetime | None
    terms: tuple[int, int, int]  # sessions, minutes, price
    lines: tuple[str, ...] = ()  # what the two wrote, if that is written down

    @property
    def over(self) -> datetime:
        """When it was answered; only for those that were."""
        if self.ended is None:
            raise ValueError(f"Proposal {self.id} still waits.")
        return self.ended


@dataclass(eq=False)
class Pact:
    """A contract and its sessions, as the rows they will be."""

    offer: Offer
    row: dict[str, Any]
    sessions: list[dict[str, Any]]
    course: Course

    @property
    def student(self) -> Person:
        return self.offer.wanted.student

    @property
    def coach(self) -> Person:
        return self.offer.coach

    def one(self, side: Side | str) -> Person:
        """The person of a side."""
        return self.student if side == Side.STUDENT else self.coach


@dataclass(eq=False)
class Talk:
    thread: int
    student: Person
    coach: Person
    said: list[tuple[Person, str]]
    times: list[datetime]


@dataclass(eq=False)
class World:
    rows: Rows
    now: datetime
    password_hash: str
    chance: Random = field(default_factory=lambda: Random(SEED))
    topics: dict[str, Topic] = field(default_factory=dict)
    skills: dict[str, int] = field(default_factory=dict)
    cast: dict[str, Person] = field(default_factory=dict)
    students: list[Person] = field(default_factory=list)
    coaches: list[Person] = field(default_factory=list)
    requests: list[Wanted] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    agreed: list[Offer] = field(default_factory=list)  # of the past; no list of today shows them
    pacts: list[Pact] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    uses: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.now = self.now.replace(microsecond=0)
        self.topics = {name: content.topic(name) for name in content.TOPICS}

    def ago(self, **parts: float) -> datetime:
        """A moment before now, to the second."""
        return (self.now - timedelta(**parts)).replace(microsecond=0)

    def between(self, first: datetime, last: datetime) -> datetime:
        """Some moment between two, to the second."""
        return first + timedelta(seconds=self.chance.randint(0, _seconds(last - first)))

    @contextmanager
    def apart(self, name: str) -> Iterator[None]:
        """Chance of its own for what happens inside, so that nothing else goes another way."""
        usual, self.chance = self.chance, Random(f"{SEED} {name}")
        yield
        self.chance = usual

    def record(
        self,
        name: str,
        at: datetime,
        by: Person | None,
        subject_id: int,
        side: Side | None = None,
        change: tuple[str | None, str | None] = (None, None),
        **detail: Any,
    ) -> None:
        """One row of history, as the application itself would have written it."""
        self.events.append(
            {
                "at": at,
                "actor_id": by.id if by else None,
                "side": side,
                "name": name,
                "subject": name.split(".")[0],
                "subject_id": subject_id,
                "from_status": change[0],
                "to_status": change[1],
                "detail": detail,
            }
        )

    def write_history(self) -> None:
        """Number the history in the order in which it happened."""
        for event in sorted(self.events, key=lambda event: event["at"]):
            self.rows.add(Event, **event)


def _seconds(span: timedelta) -> int:
    return max(0, int(span.total_seconds()))
