"""What the students and coaches of the demo world agreed on, with the terms that were accepted."""

from random import Random
from typing import Any

from db.models.accounts import Side
from db.models.contracts import Contract, ContractStatus
from db.models.learning_sessions import LearningSession
from db.models.proposals import ProposalStatus
from db.seeds import content
from db.seeds.content import Course
from db.seeds.world import Offer, Pact, World

FEE = 1000  # basis points: one tenth, as the site takes it
CANCELLATION_HOURS = 12
# What stands after the sessions that took place, where nothing is written of a contract.
THEN = (("ended", "later"), ("later",), ("offered_coach",), ("offered_student", "tomorrow"), ())


def open_contracts(world: World) -> None:
    """One for each proposal that was accepted, in the order in which they were."""
    world.offers += world.agreed
    accepted = [one for one in world.offers if one.status == ProposalStatus.ACCEPTED]
    for offer in sorted(accepted, key=lambda one: (one.over, one.id)):
        world.pacts.append(_open(world, offer))


def _open(world: World, offer: Offer) -> Pact:
    sessions, minutes, price = offer.terms
    student, coach = offer.wanted.student.id, offer.coach.id
    contract = world.rows.add(
        Contract,
        request_id=offer.wanted.id,
        proposal_id=offer.id,
        proposal_version=1,
        student_id=student,
        coach_id=coach,
        sessions=sessions,
        minutes=minutes,
        price=price,
        currency=offer.wanted.currency,
        fee=FEE,
        cancellation_hours=CANCELLATION_HOURS,
        created_at=offer.ended,
    )
    change = (None, ContractStatus.ACTIVE)
    by, opened = offer.wanted.student, "contract.opened"
    world.record(opened, offer.over, by, contract, Side.STUDENT, change, proposal=offer.id)
    for number in range(1, sessions + 1):
        world.rows.add(
            LearningSession,
            contract_id=contract,
            number=number,
            student_id=student,
            coach_id=coach,
            updated_at=offer.ended,
        )
    held: list[dict[str, Any]] = world.rows.kept(LearningSession)[-sessions:]
    return Pact(offer, world.rows.kept(Contract)[-1], held, _course(world, offer))


def _course(world: World, offer: Offer) -> Course:
    """How it went, by what is written of it; others have one session in a week."""
    text, known = offer.wanted.text, content.agreements().courses
    if isinstance(text, content.Agreed):
        return text.course
    if text.title in known:
        return known[text.title]
    weeks = (world.now - offer.over).days // 8
    if weeks >= offer.terms[0]:
        return Course(every=6, done=offer.terms[0])
    then = Random(text.title).choice(THEN)
    return Course(every=7, done=min(weeks, offer.terms[0] - len(then)), then=then)
