"""What people of the demo world were told: what really happened to them, some of it unread."""

from datetime import datetime, timedelta
from typing import Any

from db.models.accounts import Side
from db.models.coach_decisions import CoachDecision
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RequestStatus
from db.models.messages import Message
from db.models.notices import Notice, NoticeKind
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import Proposal, ProposalStatus
from db.models.threads import Thread
from db.seeds.session_notices import told_of_sessions
from db.seeds.world import Offer, World

KEPT = timedelta(days=60)  # what was read before is swept
FRESH = timedelta(days=2)
WAIT = timedelta(minutes=10)
Status = ProposalStatus


def tell_notices(world: World) -> None:
    """Everything of the last weeks, numbered in the order in which it happened."""
    told = [
        *_proposals(world), *_invitations(world), *_approvals(world), *_unread(world),
        *_sessions(world),
    ]  # fmt: skip
    told = [one for one in told if world.now - KEPT <= one["created_at"] <= world.now]
    for number, one in enumerate(sorted(told, key=lambda one: one["created_at"]), 1):
        at, read = one["created_at"], one.pop("read_at", None)
        if read is None and world.chance.random() < (0.4 if at > world.now - FRESH else 0.95):
            read = world.between(at, min(at + FRESH, world.now))
        is_unread = one["name"] == "message_unread"
        one["read_at"] = None if is_unread else read
        world.rows.add(Notice, key=f"{one['name']}:seed:{number}:{one['account_id']}", **one)


def _proposals(world: World) -> list[dict[str, Any]]:
    rows = {row["id"]: row for row in world.rows.kept(Proposal)}
    threads = {
        row["proposal_id"]: row["id"] for row in world.rows.kept(Thread) if row["proposal_id"]
    }
    told = []
    for offer in world.offers:
        row, title = rows[offer.id], offer.wanted.text.title
        if row["submitted_at"] is None:
            continue
        told.append(_told(
            "proposal_received", NoticeKind.PROPOSAL, offer.wanted.student.id, Side.STUDENT,
            row["submitted_at"], f"/proposals/{offer.id}", read_at=row["first_viewed_at"],
            detail={"title": title, "proposal": offer.id, "coach": offer.coach.name},
        ))  # fmt: skip
        told += _outcome(offer, row, title, threads)
    return told


def _outcome(
    offer: Offer, row: dict[str, Any], title: str, threads: dict[int, int]
) -> list[dict[str, Any]]:
    if offer.ended is None or offer.status is Status.WITHDRAWN:
        return []
    kind, name, path = NoticeKind.OUTCOME, f"proposal_{offer.status}", f"/proposals/{offer.id}"
    detail: dict[str, Any] = {"title": title, "proposal": offer.id}
    thread = threads.get(offer.id) if offer.status is Status.ACCEPTED else None
    if thread:
        path = f"/messages/{thread}"
    elif offer.status is Status.EXPIRED and offer.wanted.status is RequestStatus.CLOSED:
        kind, name = NoticeKind.REQUEST, "request_closed"
        path, detail = f"/requests/{offer.wanted.id}", {"title": title, "request": offer.wanted.id}
    return [
        _told(name, kind, offer.coach.id, Side.COACH, offer.ended, path, thread_id=thread,
              detail=detail)
    ]  # fmt: skip


def _invitations(world: World) -> list[dict[str, Any]]:
    wanted = {one.id: one for one in world.requests}
    names = {one.id: one.name for one in (*world.students, *world.coaches)}
    told = []
    for row in world.rows.kept(Invitation):
        about = wanted[row["request_id"]]
        told.append(_told(
            "invitation_received", NoticeKind.INVITATION, row["coach_id"], Side.COACH,
            row["created_at"], "/invitations", read_at=row["ended_at"],
            detail={"title": about.text.title, "student": about.student.first_name},
        ))  # fmt: skip
        if row["status"] is InvitationStatus.DECLINED:
            told.append(_told(
                "invitation_declined", NoticeKind.INVITATION, about.student.id, Side.STUDENT,
                row["ended_at"], "/coaches",
                detail={"title": about.text.title, "coach": names[row["coach_id"]]},
            ))  # fmt: skip
    return told


def _approvals(world: World) -> list[dict[str, Any]]:
    decided = {
        CoachStatus.CHANGES_REQUESTED: ("coach_changes_requested", "/become-a-coach"),
        CoachStatus.REJECTED: ("coach_rejected", "/become-a-coach/review"),
    }
    told = [
        _approval("coach_approved", row["account_id"], row["approved_at"], "/requests")
        for row in world.rows.kept(CoachProfile)
        if row["approved_at"]
    ]
    for row in world.rows.kept(CoachDecision):
        if row["outcome"] in decided:
            name, path = decided[row["outcome"]]
            told.append(_approval(name, row["coach_id"], row["decided_at"], path))
    return told


def _approval(name: str, account_id: int, at: datetime, path: str) -> dict[str, Any]:
    return _told(name, NoticeKind.APPROVAL, account_id, Side.COACH, at, path)


def _sessions(world: World) -> list[dict[str, Any]]:
    return [
        _told(
            name, NoticeKind.SESSION, pact.one(side).id, side, at, f"/sessions/{row['id']}",
            detail=detail,
        )
        for pact, row, (name, side, at, detail) in told_of_sessions(world)
    ]  # fmt: skip


def _unread(world: World) -> list[dict[str, Any]]:
    sent = {
        (row["thread_id"], row["number"]): row["created_at"] for row in world.rows.kept(Message)
    }
    told = []
    for row in world.rows.kept(Thread):
        for side in Side:
            first = row[f"{side}_read"] + 1
            if first <= row["last_number"]:
                told.append(_told(
                    "message_unread", NoticeKind.MESSAGE, row[f"{side}_id"], side,
                    sent[row["id"], first] + WAIT, f"/messages/{row['id']}", thread_id=row["id"],
                    detail={"unread": row["last_number"] - first + 1, "title": ""},
                ))  # fmt: skip
    return told


def _told(
    name: str, kind: NoticeKind, account_id: int, side: Side, at: datetime, path: str, **but: Any
) -> dict[str, Any]:
    told = {"detail": {}, "thread_id": None} | but
    return told | {
        "name": name, "kind": kind, "account_id": account_id, "side": side, "created_at": at,
        "path": path,
    }  # fmt: skip
