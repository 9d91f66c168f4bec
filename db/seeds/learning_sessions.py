"""The sessions of the demo world: a year of those that took place, and some in every state."""

from datetime import datetime, timedelta
from typing import Any

from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.session_claims import SessionClaim
from db.models.session_states import (
    ANSWERED_WITHIN,
    CONFIRMED_WITHIN,
    DISPUTED,
    FINISHED,
    SessionStatus,
)
from db.seeds.diary import HOURS, Diary, slots_of
from db.seeds.session_history import tell_contract, tell_session
from db.seeds.world import Pact, World

Status = SessionStatus
Row = dict[str, Any]
TAKES_TIME = (Status.SCHEDULED, Status.ENDED, Status.COMPLETED, *DISPUTED)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON = timedelta(minutes=40)
LATER = {"today": HOUR, "tomorrow": 14 * HOUR, "later": 4 * DAY, "moving": 2 * DAY}
OVER = {"ended": 50 * HOUR, "no_show": 60 * HOUR, "problem": 66 * HOUR}
WORDS = {
    "cancelled_late": "My train stands in a field, and nobody knows for how long.",
    "cancelled_early": "A friend marries on that day and has only now told us.",
    "no_show_student": "I waited for half an hour and wrote twice.",
    "no_show_coach": "I waited for twenty minutes, then my class came in.",
    "problem": "There was no sound on the coach's side for more than half of the time.",
}


def hold_sessions(world: World) -> None:
    """Everything that took place and everything that is ahead, without anybody twice at once."""
    diary = Diary()
    with world.apart("sessions"):
        for pact in world.pacts:
            _hold(world, diary, pact)
            _claim(world, pact)
            tell_contract(world, pact)
            for row in pact.sessions:
                tell_session(world, pact, row)


def _hold(world: World, diary: Diary, pact: Pact) -> None:
    course, rows = pact.course, iter(pact.sessions)
    past = [one for one in course.then if one.startswith("cancelled")]
    days = _days(world, pact, course.done + len(past))
    first = world.chance.randrange(len(HOURS))
    for day, what in zip(days, [*["completed"] * course.done, *past], strict=True):
        starts = diary.take_day((pact.student, pact.coach), day, pact.row["minutes"], first=first)
        _set(world, pact, next(rows), what, starts)
    for what in course.then:
        if what not in past:
            _then(world, diary, pact, next(rows), what)
    if course.paused:
        _pause(world, pact)
    _end(world, pact)


def _days(world: World, pact: Pact, count: int) -> list[datetime]:
    """When each was: so many days apart, or fewer if that would lead into the last days."""
    began = pact.row["created_at"] + DAY
    room = (world.now - 4 * DAY - began) / DAY
    every = min(pact.course.every, room / max(count, 1))
    return [began + number * every * DAY for number in range(count)]


def _then(world: World, diary: Diary, pact: Pact, row: Row, what: str) -> None:
    """What waits for an answer, for its day, or for what the two say of it."""
    kind, _, side = what.rpartition("_")
    kind = kind if side in tuple(Side) else what
    pair, minutes = (pact.student, pact.coach), pact.row["minutes"]
    if kind == "soon":
        _set(world, pact, row, "scheduled", diary.take(pair, world.now + SOON, minutes))
    elif kind in LATER:
        starts = diary.take_day(pair, world.now + LATER[kind], minutes)
        _set(world, pact, row, "scheduled", starts)
    elif kind in OVER:
        starts = diary.take_day(pair, world.now - OVER[kind], minutes)
        if starts > world.now - 4 * HOUR:
            starts = diary.take(pair, world.now - 30 * HOUR, minutes)
        _set(world, pact, row, what, starts)
    if kind in ("offered", "moving"):
        starts = diary.take_day(pair, world.now + 3 * DAY, minutes)
        _offer(world, row, Side(side), starts)


def _offer(world: World, row: Row, by: Side, starts: datetime) -> None:
    at = world.between(world.now - 9 * HOUR, world.now - HOUR)
    until = min(one for one in (at + ANSWERED_WITHIN, starts, row["starts_at"]) if one)
    row |= {
        "status": Status.PROPOSED, "offer": row["offer"] + 1, "offered_starts_at": starts,
        "offered_by": by, "offered_at": at, "answer_by": until, "updated_at": at,
    }  # fmt: skip


