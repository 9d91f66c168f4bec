"""Who answers which request in the demo world, and what became of it."""

from datetime import datetime, timedelta

from db.models.accounts import Side
from db.models.learning_requests import RequestStatus
from db.models.proposals import (
    ANSWERED_WITHIN,
    DeclineReason,
    Proposal,
    ProposalAnswer,
    ProposalStatus,
)
from db.seeds import content
from db.seeds.content import CastProposal
from db.seeds.learning_requests import converted
from db.seeds.matches import choose_pairs
from db.seeds.proposal_words import answer_for, message_for
from db.seeds.world import Offer, Person, Wanted, World

Status = ProposalStatus
COUNT = 400
SEEN = (Status.SHORTLISTED, Status.ACCEPTED, Status.DECLINED, Status.NOT_SELECTED)
MINUTES = (30, 45, 45, 50, 60, 60, 60, 90)
WAITING = {Status.SUBMITTED: 62, Status.SHORTLISTED: 15, Status.DECLINED: 10, Status.WITHDRAWN: 7}
OUTCOMES = {
    RequestStatus.OPEN: WAITING | {Status.DRAFT: 6},
    RequestStatus.PAUSED: WAITING,
    RequestStatus.FILLED: {Status.NOT_SELECTED: 78, Status.DECLINED: 14, Status.WITHDRAWN: 8},
    RequestStatus.CLOSED: {Status.EXPIRED: 75, Status.DECLINED: 18, Status.WITHDRAWN: 7},
    RequestStatus.EXPIRED: {Status.EXPIRED: 80, Status.DECLINED: 10, Status.WITHDRAWN: 10},
}


def send_proposals(world: World) -> None:
    """The cast's own proposals, then others until there are enough."""
    by_key = {wanted.key: wanted for wanted in world.requests if wanted.key}
    by_name = {coach.name: coach for coach in world.coaches}
    for text in content.cast().proposals:
        coach = world.cast.get(text.coach) or by_name[text.coach]
        _send_written(world, by_key[text.request], coach, text)
    for wanted, coach in choose_pairs(world, OUTCOMES, COUNT):
        accepted = any(
            one.status == Status.ACCEPTED for one in world.offers if one.wanted is wanted
        )
        if wanted.status == RequestStatus.FILLED and not accepted:
            _send(world, wanted, coach, Status.ACCEPTED)
        else:
            outcomes = OUTCOMES[wanted.status]
            _send(
                world, wanted, coach, world.chance.choices(*zip(*outcomes.items(), strict=True))[0]
            )


def _send_written(world: World, wanted: Wanted, coach: Person, text: CastProposal) -> None:
    sent = wanted.since + timedelta(hours=text.hours)
    seen = sent + timedelta(hours=4) if text.seen else None
    terms = (text.sessions, text.minutes, converted(text.price / 100, wanted.currency))
    offer = propose(world, wanted, coach, text.status, text.message, terms, sent, seen, text.reason)
    world.offers.append(offer)
    for (question, _), words in zip(wanted.questions, text.answers, strict=True):
        world.rows.add(ProposalAnswer, proposal_id=offer.id, question_id=question, text=words)


def _send(world: World, wanted: Wanted, coach: Person, status: ProposalStatus) -> None:
    # The number of somebody chosen must lie before the request was filled.
    until = wanted.ended or world.ago(minutes=20)
    last = min(wanted.since + timedelta(days=9), until - (until - wanted.since) / 4)
    sent = world.between(wanted.since + timedelta(minutes=9), last)
    looked = world.between(sent, sent + (until - sent) / 2)
    is_seen = status in SEEN or (status != Status.DRAFT and world.chance.random() < 0.5)
    seen = looked if is_seen else None
    reason = world.chance.choice(list(DeclineReason)) if status == Status.DECLINED else None
    message = message_for(world, wanted, coach)
    terms = _terms(world, wanted, coach)
    offer = propose(world, wanted, coach, status, message, terms, sent, seen, reason)
    world.offers.append(offer)
    for question, key in wanted.questions:
        words = answer_for(world, wanted, coach, key)
        world.rows.add(ProposalAnswer, proposal_id=offer.id, question_id=question, text=words)


