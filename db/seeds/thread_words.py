"""What people of the demo world write to each other: talks by topic and small exchanges."""

from db.seeds import content
from db.seeds.content import Block
from db.seeds.proposal_words import in_a_sentence
from db.seeds.world import Person, Wanted, World

MOST_USES = 3
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = ("7:30", "8:00", "9:30", "11:00", "15:30", "17:00", "18:30", "19:00", "20:00")


def blocks_for(
    world: World, wanted: Wanted, pair: tuple[Person, Person], *, chosen: bool
) -> list[list[str]]:
    """The blocks of one thread, lines beginning with S or C for who wrote; none if words ran out.

    A block of lines is used once in all threads of a person, and three times in the whole world.
    """
    exchanges = content.exchanges()
    asking, learning = _talks(world, wanted, "asking"), _talks(world, wanted, "learning")
    openings = exchanges.openings if world.chance.random() < 0.5 or not asking else asking
    first = exchanges.welcomes if chosen else openings
    start = _pick(world, pair, first) or _pick(world, pair, () if chosen else asking)
    start = start or _pick(world, pair, exchanges.openings)
    if not start:
        return []
    blocks = [start, _pick(world, pair, exchanges.arranging)]
    if chosen or world.chance.random() < 0.75:
        blocks += [_pick(world, pair, learning), _pick(world, pair, exchanges.progress)]
    if chosen:
        blocks += [_pick(world, pair, learning), _pick(world, pair, exchanges.arranging)]
    blocks.append(_pick(world, pair, exchanges.closings))
    return [_filled(world, block, wanted, pair) for block in blocks if block]


def _talks(world: World, wanted: Wanted, stage: str) -> tuple[Block, ...]:
    talks = [talk for talk in world.topics[wanted.topic].talks if talk.stage == stage]
    mine = set(wanted.text.skills)
    return tuple(talk.lines for talk in talks if not talk.skills or mine & set(talk.skills))


def _pick(world: World, pair: tuple[Person, Person], pool: tuple[Block, ...]) -> Block:
    used = pair[0].used | pair[1].used
    left = [block for block in pool if block[0] not in used and world.uses[block[0]] < MOST_USES]
    if not left:
        return ()
    fewest = min(world.uses[block[0]] for block in left)
    chosen = world.chance.choice([one for one in left if world.uses[one[0]] == fewest])
    world.uses[chosen[0]] += 1
    for person in pair:
        person.used.add(chosen[0])
    return chosen


def _filled(world: World, block: Block, wanted: Wanted, pair: tuple[Person, Person]) -> list[str]:
    day, other_day = world.chance.sample(DAYS, 2)
    values = {
        "student": pair[0].first_name,
        "coach": pair[1].first_name,
        "skill": in_a_sentence(wanted.text.skills[0]),
        "day": day,
        "other_day": other_day,
        "hour": world.chance.choice(HOURS),
    }
    return [line.format(**values) for line in block]
