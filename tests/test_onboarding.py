"""How far a coach is, asked of what is stored: Noor at every point of her way, Carla at its end."""

from datetime import date

import msgspec
import pytest

from app.clock import now
from app.forms.coach_onboarding import REQUIRED, STEPS, step_named
from app.onboarding import (
    blocked_by,
    completeness,
    first_open,
    is_done,
    marks,
    missing,
)
from db.models.profiles import CoachGoal, CoachStatus
from db.models.skills import SkillLevel
from db.queries.coach_profiles import Filled, TaughtSkill

NOTHING = Filled(
    account_id=1, first_name="Noor", last_name="Haddad", country=None, time_zone="UTC",
    handle="noor-haddad", status=CoachStatus.DRAFT, goal=None, headline="", bio="",
    birth_date=None, phone="", rate=None, currency="EUR", picture=None,
    hidden_from_search_engines=False, submitted_at=None, approved_at=None, experiences=0,
    educations=0, portfolio_items=0, languages=0, skills=[],
)  # fmt: skip
# What makes each step done.
PARTS = {
    "goal": {"goal": CoachGoal.NO_SPECIFIC_GOAL},
    "skills": {"skills": [TaughtSkill(7, "Arabic", SkillLevel.ANY)]},
    "experience": {"experiences": 1},
    "education": {"educations": 1},
    "portfolio": {"portfolio_items": 1},
    "languages": {"languages": 1},
    "headline": {"headline": "Hello", "bio": "x" * 100},
    "details": {
        "country": "JO", "time_zone": "Asia/Amman", "birth_date": date(1991, 4, 2), "rate": 1400,
    },
}  # fmt: skip
NEEDED = [step.name for step in REQUIRED]
EXTRAS = ["experience", "education", "portfolio"]
SENT = [status for status in CoachStatus if status is not CoachStatus.DRAFT]


def having(*names, **but):
    values = {key: value for name in names for key, value in PARTS[name].items()}
    return msgspec.structs.replace(NOTHING, **(values | but))


ALL = having(*PARTS)


def names(steps):
    return [step.name for step in steps]


def step(name):
    return step_named(name)


@pytest.mark.parametrize("name", PARTS)
def test_each_part_noor_fills_in_is_one_step_done(name):
    assert [one for one in PARTS if is_done(step(one), having(name))] == [name]
    assert not is_done(step("review"), having(name))


@pytest.mark.parametrize(
    ("name", "but"),
    [
        ("headline", {"headline": "Four"}), ("headline", {"headline": ""}),
        ("headline", {"bio": "x" * 99}), ("headline", {"bio": ""}),
        ("details", {"country": None}), ("details", {"time_zone": "UTC"}),
        ("details", {"birth_date": None}), ("details", {"rate": None}),
        ("skills", {"skills": []}), ("languages", {"languages": 0}), ("goal", {"goal": None}),
    ],
)  # fmt: skip
def test_half_a_part_is_not_done(name, but):
    half = msgspec.structs.replace(ALL, **but)
    assert names(missing(half)) == [name]
    assert not is_done(step(name), half)


def test_phone_and_picture_are_never_missing():
    assert not missing(having(*NEEDED, phone="", picture=None))


@pytest.mark.parametrize(
    ("there", "lacking"),
    [
        ((), NEEDED),
        (EXTRAS, NEEDED),
        (("goal",), ["skills", "languages", "headline", "details"]),
        (("details", "goal", "portfolio"), ["skills", "languages", "headline"]),
        (("skills", "languages", "headline", "details"), ["goal"]),
        (NEEDED, []),
        (tuple(PARTS), []),
    ],
)
def test_what_noor_still_has_to_fill_in(there, lacking):
    assert names(missing(having(*there))) == lacking
    for status in SENT:
        assert names(missing(having(*there, status=status))) == lacking


@pytest.mark.parametrize(
    ("there", "open_until", "leads_to"),
    [
        ((), "goal", "goal"),
        (("skills", "languages"), "goal", "goal"),
        (("goal",), "skills", "skills"),
        (("goal", "skills"), "languages", "languages"),
        (("goal", "skills", "details"), "languages", "languages"),
        (("goal", "skills", "languages"), "headline", "headline"),
        (("goal", "skills", "languages", "headline"), "details", "details"),
    ],
)
def test_steps_open_up_to_the_first_that_is_needed(there, open_until, leads_to):
    noor = having(*there)
    last = step(open_until).number
    for one in STEPS:
        first = blocked_by(one, noor)
        assert (first and first.name) == (leads_to if one.number > last else None), one.name
    assert [mark.may_open for mark in marks(STEPS[0], noor, ())] == [
        one.number <= last for one in STEPS
    ]


