"""What history says of the contracts and sessions of the demo world."""

from typing import Any

from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.session_states import DISPUTED, SessionStatus
from db.seeds.world import Pact, World

Status = SessionStatus
VERBS = {
    Status.PROPOSED: "offered",
    Status.SCHEDULED: "agreed",
    Status.VOID: "voided",
    **dict.fromkeys((Status.CANCELLED_EARLY, Status.CANCELLED_LATE), "cancelled"),
    **dict.fromkeys((Status.NO_SHOW_STUDENT, Status.NO_SHOW_COACH), "no_show"),
}


def tell_contract(world: World, pact: Pact) -> None:
    """A pause and the end, as the application itself would have written them."""
    row, number = pact.row, pact.row["id"]
    change = (ContractStatus.ACTIVE, row["status"])
    if row["paused_at"]:
        by = Side(row["paused_by"])
        world.record("contract.paused", row["paused_at"], pact.one(by), number, by, change)
    if row["ended_by"]:
        by = Side(row["ended_by"])
        world.record("contract.ended", row["ended_at"], pact.one(by), number, by, change)
    elif row["ended_at"]:
        world.record("contract.completed", row["ended_at"], None, number, change=change)


def tell_session(world: World, pact: Pact, row: dict[str, Any]) -> None:
    """Only how it stands now and when that came, for each that does not wait for a time."""
    if row["status"] == Status.UNSCHEDULED:
        return
    by = _by(row)
    change = (_before(row), row["status"])
    world.record(
        f"session.{_verb(row)}", row["updated_at"], pact.one(by) if by else None, row["id"], by,
        change,
    )  # fmt: skip


def _verb(row: dict[str, Any]) -> str:
    status = Status(row["status"])
    if status is Status.COMPLETED:
        return "confirmed" if _by(row) else "completed"
    return VERBS.get(status, str(status))


def _by(row: dict[str, Any]) -> Side | None:
    """Who did it; nobody where the clock did."""
    status = Status(row["status"])
    if status is Status.PROPOSED:
        return Side(row["offered_by"])
    if status is Status.COMPLETED and row["finished_at"] < row["confirm_by"]:
        return Side.STUDENT
    if status is Status.SCHEDULED:
        return Side.STUDENT
    by = row["reported_by"] or row["cancelled_by"]
    return Side(by) if by else None


def _before(row: dict[str, Any]) -> Status:
    status = Status(row["status"])
    if status in (Status.COMPLETED, *DISPUTED):
        return Status.ENDED
    if status is Status.SCHEDULED:
        return Status.PROPOSED
    if (status is Status.PROPOSED and row["starts_at"] is None) or status is Status.VOID:
        return Status.UNSCHEDULED
    return Status.SCHEDULED
