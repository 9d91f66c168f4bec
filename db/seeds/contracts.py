"""What the students and coaches of the demo world agreed on, with the terms that were accepted."""

from db.models.contracts import Contract
from db.seeds.world import Offer, World

FEE = 1000  # basis points: one tenth, as the site takes it
CANCELLATION_HOURS = 12


def agree(world: World, offer: Offer, terms: tuple[int, int, int]) -> None:
    """Write down the contract of a proposal that was accepted."""
    sessions, minutes, price = terms
    world.rows.add(
        Contract,
        request_id=offer.wanted.id,
        proposal_id=offer.id,
        proposal_version=1,
        student_id=offer.wanted.student.id,
        coach_id=offer.coach.id,
        sessions=sessions,
        minutes=minutes,
        price=price,
        currency=offer.wanted.currency,
        fee=FEE,
        cancellation_hours=CANCELLATION_HOURS,
        created_at=offer.ended,
    )