def test_every_step_is_open_once_all_is_there():
    assert not any(blocked_by(one, having(*NEEDED)) for one in STEPS)


@pytest.mark.parametrize("status", SENT)
def test_nobody_who_was_sent_once_is_led_back(status):
    emptied = having(status=status, submitted_at=now())
    assert not any(blocked_by(one, emptied) for one in STEPS)
    assert all(mark.may_open for mark in marks(STEPS[4], emptied, ()))


@pytest.mark.parametrize(
    ("there", "drafted", "goes_on_at"),
    [
        ((), (), "goal"),
        (("goal",), (), "skills"),
        (("goal", "skills"), (), "experience"),
        (("goal", "skills", "experience"), (), "education"),
        (("goal", "skills", *EXTRAS), (), "languages"),
        (("goal", "skills", "languages", "headline", "details"), (), "review"),
        (tuple(PARTS), (), "review"),
        (tuple(PARTS), ("education",), "education"),
        (tuple(PARTS), ("details", "skills"), "skills"),
        (("goal", "skills"), ("education",), "experience"),
        (("goal",), ("goal",), "goal"),
    ],
)
def test_where_noor_goes_on(there, drafted, goes_on_at):
    assert first_open(having(*there), drafted).name == goes_on_at


@pytest.mark.parametrize(
    ("status", "goes_on_at", "is_sent"),
    [(CoachStatus.DRAFT, "review", False), (CoachStatus.CHANGES_REQUESTED, "review", False)]
    + [(status, "review", True) for status in SENT if status != CoachStatus.CHANGES_REQUESTED],
)
def test_the_last_step_is_done_when_it_is_sent(status, goes_on_at, is_sent):
    noor = having(*PARTS, status=status)
    assert is_done(step("review"), noor) is is_sent
    assert first_open(noor, ()).name == goes_on_at


def test_the_indicator_names_nine_states():
    noor = having("goal", "skills", "education", "languages")
    found = marks(step("headline"), noor, {"portfolio"})
    assert [(mark.step.name, mark.state, mark.may_open, mark.is_draft) for mark in found] == [
        ("goal", "done", True, False),
        ("skills", "done", True, False),
        ("experience", "optional", True, False),
        ("education", "done", True, False),
        ("portfolio", "optional", True, True),
        ("languages", "done", True, False),
        ("headline", "current", True, False),
        ("details", "to_do", False, False),
        ("review", "to_do", False, False),
    ]


def test_a_step_that_is_looked_at_again_is_current_though_it_is_done():
    states = [mark.state for mark in marks(step("skills"), ALL, ())]
    assert states == ["done", "current", *["done"] * 6, "to_do"]
    carla = msgspec.structs.replace(ALL, status=CoachStatus.APPROVED)
    assert [mark.state for mark in marks(STEPS[0], carla, ())] == ["current", *["done"] * 8]


@pytest.mark.parametrize(
    ("there", "but", "done", "address"),
    [
        ((), {}, 0, "/profile/coach/headline"),
        (("headline",), {}, 1, "/profile/coach/skills"),
        (("headline", "skills"), {}, 2, "/profile/coach/languages"),
        (("headline", "skills", "languages"), {}, 3, "/profile/coach/details"),
        (NEEDED, {}, 5, "/profile/coach/details"),
        (NEEDED, {"picture": "t" * 43}, 6, "/profile/experience"),
        ((*NEEDED, "experience"), {"picture": "t" * 43}, 7, "/profile/portfolio"),
        ((*NEEDED, "experience", "portfolio"), {"picture": "t" * 43}, 8, "/profile/education"),
        (set(PARTS) - {"goal"}, {"picture": "t" * 43}, 8, "/profile/coach/goal"),
        (tuple(PARTS), {"picture": "t" * 43}, 9, ""),
    ],
)
def test_what_helps_carla_most_comes_next(there, but, done, address):
    found = completeness(having(*there, **but))
    assert (found.done, found.parts, found.address) == (done, 9, address)
    assert bool(found.next) == bool(address)


def test_a_picture_is_asked_for_in_its_own_words():
    assert completeness(having(*NEEDED)).next == "Add a picture"
