"""What Inés may leave out, and what she is told about the rest."""

import msgspec
import pytest

from app.forms.form import NOT_OFFERED, bind
from app.forms.learning_requests import DraftForm, RequestForm
from app.forms.student_onboarding import (
    ROWS,
    WelcomeForm,
    asking_for,
    guessed,
    missing_parts,
    rows_of,
)

TOLD = {
    "country": ["KE"], "time_zone": ["Africa/Nairobi"], "language_1": ["sw"],
    "level_1": ["native"],
}  # fmt: skip


def welcome(**posted):
    return bind(WelcomeForm, {**TOLD, **posted}, language=ROWS, level=ROWS)


def test_ines_tells_where_she_is_and_what_she_speaks():
    form = welcome(language_4=["en"], level_4=["basic"]).data
    assert (form.country, form.time_zone) == ("KE", "Africa/Nairobi")
    assert form.speaks == {1: ("sw", "native"), 4: ("en", "basic")}
    assert form.skill_names == [] and form.goal == ""


@pytest.mark.parametrize(
    ("field", "typed"),
    [("country", "Atlantis"), ("time_zone", "Nowhere"), ("language_1", "xx"), ("level_1", "good"),
     ("goal", "x" * 301), ("skills", "x"), ("action", "publish")],
)  # fmt: skip
def test_each_mistake_stands_beside_its_field(field, typed):
    assert set(welcome(**{field: [typed]}).errors) == {field}


def test_no_language_at_all_is_said_once_beside_the_first():
    nothing = {"language_1": [""], "level_1": [""], "language_2": [""]}
    assert list(welcome(**nothing).errors) == ["language_1"]


def test_nine_skills_are_too_many():
    assert welcome(skills=[", ".join(f"Skill {letter}" for letter in "abcdefghi")]).errors


def test_rows_are_those_in_use_and_one_more():
    assert list(rows_of({})) == [1, 2]
    assert list(rows_of({"language_1": "sw"})) == [1, 2]
    assert list(rows_of({"language_3": [""], "level_2": ["basic"]})) == [1, 2, 3]
    assert len(rows_of({f"language_{row}": "sw" for row in ROWS})) == 10


def test_a_zone_is_only_guessed_where_the_country_has_one():
    assert guessed({"time_zone": ""}, "KE")["time_zone"] == "Nairobi, Kenya"
    assert guessed({"time_zone": ""}, "US")["time_zone"] == ""
    assert guessed({"time_zone": "Lima, Peru"}, "KE")["time_zone"] == "Lima, Peru"
    assert guessed({"time_zone": ""}, None)["time_zone"] == ""


def test_utc_is_no_time_zone_somebody_told():
    assert missing_parts(None, "UTC", []) == ("country", "time_zone", "languages")
    assert missing_parts("KE", "Africa/Nairobi", [("sw", "native")]) == ()


@pytest.mark.parametrize("kind", [DraftForm, RequestForm])
def test_a_request_asks_for_what_is_missing_and_nothing_else(kind):
    assert asking_for(kind, ()) is kind
    asked = asking_for(kind, ("country", "languages"))
    assert asked is asking_for(kind, ("country", "languages"))
    more = {field.name for field in msgspec.structs.fields(asked)}
    assert more - {field.name for field in msgspec.structs.fields(kind)} == {
        "country", "language_1", "level_1"
    }  # fmt: skip
    assert bind(asked, {"time_zone": ["Nairobi"]}).problem == NOT_OFFERED
    errors = bind(asked, {}).errors
    assert ("country" in errors) == ("level_1" in errors) == (kind is RequestForm)


def test_the_rules_of_the_request_hold_beside_them():
    asked = asking_for(DraftForm, ("country",))
    form = bind(asked, {"budget_from": ["20"], "budget_to": ["10"]})
    assert "budget_to" in form.errors