def _terms(world: World, wanted: Wanted, coach: Person) -> tuple[int, int, int]:
    minutes = world.chance.choice(MINUTES)
    sessions = wanted.text.sessions or world.chance.choice([3, 4, 5, 6, 8, 8, 10, 12])
    hourly = ((coach.coach and coach.coach.rate) or 15) * world.chance.uniform(0.85, 1.1)
    low, high = wanted.text.budget or (8, 40)
    price = min(max(hourly * minutes / 60, low * 0.8), high * 1.2)
    return sessions, minutes, converted(price, wanted.currency)


def propose(
    world: World, wanted: Wanted, coach: Person, status: ProposalStatus, message: str,
    terms: tuple[int, int, int], sent: datetime, seen: datetime | None,
    reason: DeclineReason | None = None,
) -> Offer:  # fmt: skip
    """One proposal, as it stands since it was sent."""
    ended = _ended(world, wanted, status, seen or sent)
    is_draft = status == Status.DRAFT
    earliest = (sent + timedelta(days=world.chance.randint(2, 14))).date()
    number = world.rows.add(
        Proposal,
        request_id=wanted.id,
        coach_id=coach.id,
        status=status,
        message=message,
        sessions=terms[0],
        minutes=terms[1],
        price=terms[2],
        currency=wanted.currency,
        earliest=earliest if world.chance.random() < 0.6 else None,
        created_at=sent - timedelta(minutes=world.chance.randint(0, 8)),
        updated_at=sent,
        submitted_at=None if is_draft else sent,
        expires_at=None if is_draft else sent + ANSWERED_WITHIN,
        first_viewed_at=seen,
        seen_version=1 if seen else 0,
        ended_at=ended,
        decline_reason=reason,
    )
    wanted.coaches.add(coach.id)
    offer = Offer(number, wanted, coach, status, ended, terms)
    if not is_draft:
        _record(world, offer, sent, seen, reason)
    return offer


def _ended(
    world: World, wanted: Wanted, status: ProposalStatus, after: datetime
) -> datetime | None:
    if status in (Status.ACCEPTED, Status.NOT_SELECTED, Status.EXPIRED):
        return wanted.ended
    if status in (Status.DECLINED, Status.WITHDRAWN):
        return world.between(after, wanted.ended or world.ago(minutes=15))
    return None


def _record(
    world: World, offer: Offer, sent: datetime, seen: datetime | None, reason: DeclineReason | None
) -> None:
    coach, student, number = offer.coach, offer.wanted.student, offer.id
    change: tuple[str | None, str] = (None, Status.SUBMITTED)
    world.record("proposal.submitted", sent, coach, number, Side.COACH, change)
    if seen:
        world.record("proposal.viewed", seen, student, number, Side.STUDENT)
    change = (Status.SUBMITTED, offer.status)
    if offer.status == Status.SHORTLISTED and seen:
        world.record("proposal.shortlisted", seen, student, number, Side.STUDENT, change)
    if not offer.ended:
        return
    by_clock = offer.wanted.status == RequestStatus.EXPIRED and offer.status == Status.EXPIRED
    by = coach if offer.status == Status.WITHDRAWN else student
    side = Side.COACH if by is coach else Side.STUDENT
    detail = {"reason": str(reason)} if reason else {}
    world.record(
        f"proposal.{offer.status}", offer.ended, None if by_clock else by, number,
        None if by_clock else side, change, **detail,
    )  # fmt: skip
    if offer.status == Status.ACCEPTED:
        filled = (RequestStatus.OPEN, RequestStatus.FILLED)
        wanted = offer.wanted.id
        world.record(
            "request.filled", offer.ended, student, wanted, Side.STUDENT, filled, proposal=number
        )
