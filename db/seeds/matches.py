"""Which coach could answer which request in the demo world, and who does."""

from collections import Counter
from collections.abc import Container

from db.models.learning_requests import RequestStatus
from db.seeds import content
from db.seeds.world import Person, Wanted, World

MOST_FOR_A_COACH, MOST_ON_A_REQUEST = 9, 8
# Where one skill can stand in for its neighbour; elsewhere the first one must be taught.
KIN = ("spreadsheets", "accounting", "careers", "speaking", "photography", "cooking")


def fit(wanted: Wanted, coach: Person) -> int:
    """How well a coach fits a request; 0 for not at all."""
    skills, taught = wanted.text.skills, coach.skills
    if skills[0] in taught:
        return 10 + len(set(skills) & set(taught))
    if wanted.topic not in KIN:
        return 0
    return len(set(skills) & set(taught)) or int(coach.topic == wanted.topic)


def choose_pairs(
    world: World, states: Container[RequestStatus], count: int
) -> list[tuple[Wanted, Person]]:
    """Requests and coaches that go together, best fits first, nobody too busy."""
    could = [
        (-_wish(world, wanted, coach), wanted, coach)
        for wanted in world.requests
        for coach in world.coaches
        if wanted.status in states and _may_propose(wanted, coach)
    ]
    sent: Counter[Person] = Counter(offer.coach for offer in world.offers)
    room = {wanted: world.chance.randint(4, _most(wanted)) for wanted in world.requests}
    chosen: list[tuple[Wanted, Person]] = []
    for _, wanted, coach in sorted(could, key=lambda one: one[0]):
        if len(world.offers) + len(chosen) == count:
            break
        if room[wanted] and sent[coach] < MOST_FOR_A_COACH and coach.id not in wanted.coaches:
            room[wanted] -= 1
            sent[coach] += 1
            chosen.append((wanted, coach))
    return sorted(chosen, key=lambda pair: (pair[0].id, pair[1].id))


def _wish(world: World, wanted: Wanted, coach: Person) -> float:
    # Filled requests come first, because each of them needs somebody who was chosen.
    first = 20 if wanted.status == RequestStatus.FILLED and fit(wanted, coach) >= 10 else 0
    return first + fit(wanted, coach) + 6 * world.chance.random()


def _most(wanted: Wanted) -> int:
    known = content.questions()
    pools = [len(known[key].answers) for _, key in wanted.questions if key]
    return min([MOST_ON_A_REQUEST, *pools])


def _may_propose(wanted: Wanted, coach: Person) -> bool:
    if wanted.key == "spanish" or coach is wanted.student:  # Sofia's are all written by hand
        return False
    return coach.teaches_since < wanted.since and fit(wanted, coach) > 0
