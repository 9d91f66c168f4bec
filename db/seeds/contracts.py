"""What the students and coaches of the demo world agreed on, with the terms that were accepted."""

from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.seeds.world import Offer, World

FEE = 1000  # basis points: one tenth, as the site takes it
CANCELLATION_HOURS = 12


def agree(world: World, offer: Offer, terms: tuple[int, int, int]) -> None:
    """Write down the contract of a proposal that was accepted."""
    sessions, minutes, price = terms
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
    for number in range(1, sessions + 1):
        world.rows.add(
            LearningSession,
            contract_id=contract,
            number=number,
            student_id=student,
            coach_id=coach,
            updated_at=offer.ended,
        )
