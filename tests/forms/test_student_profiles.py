"""The parts of a student's profile, and what would help most next."""

import pytest

from app.clock import now
from app.forms.form import bind
from app.forms.student_profiles import PARTS, AboutForm, GoalForm, LookForm, next_step
from db.queries.student_profiles import StudentPage

NOTHING = StudentPage(
    id=1, first_name="Inés", last_name="Solano", country=None, time_zone="UTC", member_since=now(),
    bio="", goal="", picture=None, languages=[], skills=[],
)  # fmt: skip
ALL = StudentPage(
    id=1, first_name="Inés", last_name="Solano", country="ES", time_zone="Europe/Madrid",
    member_since=now(), bio="I sing.", goal="", picture="t" * 43, languages=[("es", "native")],
    skills=["Guitar"],
)  # fmt: skip


def test_what_helps_most_comes_first_and_nothing_is_counted_twice():
    assert next_step(NOTHING).done == 0 and next_step(NOTHING).next is PARTS["place"]
    assert next_step(ALL).done == next_step(ALL).parts == 5 and next_step(ALL).next is None


def test_each_part_stands_in_its_form_as_it_is_stored():
    assert PARTS["place"].stored(ALL) == {"country": "Spain", "time_zone": "Madrid, Spain"}
    assert PARTS["goal"].stored(ALL) == {"skills": "Guitar", "goal": ""}
    assert PARTS["about"].stored(ALL) == {"bio": "I sing."}


@pytest.mark.parametrize("reason", ["", "Checking", "x" * 301])
def test_a_reason_is_10_to_300_characters(reason):
    assert bind(LookForm, {"reason": [reason]}).error("reason")
    assert bind(LookForm, {"reason": ["x" * 10]}).data


def test_how_long_words_may_be():
    assert bind(AboutForm, {"bio": ["x" * 1001]}).error("bio")
    assert bind(GoalForm, {"goal": ["x" * 301]}).error("goal")
    assert bind(GoalForm, {"skills": ["Guitar"]}).data.skill_names == ["Guitar"]
