"""What must hold of every request and proposal, whatever was done to them at once."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.proposals import LIVE, Proposal, ProposalStatus
from db.models.threads import Thread

ENDED = {
    ProposalStatus.ACCEPTED,
    ProposalStatus.DECLINED,
    ProposalStatus.WITHDRAWN,
    ProposalStatus.NOT_SELECTED,
    ProposalStatus.EXPIRED,
}
OVER = (RequestStatus.FILLED, RequestStatus.CLOSED, RequestStatus.EXPIRED)


def faults(db: Any) -> list[str]:
    """Every sentence of the rules that does not hold of what is stored."""
    moves = defaultdict(list)
    for event in db.scalars(select(Event).order_by(Event.id)):
        if event.to_status is not None or event.from_status is not None:
            moves[event.subject, event.subject_id].append((event.from_status, event.to_status))
    contracts = {one.request_id: one for one in db.scalars(select(Contract))}
    proposals = defaultdict(list)
    for proposal in db.scalars(select(Proposal)):
        proposals[proposal.request_id].append(proposal)
    found = []
    for wanted in db.scalars(select(LearningRequest)):
        there = proposals[wanted.id]
        found += [
            f"request {wanted.id} ({wanted.status}): {fault}"
            for fault in (
                *_of_request(wanted, there, contracts.get(wanted.id)),
                *_broken(moves["request", wanted.id], wanted.status),
            )
        ]
        found += [
            f"proposal {one.id} ({one.status}): {fault}"
            for one in there
            for fault in (*_of_proposal(one), *_broken(moves["proposal", one.id], one.status))
        ]
    return found + _threads(db)


def _of_request(
    wanted: LearningRequest, proposals: list[Proposal], contract: Contract | None
) -> Iterator[str]:
    accepted = [one for one in proposals if one.status is ProposalStatus.ACCEPTED]
    is_filled = wanted.status is RequestStatus.FILLED
    if len(accepted) != int(is_filled):
        yield f"{len(accepted)} accepted"
    if (contract is not None) != is_filled:
        yield "a contract without being filled" if contract else "filled without a contract"
    if contract and accepted:
        [one] = accepted
        agreed = (one.id, one.version, one.coach_id, one.price, one.sessions, one.minutes)
        names = ("proposal_id", "proposal_version", "coach_id", "price", "sessions", "minutes")
        if agreed != tuple(getattr(contract, name) for name in names):
            yield "the contract says something else than the proposal"
    if wanted.status in OVER and any(one.status in LIVE for one in proposals):
        yield "over, and somebody still waits"
    if (wanted.ended_at is not None) != (wanted.status in OVER):
        yield "its end is not written down, or is too early"


def _of_proposal(proposal: Proposal) -> Iterator[str]:
    if (proposal.ended_at is not None) != (proposal.status in ENDED):
        yield "its end is not written down, or is too early"


def _broken(moves: list[tuple[str | None, str | None]], status: str) -> Iterator[str]:
    """A chain in which each step begins where the last one ended, and whose end is now."""
    for (_, to), (before, _) in itertools.pairwise(moves):
        if to != before:
            yield f"history goes to {to} and on from {before}"
    if moves and moves[-1][1] != status:
        yield f"history ends at {moves[-1][1]}"
    ends = [to for _, to in moves if to in ENDED]
    if len(ends) - sum(before in ENDED for before, _ in moves) > 1:
        yield f"ended more than once: {ends}"


def _threads(db: Any) -> list[str]:
    opened = {thread.proposal_id for thread in db.scalars(select(Thread))} - {None}
    accepted = select(Proposal.id).where(Proposal.status == ProposalStatus.ACCEPTED)
    strays = opened - set(db.scalars(accepted))
    return [f"a thread was opened by proposals that are not accepted: {strays}"] if strays else []
