"""How well two go together: every part at its edges."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.matching import (
    BUDGET,
    LANGUAGE,
    LEVEL,
    MOST,
    RATING,
    SKILLS,
    TIMES,
    is_new,
    match_of,
)
from db.models.skills import LanguageLevel, Level, SkillLevel
from db.queries.match_facts import Asked, Ground, Offered, Taught

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PYTHON, FLASK, SQL, DJANGO = 1, 2, 3, 4
NAMES = {PYTHON: "Python", FLASK: "Flask", SQL: "SQL", DJANGO: "Django"}
BASIC, TALKS, FLUENT, NATIVE = LanguageLevel


def sofias(*skills: int, **but: Any) -> Asked:
    """What Sofia asks for: one skill, and nothing more."""
    return Asked(7, {key: NAMES[key] for key in skills or (PYTHON,)}, **but)


def carlas(*skills: int, level: SkillLevel = SkillLevel.ANY, **but: Any) -> Offered:
    """What Carla offers: one skill, and nothing more."""
    return Offered(8, {key: Taught(NAMES[key], level) for key in skills or (PYTHON,)}, **but)


def part(name: str, asked: Asked, offered: Offered, ground: Ground | None = None) -> Any:
    match = match_of(asked, offered, ground or Ground(), at=NOW)
    assert match
    return next(part for part in match.parts if part.name == name)


def test_all_parts_come_to_a_hundred():
    assert sum(MOST.values()) == 100


# Skills.


def test_without_a_common_skill_there_is_no_match():
    assert match_of(sofias(SQL), carlas(PYTHON), Ground(), at=NOW) is None


def test_a_skill_that_is_only_close_is_no_match():
    ground = Ground(related={FLASK: frozenset({PYTHON})})
    assert match_of(sofias(FLASK), carlas(PYTHON), ground, at=NOW) is None


@pytest.mark.parametrize(
    ("wanted", "taught", "points", "words"),
    [
        ((PYTHON,), (PYTHON, SQL), 40, "Python"),
        ((PYTHON, FLASK, SQL), (PYTHON, FLASK), 27, "Python, Flask; missing SQL"),
        ((PYTHON, FLASK, SQL), (PYTHON,), 13, "Python; missing Flask, SQL"),
        ((PYTHON, DJANGO), (PYTHON, FLASK), 30, "Python; Flask is close to Django"),
        (
            (PYTHON, DJANGO, SQL), (PYTHON, FLASK), 20,
            "Python; Flask is close to Django; missing SQL",
        ),
    ],
)  # fmt: skip
def test_skills_are_shared_out_and_a_close_one_is_half(wanted, taught, points, words):
    ground = Ground(related={DJANGO: frozenset({FLASK}), FLASK: frozenset({DJANGO})})
    found = part(SKILLS, sofias(*wanted), carlas(*taught), ground)
    assert (found.points, found.words) == (points, words)


def test_carla_is_told_which_skills_would_raise_it():
    ground = Ground(related={DJANGO: frozenset({FLASK})})
    found = part(SKILLS, sofias(PYTHON, DJANGO, SQL), carlas(PYTHON, FLASK), ground)
    assert found.raised == "If you teach SQL or Django, add it to your skills."
    assert part(SKILLS, sofias(), carlas()).raised == ""


# Language.


@pytest.mark.parametrize(
    ("hers", "coachs", "points", "words"),
    [
        ({"en": NATIVE}, {"en": FLUENT}, 20, "English, fluent"),
        ({"en": NATIVE}, {"en": NATIVE}, 20, "English, native"),
        ({"en": TALKS}, {"en": NATIVE}, 12, "English, conversational"),
        ({"en": NATIVE}, {"en": BASIC}, 5, "English, basic"),
        ({"en": BASIC, "es": TALKS}, {"en": NATIVE, "es": NATIVE}, 12, "Spanish, conversational"),
        ({"en": NATIVE}, {"es": NATIVE}, 0, "None in common"),
    ],
)
def test_the_best_common_language_counts_by_the_weaker_level(hers, coachs, points, words):
    found = part(LANGUAGE, sofias(speaks=hers), carlas(speaks=coachs))
    assert (found.points, found.words) == (points, words)


@pytest.mark.parametrize(
    ("coachs", "points", "words"),
    [
        ({"en": NATIVE}, 0, "Spanish is asked for"),
        ({"es": TALKS}, 0, "Spanish: conversational, asked for is fluent or better"),
        ({"es": FLUENT, "en": BASIC}, 20, "Spanish, fluent"),
    ],
)
def test_where_a_language_of_teaching_is_named_only_that_one_counts(coachs, points, words):
    wanted = sofias(language="es", language_level=FLUENT, speaks={"en": NATIVE})
    found = part(LANGUAGE, wanted, carlas(speaks=coachs))
    assert (found.points, found.words) == (points, words)


def test_the_language_of_teaching_is_as_good_as_the_weaker_of_both():
    wanted = sofias(language="es", speaks={"es": BASIC})
    assert part(LANGUAGE, wanted, carlas(speaks={"es": NATIVE})).points == 5


def test_carla_is_told_of_her_own_level_but_not_of_sofias():
    hers = sofias(speaks={"en": NATIVE})
    assert "change it there" in part(LANGUAGE, hers, carlas(speaks={"en": TALKS})).raised
    hers = sofias(speaks={"en": TALKS})
    assert part(LANGUAGE, hers, carlas(speaks={"en": NATIVE})).raised == ""
    hers = sofias(speaks={"en": TALKS})
    assert part(LANGUAGE, hers, carlas(speaks={"en": TALKS})).raised == ""


def test_without_a_word_about_languages_they_do_not_count():
    assert part(LANGUAGE, sofias(), carlas(speaks={"en": NATIVE})).points is None
    assert part(LANGUAGE, sofias(speaks={"en": NATIVE}), carlas()).points is None


# Budget.


@pytest.mark.parametrize(
    ("rate", "points", "words"),
    [
        (500, 15, "Within the budget"),
        (2000, 15, "Within the budget"),
        (2001, 15, "Just above the budget"),
        (2100, 12, "5% above the budget"),
        (2250, 8, "13% above the budget"),
        (2499, 0, "25% above the budget"),
        (2500, 0, "25% above the budget"),
        (9000, 0, "350% above the budget"),
    ],
)
def test_a_price_above_the_budget_falls_to_nothing_at_a_quarter(rate, points, words):
    wanted, offered = sofias(budget_to=2000, currency="USD"), carlas(rate=rate, currency="USD")
    found = part(BUDGET, wanted, offered)
    assert (found.points, found.words) == (points, words)
    assert bool(found.raised) == (points < 15)


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ({"currency": "USD"}, {"rate": 1000, "currency": "USD"}),
        ({"budget_to": 1000, "currency": "USD"}, {"currency": "USD"}),
        ({"budget_to": 1000, "currency": "USD"}, {"rate": 1000, "currency": "EUR"}),
    ],
)
def test_without_two_prices_in_one_currency_the_budget_does_not_count(wanted, offered):
    assert part(BUDGET, sofias(**wanted), carlas(**offered)).points is None


# Times.


def test_times_count_by_what_lies_in_the_coachs_day():
    def points(zone: str, *times: str) -> Any:
        wanted = sofias(times=times, zone="Africa/Nairobi")
        found = part(TIMES, wanted, carlas(zone=zone))
        return found.points, found.words.partition(" ")[0]

    assert points("Africa/Nairobi", "mon_afternoon", "tue_evening") == (10, "All")
    assert points("Africa/Nairobi", "mon_morning") == (8, "Most")  # from 7 on
    assert points("Europe/Madrid", "wed_evening") == (10, "All")  # 16 to 20 there
    assert points("America/New_York", "mon_morning") == (0, "None")  # 22 to 4 there
    assert points("America/New_York", "mon_afternoon") == (5, "Most")  # 4 to 10 there
    assert points("America/New_York", "mon_morning", "mon_evening") == (4, "Some")


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ({"zone": "Africa/Nairobi"}, {"zone": "Europe/Madrid"}),
        ({"zone": "UTC", "times": ("mon_morning",)}, {"zone": "Europe/Madrid"}),
        ({"zone": "Africa/Nairobi", "times": ("mon_morning",)}, {"zone": "UTC"}),
        ({"zone": "Africa/Nairobi", "times": ("mon_morning",)}, {"zone": "Nowhere/Else"}),
    ],
)
def test_without_times_and_two_zones_they_do_not_count(wanted, offered):
    assert part(TIMES, sofias(**wanted), carlas(**offered)).points is None


# Level.


@pytest.mark.parametrize(
    ("level", "points"),
    [(SkillLevel.ANY, 5), (SkillLevel.BEGINNER, 5), (SkillLevel.ADVANCED, 0)],
)
def test_the_level_counts_where_the_coach_teaches_it(level, points):
    found = part(LEVEL, sofias(level=Level.BEGINNER), carlas(level=level))
    assert found.points == points
    assert bool(found.raised) == (points < 5)


def test_the_level_is_that_of_the_common_skills():
    skills = {
        PYTHON: Taught("Python", SkillLevel.BEGINNER),
        FLASK: Taught("Flask", SkillLevel.ADVANCED),
        SQL: Taught("SQL", SkillLevel.ADVANCED),
    }
    wanted = sofias(PYTHON, FLASK, level=Level.BEGINNER)
    found = part(LEVEL, wanted, Offered(8, skills))
    assert (found.points, found.words) == (3, "Beginner is not taught in Flask")
    assert part(LEVEL, sofias(), carlas()).points is None


# Rating.


@pytest.mark.parametrize(
    ("mean", "rating", "reviews", "points"),
    [
        (None, None, 0, None),
        (460, None, 0, 8),
        (460, None, 2, 8),
        (500, 500, 90, 10),
        (300, 300, 90, 0),
        (400, 500, 5, 8),  # (5 × 4.0 + 5 × 5.0) ÷ 10 = 4.5
        (400, 100, 100, 0),
        (300, 500, 15, 8),  # 4.5
    ],
)
def test_a_rating_weighs_as_much_as_there_are_reviews(mean, rating, reviews, points):
    found = part(RATING, sofias(), carlas(rating=rating, reviews=reviews), Ground(mean=mean))
    assert found.points == points


def test_who_has_fewer_than_three_reviews_is_new():
    assert is_new(carlas()) and is_new(carlas(reviews=2))
    assert not is_new(carlas(rating=450, reviews=3))


# What the parts come to.


def test_what_is_left_out_is_scaled_away():
    match = match_of(sofias(PYTHON, SQL), carlas(PYTHON), Ground(), at=NOW)
    assert match
    assert (match.points, match.possible, match.total, match.is_scaled) == (20, 40, 50, True)
    assert [part.name for part in match.parts] == list(MOST)
    assert all(part.words for part in match.parts)


def test_nothing_left_out_is_its_own_total():
    wanted = sofias(
        level=Level.BEGINNER, speaks={"en": NATIVE}, budget_to=1000, currency="USD",
        times=("mon_evening",), zone="Africa/Nairobi",
    )  # fmt: skip
    offered = carlas(
        speaks={"en": NATIVE}, rate=1000, currency="USD", zone="Africa/Nairobi", rating=400,
        reviews=5,
    )  # fmt: skip
    match = match_of(wanted, offered, Ground(mean=400), at=NOW)
    assert match and (match.points, match.total, match.is_scaled) == (95, 95, False)
