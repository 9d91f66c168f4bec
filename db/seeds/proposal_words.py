"""What coaches write in proposals: parts by topic, no part twice for one coach or one request."""

from collections.abc import Sequence

from db.seeds import content
from db.seeds.content import Topic
from db.seeds.world import Person, Wanted, World


def message_for(world: World, wanted: Wanted, coach: Person) -> str:
    """A proposal's message: an opening, a plan, a reason, something practical, an end."""
    parts, topic = content.proposal_parts(), world.topics[wanted.topic]
    chosen = [
        _unused(world, wanted, coach, parts.openings),
        _unused(world, wanted, coach, topic.plans),
        _unused(world, wanted, coach, topic.proofs),
        _unused(world, wanted, coach, topic.plans) if _has_many_left(topic, coach) else "",
        _unused(world, wanted, coach, parts.practical),
        _unused(world, wanted, coach, parts.closings),
    ]
    filled = [_filled(part, wanted, coach) for part in chosen if part]
    # On a phone a wall of words is left unread: the greeting, the middle, the end.
    middle = " ".join(filled[1:-1])
    return "\n\n".join((filled[0], middle, filled[-1]))


def _has_many_left(topic: Topic, coach: Person) -> bool:
    return len(set(topic.plans) - coach.used) > len(topic.plans) / 2


def answer_for(world: World, wanted: Wanted, coach: Person, key: str) -> str:
    """An answer to a question that nobody else on this request has given."""
    answers = content.questions()[key].answers
    fresh = [answer for answer in answers if answer not in wanted.used]
    new = [answer for answer in fresh if answer not in coach.used]
    return _take(world, wanted, coach, new or fresh)


def in_a_sentence(skill: str) -> str:
    """A skill's name as one writes it in running text."""
    is_proper = skill.split(" ")[0] in content.proposal_parts().proper
    return skill if is_proper else skill[0].lower() + skill[1:]


def _unused(world: World, wanted: Wanted, coach: Person, pool: Sequence[str]) -> str:
    used = wanted.used | coach.used
    left = [part for part in pool if part not in used]
    return _take(world, wanted, coach, left) if left else ""


def _take(world: World, wanted: Wanted, coach: Person, left: list[str]) -> str:
    fewest = min(world.uses[part] for part in left)
    chosen = world.chance.choice([part for part in left if world.uses[part] == fewest])
    world.uses[chosen] += 1
    wanted.used.add(chosen)
    coach.used.add(chosen)
    return chosen


def _filled(part: str, wanted: Wanted, coach: Person) -> str:
    return part.format(
        aim=wanted.text.aim,
        skill=in_a_sentence(wanted.text.skills[0]),
        country=_country_name(coach.country),
    )


def _country_name(code: str) -> str:
    known = content.people()
    return known.names.get(code) or next(home.name for home in known.countries if home.code == code)
