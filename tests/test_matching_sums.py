"""The parts of a match as they are shown add up to its score, for any two people."""

import random
from datetime import UTC, datetime
from typing import Any

from app.matching import MOST, match_of
from db.models.learning_requests import TIMES
from db.models.skills import LanguageLevel, Level, SkillLevel
from db.queries.match_facts import Asked, Ground, Offered, Taught

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NAMES = {1: "Python", 2: "Flask", 3: "SQL", 4: "Django"}


def some(chance: random.Random, values: Any) -> Any:
    return chance.choice((None, *values))


def languages(chance: random.Random) -> dict[str, LanguageLevel]:
    spoken = chance.sample(("en", "es", "sw", "ar"), chance.randint(0, 3))
    return {code: chance.choice(list(LanguageLevel)) for code in spoken}


ZONES = ("UTC", "Africa/Nairobi", "Europe/Madrid", "America/New_York", "Asia/Kathmandu")


def any_pair(chance: random.Random) -> tuple[Asked, Offered, Ground]:
    """Two people as any form may have left them."""
    wanted = chance.sample(list(NAMES), chance.randint(1, 4))
    taught = chance.sample(list(NAMES), chance.randint(1, 4))
    levels = list(SkillLevel)
    asked = Asked(
        1, {key: NAMES[key] for key in wanted}, level=some(chance, Level),
        language=some(chance, ("en", "es")), language_level=some(chance, LanguageLevel),
        budget_to=some(chance, (1, 999, 2000)), currency=chance.choice(("USD", "KES")),
        times=chance.sample(TIMES, chance.randint(0, 6)), zone=chance.choice(ZONES),
        speaks=languages(chance),
    )  # fmt: skip
    offered = Offered(
        2, {key: Taught(NAMES[key], chance.choice(levels)) for key in taught},
        speaks=languages(chance), rate=some(chance, (1, 1100, 2200)),
        currency=chance.choice(("USD", "KES")), zone=chance.choice(ZONES),
        rating=some(chance, range(100, 501)), reviews=chance.randint(0, 40),
    )  # fmt: skip
    ground = Ground({3: frozenset({4})}, some(chance, range(100, 501)))
    return asked, offered, ground


def test_the_parts_of_a_thousand_pairs_add_up():
    chance, found = random.Random(5), 0
    while found < 1000:
        asked, offered, ground = any_pair(chance)
        match = match_of(asked, offered, ground, at=NOW)
        if match is None:
            assert not asked.skills.keys() & offered.skills.keys()
            continue
        found += 1
        counted = [part for part in match.parts if part.points is not None]
        assert all(0 <= part.points <= part.most == MOST[part.name] for part in counted)
        points, possible = sum(p.points for p in counted), sum(p.most for p in counted)
        assert (match.points, match.possible) == (points, possible)
        assert match.total == int(100 * points / possible + 0.5)
        assert 0 <= match.total <= 100
        if possible == 100:
            assert match.total == points
