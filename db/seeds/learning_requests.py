"""What the students of the demo world want to learn, in every state a request can have."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from db.models.accounts import Side
from db.models.learning_requests import (
    TIMES,
    CloseReason,
    Format,
    LearningRequest,
    RequestSkill,
    RequestStatus,
    ScreeningQuestion,
)
from db.models.skills import LanguageLevel
from db.seeds import content
from db.seeds.content import CastRequest, RequestText
from db.seeds.world import OPEN_FOR, Person, Wanted, World

Status = RequestStatus
# Out of a hundred requests; the rest are open.
SHARES = {Status.FILLED: 22, Status.CLOSED: 6, Status.EXPIRED: 4, Status.DRAFT: 4, Status.PAUSED: 3}
WORTH = {"USD": 1.0, "EUR": 0.9, "GBP": 0.8, "KES": 130.0, "INR": 85.0}
ENDED = (Status.FILLED, Status.CLOSED, Status.EXPIRED, Status.REMOVED)


def post_requests(world: World) -> None:
    """Every request of the cast, then one for each text, spread over the students."""
    for own in content.cast().requests:
        posted = world.ago(days=own.posted, hours=1)
        world.requests.append(
            post(world, world.cast[own.by], own, own.topic, own.status, posted, own.reason)
        )
    texts = [(text, name) for name, topic in world.topics.items() for text in topic.requests]
    states = [state for state, share in SHARES.items() for _ in range(share * len(texts) // 100)]
    states += [Status.OPEN] * (len(texts) - len(states))
    world.chance.shuffle(states)
    mine: Counter[int] = Counter()
    for (text, topic), status in zip(texts, states, strict=True):
        student = _student_from(world, text.country, mine)
        if status == Status.FILLED and not _somebody_teaches(world, text):
            status = Status.OPEN
        reason = world.chance.choice(list(CloseReason)) if status == Status.CLOSED else None
        wanted = post(world, student, text, topic, status, _posted(world, status), reason)
        world.requests.append(wanted)


def converted(amount: float, currency: str) -> int:
    """An amount in dollars as a round sum of another currency, in minor units."""
    worth = amount * WORTH[currency]
    step = 50 if WORTH[currency] > 10 else 1
    return max(step, round(worth / step) * step) * 100


def _somebody_teaches(world: World, text: RequestText) -> bool:
    long_ago = world.ago(days=125)
    return any(
        text.skills[0] in one.skills and one.teaches_since < long_ago for one in world.coaches
    )


def _student_from(world: World, country: str, mine: Counter[int]) -> Person:
    at_home = [one for one in world.students if one.country == country]
    known = set(world.cast.values())
    student = min((one for one in at_home if one not in known), key=lambda one: mine[one.id])
    mine[student.id] += 1
    return student


def _posted(world: World, status: RequestStatus) -> datetime:
    if status == Status.EXPIRED:
        return world.between(world.ago(days=90), world.ago(days=32))
    if status in ENDED:
        return world.between(world.ago(days=120), world.ago(days=8))
    # More new ones than old ones, as on any busy board.
    return world.ago(days=0.05 + 28 * world.chance.random() ** 1.5)


def _ended(world: World, status: RequestStatus, posted: datetime) -> datetime | None:
    if status not in ENDED:
        return None
    if status == Status.EXPIRED:
        return posted + OPEN_FOR
    latest = min(posted + timedelta(days=16), world.ago(days=2))
    return world.between(posted + timedelta(days=4), latest)


def post(
    world: World,
    student: Person,
    text: RequestText,
    topic: str,
    status: RequestStatus,
    posted: datetime,
    reason: CloseReason | None = None,
) -> Wanted:
    """One request, as it stands since it was posted."""
    ended = _ended(world, status, posted)
    is_draft = status == Status.DRAFT
    created = posted - timedelta(minutes=world.chance.randint(3, 300))
    number = world.rows.add(
        LearningRequest,
        student_id=student.id,
        title=text.title,
        description=text.text,
        level=text.level,
        status=status,
        close_reason=reason,
        created_at=created,
        updated_at=ended or posted,
        posted_at=None if is_draft else posted,
        expires_at=None if is_draft else posted + OPEN_FOR,
        ended_at=ended,
        **_wishes(world, text, topic, student.currency),
    )
    for position, skill in enumerate(text.skills, 1):
        world.rows.add(
            RequestSkill, request_id=number, skill_id=world.skills[skill], position=position
        )
    wanted = Wanted(
        number, student, text, topic, status, created, None if is_draft else posted, ended,
        student.currency, _add_questions(world, number, text),
        text.key if isinstance(text, CastRequest) else "",
    )  # fmt: skip
    _record(world, wanted, reason)
    return wanted


def _wishes(world: World, text: RequestText, topic: str, currency: str) -> dict[str, Any]:
    low, high = text.budget or (None, None)
    sessions = text.sessions or world.chance.choice([None, 4, 5, 6, 8, 10, 12])
    form = Format.FEW_SESSIONS if (sessions or 99) <= 6 else Format.ONGOING
    said = world.chance.random() < 0.35 and topic != "languages"
    count = world.chance.choice([0, 1, 2, 3, 4])
    chosen = set(world.chance.sample(TIMES, count))
    return {
        "currency": currency,
        "budget_from": low and converted(low, currency),
        "budget_to": high and converted(high, currency),
        "sessions": sessions,
        "format": form if world.chance.random() < 0.8 else None,
        "language": "en" if said else None,
        "language_level": LanguageLevel.CONVERSATIONAL if said else None,
        "times": [time for time in TIMES if time in chosen],
    }


def _add_questions(world: World, number: int, text: RequestText) -> list[tuple[int, str]]:
    known = content.questions()
    asked = [(known[key].text, key) for key in text.ask]
    if isinstance(text, CastRequest):
        asked += [(question, "") for question in text.questions]
    return [
        (world.rows.add(ScreeningQuestion, request_id=number, position=position, text=words), key)
        for position, (words, key) in enumerate(asked, 1)
    ]


def _record(world: World, wanted: Wanted, reason: CloseReason | None) -> None:
    by, number = wanted.student, wanted.id
    change = (None, Status.DRAFT)
    world.record("request.created", wanted.created, by, number, Side.STUDENT, change)
    if wanted.posted is None:
        return
    change_to_open = (Status.DRAFT, Status.OPEN)
    world.record("request.posted", wanted.posted, by, number, Side.STUDENT, change_to_open)
    changed = (Status.OPEN, wanted.status)
    if wanted.status == Status.PAUSED:
        world.record("request.paused", world.ago(hours=5), by, number, Side.STUDENT, changed)
    elif wanted.ended and wanted.status == Status.CLOSED:
        world.record(
            "request.closed", wanted.ended, by, number, Side.STUDENT, changed, reason=reason
        )
    elif wanted.ended and wanted.status == Status.EXPIRED:
        world.record("request.expired", wanted.ended, None, number, change=changed)
    elif wanted.ended and wanted.status == Status.REMOVED:
        world.record("request.removed", wanted.ended, world.cast["mina"], number, change=changed)
