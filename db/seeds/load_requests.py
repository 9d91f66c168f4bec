"""What a student in a crowd asks for, who answers, and how the two talk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any, TypeVar

from db.models.learning_requests import (
    CloseReason,
    Format,
    LearningRequest,
    RequestSkill,
    RequestStatus,
)
from db.models.messages import Message
from db.models.proposals import ANSWERED_WITHIN, DeclineReason, Proposal, ProposalStatus
from db.models.skills import Level
from db.models.threads import Thread
from db.search_entries import message_entry
from db.seeds import content
from db.seeds.load_contracts import Learning, agree
from db.seeds.load_words import PURPOSES, Pool, pools, spoken
from db.seeds.rows import Rows
from db.seeds.world import OPEN_FOR

SHARES = {
    RequestStatus.OPEN: 63,
    RequestStatus.FILLED: 17,
    RequestStatus.CLOSED: 9,
    RequestStatus.EXPIRED: 9,
    RequestStatus.DRAFT: 2,
}
STATES = tuple(status for status, share in SHARES.items() for _ in range(share))
LEVELS, FORMATS = tuple(Level), tuple(Format)
# Most ask for none; of those who do, most for a large one.
LANGUAGES = (None,) * 8 + ("en",) * 5 + ("es", "es", "fr", "fr", "de", "pt", "ar", "sw", "hi")
PROPOSALS, MESSAGES = 5, 10
T = TypeVar("T")
WAITING = (ProposalStatus.SUBMITTED,) * 7 + (ProposalStatus.SHORTLISTED, ProposalStatus.DECLINED)


@dataclass
class Crowd:
    """What is known while a crowd is made: no more than a list of its coaches."""

    now: datetime
    chance: Random
    skills: dict[str, int] = field(default_factory=dict)
    talks: bool = True

    def __post_init__(self) -> None:
        known = content.people()
        self.pools: list[Pool] = pools(self.chance)
        self.coach_texts = [content.topic(name).coaches for name in content.TOPICS]
        self.pasts = list(content.pasts().values())
        self.coaches: list[list[int]] = [[] for _ in self.pools]
        self.messages = spoken()
        self.names = [name for home in known.countries for name in home.people]
        self.homes = [(home.code, home.zone) for home in known.countries]
        self.learning = Learning(self.now, Random(f"{self.now} learning"))
        self._turns = [count() for _ in self.pools]
        self._places = count()

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(seconds=int(days * 86_400))

    def one_of(self, pool: Sequence[T]) -> T:
        # A third of the time of Random.choice, which is called millions of times here.
        return pool[int(self.chance.random() * len(pool))]

    def name(self, number: int) -> str:
        return self.names[number % len(self.names)]

    def next_place(self) -> int:
        return next(self._places) % len(self.pools)

    def next_coaches(self, place: int) -> list[int]:
        """The coaches whose turn it is, so that nobody has too many proposals waiting."""
        there = self.coaches[place] or max(self.coaches, key=len)
        begin = next(self._turns[place]) * PROPOSALS
        few = min(PROPOSALS, len(there))
        return [there[(begin + step) % len(there)] for step in range(few)]


def ask(crowd: Crowd, rows: Rows, student: int, met: set[int]) -> None:
    """Add one request of this student, its proposals and one thread with a coach not yet met."""
    place = crowd.next_place()
    pool = crowd.pools[place]
    status = crowd.one_of(STATES)
    coaches = [] if status == RequestStatus.DRAFT else crowd.next_coaches(place)
    fresh = [coach for coach in coaches if coach not in met]
    if status == RequestStatus.FILLED and not fresh:
        status = RequestStatus.OPEN
    posted, ended = _times(crowd, status)
    number = _add_request(crowd, rows, student, pool, status, posted, ended)
    proposals = {
        coach: _propose(crowd, rows, number, coach, pool, _outcome(crowd, status, coach, fresh),
                        posted, ended)
        for coach in coaches
    }  # fmt: skip
    if status == RequestStatus.FILLED:
        chosen = proposals[fresh[0]]
        row = next(one for one in reversed(rows.kept(Proposal)) if one["id"] == chosen)
        agree(crowd.learning, rows, row, student)
    if fresh and crowd.talks:
        coach = fresh[0]
        met.add(coach)
        is_chosen = status == RequestStatus.FILLED
        starts = ended if is_chosen and ended else posted + timedelta(hours=1)
        _talk(crowd, rows, student, coach, proposals[coach] if is_chosen else None, starts)


def _times(crowd: Crowd, status: RequestStatus) -> tuple[datetime, datetime | None]:
    chance = crowd.chance
    if status in (RequestStatus.OPEN, RequestStatus.DRAFT):
        return crowd.ago(1 + 28 * chance.random()), None
    posted = crowd.ago(32 + 60 * chance.random())
    if status == RequestStatus.EXPIRED:
        return posted, posted + OPEN_FOR
    return posted, posted + timedelta(seconds=chance.randint(90_000, 500_000))


def _outcome(crowd: Crowd, status: RequestStatus, coach: int, fresh: list[int]) -> ProposalStatus:
    if status == RequestStatus.FILLED:
        return ProposalStatus.ACCEPTED if coach == fresh[0] else ProposalStatus.NOT_SELECTED
    return crowd.one_of(WAITING) if status == RequestStatus.OPEN else ProposalStatus.EXPIRED


def _add_request(
    crowd: Crowd, rows: Rows, student: int, pool: Pool, status: RequestStatus,
    posted: datetime, ended: datetime | None,
) -> int:  # fmt: skip
    chance = crowd.chance
    skills = chance.sample(pool.skills, 2)
    parts = [crowd.one_of(pool.openers), *chance.sample(pool.others, 2)]
    is_draft = status == RequestStatus.DRAFT
    budget = chance.randint(5, 30) * 100
    number = rows.add(
        LearningRequest,
        student_id=student,
        title=f"{skills[0]} {crowd.one_of(PURPOSES)}",
        description=" ".join(parts),
        level=crowd.one_of(LEVELS),
        format=crowd.one_of(FORMATS),
        language=crowd.one_of(LANGUAGES),
        budget_from=budget,
        budget_to=budget + 800,
        sessions=chance.randint(1, 12),
        status=status,
        close_reason=crowd.one_of(tuple(CloseReason)) if status == RequestStatus.CLOSED else None,
        created_at=posted,
        updated_at=ended or posted,
        posted_at=None if is_draft else posted,
        expires_at=None if is_draft else posted + OPEN_FOR,
        ended_at=ended,
    )
    for position, skill in enumerate(skills, 1):
        rows.add(RequestSkill, request_id=number, skill_id=crowd.skills[skill], position=position)
    return number


def _propose(
    crowd: Crowd, rows: Rows, request: int, coach: int, pool: Pool, status: ProposalStatus,
    posted: datetime, ended: datetime | None,
) -> int:  # fmt: skip
    chance = crowd.chance
    sent = posted + timedelta(seconds=600 + int(chance.random() * 70_000))
    declined: dict[str, Any] = {}
    if status == ProposalStatus.DECLINED:
        declined = {"decline_reason": crowd.one_of(tuple(DeclineReason))}
        ended = sent + timedelta(hours=2)
    return rows.add(
        Proposal,
        request_id=request,
        coach_id=coach,
        status=status,
        message=crowd.one_of(pool.proposals),
        sessions=1 + int(chance.random() * 12),
        minutes=60,
        price=500 + 100 * int(chance.random() * 35),
        created_at=sent,
        updated_at=sent,
        submitted_at=sent,
        expires_at=sent + ANSWERED_WITHIN,
        seen_version=0 if status == ProposalStatus.SUBMITTED else 1,
        first_viewed_at=None if status == ProposalStatus.SUBMITTED else sent + timedelta(hours=1),
        ended_at=ended,
        **declined,
    )


def _talk(
    crowd: Crowd, rows: Rows, student: int, coach: int, proposal: int | None, starts: datetime
) -> None:
    chance = crowd.chance
    thread = rows.number(Thread)
    texts = chance.sample(crowd.messages, MESSAGES)
    pace = 300 + int(chance.random() * 600)
    for place, text in enumerate(texts, 1):
        last = starts + timedelta(seconds=place * pace)
        rows.add(
            Message,
            thread_id=thread,
            number=place,
            sender_id=student if place % 2 else coach,
            text=text,
            search_text=message_entry(text, student, coach),
            created_at=last,
        )
    rows.add(
        Thread,
        id=thread,
        student_id=student,
        coach_id=coach,
        last_number=MESSAGES,
        last_message_at=last,
        last_text=texts[-1][:200],
        last_sender_id=coach,
        student_read=MESSAGES - (chance.random() < 0.2),
        coach_read=MESSAGES,
        student_wrote_at=starts + timedelta(seconds=pace),
        proposal_id=proposal,
        created_at=starts,
    )
