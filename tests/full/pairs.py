"""Sofias and Carlas: pairs of a student and a coach who have much to do with each other."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.clock import now
from db.engine import Database
from db.models.accounts import Side
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot
from tests.factories import (
    make_account,
    make_coach,
    make_coach_skill,
    make_language,
    make_request,
    make_sign_in,
    make_student,
    make_thread,
)
from tests.house.filled import FILLED

TITLE = "Small talk, round"
SESSIONS = 8  # of each contract that waits to be confirmed
MOST_PROPOSALS = 9  # a coach may send ten a day
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass
class Pair:
    """Two people, by their sign-ins, and the numbers of what they have in common."""

    number: int
    student: str
    coach: str
    thread: int
    marked: int  # a request that the coach bookmarks, and does not
    contract: int
    to_confirm: list[int]
    turns: int = 0
    begun: int = 0
    is_marked: bool = False
    reviews: list[str] = field(default_factory=list)

    def act(self, writer: Any) -> None:
        """A turn: each writes, the coach changes a mark, and something gets on."""
        self.turns += 1
        self.say(writer, self.student, "asks")
        self.say(writer, self.coach, "answers")
        self.mark(writer)
        if self.to_confirm:
            writer.send(self.student, f"/sessions/{self.to_confirm.pop()}/confirm")
            if not self.to_confirm:
                self.reviews = [self.student, self.coach]
        elif self.reviews:
            words = {"stars": "4", "text": f"We dared to speak, pair {self.number}."}
            writer.send(self.reviews.pop(), f"/contracts/{self.contract}/review", **words)
        if self.turns % 3 == 2 and self.begun < MOST_PROPOSALS:
            self.begun += 1
            self.agree(writer)

    def say(self, writer: Any, who: str, verb: str) -> None:
        text = f"Number {self.number} {verb} for the {self.turns}th time {secrets.token_hex(4)}"
        writer.send(who, f"/messages/{self.thread}", text=text)

    def mark(self, writer: Any) -> None:
        self.is_marked = not self.is_marked
        verb = "bookmark" if self.is_marked else "unbookmark"
        writer.send(self.coach, f"/requests/{self.marked}/{verb}")

    def agree(self, writer: Any) -> None:
        """A request, a proposal, a contract, and the time of its first session."""
        title = f"{TITLE} {self.begun} of pair {self.number}"
        request = FILLED["learning_requests.create"] | {"title": title, "question_1": ""}
        wanted = number_in(writer.send(self.student, "/requests", **request))
        proposal = {
            name: value
            for name, value in FILLED["proposals.submit"].items()
            if not name.startswith("answer")
        }
        sent = number_in(writer.send(self.coach, f"/requests/{wanted}/proposals", **proposal))
        writer.page(self.student, f"/requests/{wanted}/proposals")
        accepted = writer.send(self.student, f"/proposals/{sent}/accept", version="1")
        contract = first("/contracts/", writer.page(self.student, accepted))
        session = first("/sessions/", writer.page(self.coach, f"/contracts/{contract}"))
        at = now() + timedelta(days=10 + self.begun)
        writer.send(self.coach, f"/sessions/{session}/offer", starts=f"{at:%Y-%m-%d}T10:00")
        writer.send(self.student, f"/sessions/{session}/agree", offer="1")


def number_in(address: str) -> int:
    """The first number in an address; raises ValueError for one that has none."""
    found = re.search(r"/(\d+)", address)
    if found is None:
        raise ValueError(f"leads nowhere: {address!r}")
    return int(found[1])


def first(path: str, page: str) -> int:
    """The lowest number of those that a page leads to."""
    return min(int(number) for number in re.findall(rf"{path}(\d+)", page))


def make_pairs(database: Database, count: int) -> list[Pair]:
    """So many pairs, signed in, each with a thread and a contract whose sessions are over."""
    with database.writing() as db:
        return [_make_pair(db, number) for number in range(count)]


def _make_pair(db: Any, number: int) -> Pair:
    at_home = {"country": "KE", "time_zone": "Africa/Nairobi"}
    sofia = make_student(db, make_account(db, first_name="Sofia", **at_home))
    make_language(db, sofia, "en", Side.STUDENT)
    carla = make_coach(db, make_account(db, first_name="Carla", **at_home))
    make_coach_skill(db, carla, "Portuguese")
    contract = make_contract(db, sofia, carla, minutes=30, sessions=SESSIONS)
    first = on_the_slot(now() - timedelta(hours=1)) - SESSIONS * HALF_AN_HOUR
    over = [
        bring(db, contract, at, to=SessionStatus.ENDED, starts_at=first + at * HALF_AN_HOUR).id
        for at in range(1, SESSIONS + 1)
    ]
    return Pair(
        number=number,
        student=_signed_in(db, sofia),
        coach=_signed_in(db, carla),
        thread=make_thread(db, sofia, carla).id,
        marked=make_request(db, sofia, title=f"To be marked {number}").id,
        contract=contract.id,
        to_confirm=over,
    )


def _signed_in(db: Any, person: Any) -> str:
    token = secrets.token_urlsafe(32)
    make_sign_in(db, person, token_hash=hashlib.sha256(token.encode()).digest())
    return token
