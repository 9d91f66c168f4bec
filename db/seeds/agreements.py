"""What was asked for and agreed on in the past year of the demo world, all written by hand."""

from datetime import timedelta
from functools import cache

from db.models.learning_requests import RequestStatus
from db.models.proposals import ProposalStatus
from db.seeds import content
from db.seeds.learning_requests import converted, post
from db.seeds.proposals import propose
from db.seeds.world import Person, World


def settle_agreements(world: World) -> None:
    """The requests and the proposals that were accepted; their contracts come later."""
    with world.apart("agreements"):
        for text in content.agreements().agreements:
            student, coach = _person(world, text.student), _person(world, text.coach)
            posted = world.ago(days=text.posted, hours=2)
            wanted = post(world, student, text, text.topic, RequestStatus.FILLED, posted)
            sent = posted + timedelta(hours=world.chance.randint(3, 30))
            terms = (text.sessions or 1, text.minutes, converted(text.price, wanted.currency))
            seen = sent + timedelta(hours=world.chance.randint(2, 9))
            accepted = ProposalStatus.ACCEPTED
            offer = propose(world, wanted, coach, accepted, text.message, terms, sent, seen)
            offer.lines = text.lines
            world.agreed.append(offer)


@cache
def here_for(*names: str) -> int:
    """For how many days this person must have been here by now, by what they agreed on."""
    return max(
        (
            one.posted + 7
            for one in content.agreements().agreements
            if one.student in names or one.coach in names
        ),
        default=0,
    )


def _person(world: World, name: str) -> Person:
    known = world.cast.get(name)
    return known or next(one for one in (*world.students, *world.coaches) if one.name == name)
