"""What people of the demo world were told of their sessions: what waits for an answer of theirs."""

from datetime import timedelta
from typing import Any

from db.models.accounts import Side
from db.models.session_states import SessionStatus
from db.seeds.world import Pact, World

Told = tuple[str, Side, Any, dict[str, Any]]


def told_of_sessions(world: World) -> list[tuple[Pact, dict[str, Any], Told]]:
    """A time that is offered, to the other side; a session that is over, to its student."""
    found = []
    for pact in world.pacts:
        for row in pact.sessions:
            if row["status"] == SessionStatus.PROPOSED:
                found.append((pact, row, _offered(pact, row)))
            elif row["status"] == SessionStatus.ENDED:
                found.append((pact, row, _ended(pact, row)))
    return found


def _offered(pact: Pact, row: dict[str, Any]) -> Told:
    side = Side.STUDENT if row["offered_by"] == Side.COACH else Side.COACH
    starts = row["offered_starts_at"]
    ends = starts + timedelta(minutes=pact.row["minutes"])
    was = {"was": row["starts_at"].isoformat()} if row["starts_at"] else {}
    detail = {"starts": starts.isoformat(), "ends": ends.isoformat(), **was}
    return "session_offered", side, row["offered_at"], _about(pact, row, side) | detail


def _ended(pact: Pact, row: dict[str, Any]) -> Told:
    detail = {"until": row["confirm_by"].isoformat(), "of": pact.row["sessions"]}
    about = _about(pact, row, Side.STUDENT)
    return "session_ended", Side.STUDENT, row["ended_at"], about | detail


def _about(pact: Pact, row: dict[str, Any], side: Side) -> dict[str, Any]:
    mine, other = pact.one(side), pact.student if side is Side.COACH else pact.coach
    return {
        "who": other.first_name if side is Side.COACH else other.name,
        "number": row["number"],
        "title": pact.offer.wanted.text.title,
        "session": row["id"],
        "zone": mine.zone,
        "other_zone": other.zone,
    }