def _set(world: World, pact: Pact, row: Row, what: str, starts: datetime) -> None:
    """A session that was agreed on for this time, and what became of it."""
    ends = starts + timedelta(minutes=pact.row["minutes"])
    agreed = max(pact.row["created_at"] + HOUR, min(starts - 3 * DAY, world.now - 20 * HOUR))
    row |= {
        "status": Status.SCHEDULED, "offer": 1, "starts_at": starts, "ends_at": ends,
        "cancel_by": starts - timedelta(hours=pact.row["cancellation_hours"]),
        "confirm_by": ends + CONFIRMED_WITHIN, "updated_at": min(agreed, world.now),
        "sequence": 1, "link": f"https://rooms.example/{pact.coach.first_name.lower()}",
        "day_reminded_at": _before(world, starts - DAY),
        "hour_reminded_at": _before(world, starts - HOUR),
    }  # fmt: skip
    if what == "scheduled":
        return
    kind, _, side = what.rpartition("_")
    if kind.startswith("cancelled"):
        early = kind == "cancelled_early"
        at = starts - timedelta(hours=30 if early else 2)
        row |= {
            "status": Status(kind), "cancelled_by": Side(side), "cancel_reason": WORDS[kind],
            "finished_at": at, "updated_at": at, "day_reminded_at": None if early else starts - DAY,
            "hour_reminded_at": None,
        }  # fmt: skip
        return
    row |= {"status": Status(what), "ended_at": ends, "updated_at": ends}
    if what == "completed":
        _confirm(world, row)
    elif what != "ended":
        by = Side.COACH if side == Side.STUDENT else Side.STUDENT
        at = ends + timedelta(minutes=world.chance.randint(2, 50))
        row |= {
            "reported_by": by, "report": WORDS[what], "reported_at": at, "updated_at": at,
        }  # fmt: skip


def _confirm(world: World, row: Row) -> None:
    # Most students say so within a day or two; for the others the clock does.
    by_clock = world.chance.random() < 0.2 and row["confirm_by"] <= world.now
    soon = world.between(row["ends_at"] + HOUR / 4, row["ends_at"] + 50 * HOUR)
    at = row["confirm_by"] if by_clock else min(soon, world.now - HOUR)
    row |= {"finished_at": at, "updated_at": at}


def _before(world: World, moment: datetime) -> datetime | None:
    return moment if moment <= world.now else None


def _pause(world: World, pact: Pact) -> None:
    at = world.now - 30 * HOUR
    pact.row |= {
        "status": ContractStatus.PAUSED, "paused_at": at, "paused_by": Side(pact.course.paused),
    }  # fmt: skip


def _end(world: World, pact: Pact) -> None:
    """Over when all its sessions are, or when one of the two has ended it."""
    last = max((one["finished_at"] for one in pact.sessions if one["finished_at"]), default=None)
    if pact.course.early and last:
        at = last + 5 * HOUR
        pact.row |= {
            "status": ContractStatus.ENDED_EARLY, "ended_at": at,
            "ended_by": Side(pact.course.early), "end_reason": pact.course.reason,
        }  # fmt: skip
        for row in pact.sessions:
            if row["status"] not in FINISHED:
                row |= {"status": Status.VOID, "finished_at": at, "updated_at": at}
    elif all(one["status"] in FINISHED for one in pact.sessions):
        pact.row |= {"status": ContractStatus.COMPLETED, "ended_at": last}


def _claim(world: World, pact: Pact) -> None:
    for row in pact.sessions:
        has_agreed = row["status"] == Status.PROPOSED and row["starts_at"]
        if row["status"] in TAKES_TIME or has_agreed:
            for slot in slots_of(row["starts_at"], pact.row["minutes"]):
                for one in (pact.student, pact.coach):
                    world.rows.add(SessionClaim, account_id=one.id, slot=slot, session_id=row["id"])
