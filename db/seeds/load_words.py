"""Texts for crowds: sentences of the demo world, shuffled."""

from dataclasses import dataclass
from random import Random

from db.seeds import content
from db.seeds.content import Topic

PURPOSES = (
    "before the summer", "for my new job", "with a friend", "from the very beginning",
    "for my shop", "in the evenings", "after a long break", "for my children", "at my own pace",
    "to help my family", "on a small budget", "with a slow connection", "for the first time",
    "in twelve weeks",
)  # fmt: skip
PROPOSALS = 1_000


@dataclass(frozen=True)
class Pool:
    skills: tuple[str, ...]
    openers: tuple[str, ...]
    others: tuple[str, ...]
    proposals: tuple[str, ...]


def pools(chance: Random) -> list[Pool]:
    """One pool of pieces for each topic."""
    return [_pool(content.topic(name), chance) for name in content.TOPICS]


def spoken() -> list[str]:
    """Messages: every line of every talk that has no blanks to fill in."""
    talks = [talk for name in content.TOPICS for talk in content.topic(name).talks]
    return [line[2:] for talk in talks for line in talk.lines if "{" not in line]


def _pool(topic: Topic, chance: Random) -> Pool:
    texts = [one.text for one in topic.requests if one.text]
    split = [text.replace("! ", "!|").replace("? ", "?|").replace(". ", ".|") for text in texts]
    sentences = [text.split("|") for text in split]
    return Pool(
        tuple(dict.fromkeys(skill for one in topic.requests for skill in one.skills)),
        tuple(one[0] for one in sentences),
        tuple(sentence for one in sentences for sentence in one[1:]),
        _proposals(topic, chance),
    )


def _proposals(topic: Topic, chance: Random) -> tuple[str, ...]:
    parts = content.proposal_parts()
    openings = [part for part in parts.openings if "{" not in part]
    plans = [part for part in topic.plans if "{" not in part]
    proofs = [part for part in topic.proofs if "{" not in part]
    kinds = (openings, plans, proofs, parts.practical, parts.closings)
    return tuple(" ".join(chance.choice(kind) for kind in kinds) for _ in range(PROPOSALS))
