"""What Noor writes of herself: how it is read, and what is too much, too little or too young."""

import unicodedata
from datetime import date, timedelta

import msgspec
import pytest

from app.clock import now
from app.forms.coach_profiles import (
    DetailsForm,
    GoalForm,
    HeadlineForm,
    SkillsForm,
    age_on,
    read_phone,
    stored_details,
    stored_goal,
    stored_headline,
    stored_skills,
)
from app.forms.form import NOT_OFFERED, WHOLE_FORM, bind, typed
from app.forms.kinds import Wrong
from db.models.profiles import CoachGoal, CoachStatus
from db.models.skills import SkillLevel
from db.queries.coach_profiles import Filled, TaughtSkill

NOORS = {
    "country": "Jordan", "time_zone": "Amman", "birth_date": "1991-04-02", "rate": "14",
    "currency": "EUR",
}  # fmt: skip
STORED = Filled(
    account_id=1, first_name="Noor", last_name="Haddad", country="JO", time_zone="Asia/Amman",
    handle="noor-haddad", status=CoachStatus.DRAFT, goal=CoachGoal.MAIN_INCOME,
    headline="Arabic for two", bio="Once upon a time\nin Amman. " * 5,
    birth_date=date(1991, 4, 2), phone="+962790123456", rate=1400, currency="EUR", picture=None,
    hidden_from_search_engines=False, submitted_at=None, approved_at=None, experiences=0,
    educations=0, portfolio_items=0, languages=0,
    skills=[TaughtSkill(7, "Arabic", SkillLevel.BEGINNER), TaughtSkill(3, "Oud", SkillLevel.ANY)],
)  # fmt: skip
FAMILY = "👩‍👩‍👧‍👦"  # seven code points
ACCENTED = unicodedata.normalize("NFD", "é")  # a letter and a combining mark


def details(**but):
    return bind(DetailsForm, {name: [text] for name, text in (NOORS | but).items()})


def headline(words="Arabic for two", bio="x" * 100):
    return bind(HeadlineForm, {"headline": [words], "bio": [bio]})


# Phones.


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("   ", ""),
        ("+254711000111", "+254711000111"),
        ("+254 711 000 111", "+254711000111"),
        (" +254-711-000-111 ", "+254711000111"),
        ("+254 (711) 000.111", "+254711000111"),
        ("+254/711/000111", "+254711000111"),
        ("+254\u00a0711\u00a0000\u2011111", "+254711000111"),
        ("00254 711 000 111", "+254711000111"),
        ("00 254 711 000 111", "+254711000111"),
        ("+1 202 555 0143", "+12025550143"),
        ("+290 7000", "+2907000"),
        ("+123456789012345", "+123456789012345"),
    ],
)
def test_a_phone_is_read_however_noor_spaces_it(typed, stored):
    assert read_phone(typed) == stored
    assert details(phone=typed).data.phone == stored


@pytest.mark.parametrize(
    "typed",
    [
        "0711000111", "254711000111", "711 000 111", "+", "00", "+0711000111", "+00254711000111",
        "+123456", "+1234567890123456", "+254 711 OOO 111", "+254711000111 ext 4",
        "++254711000111", "+254+711000111", "+٢٥٤٧١١٠٠٠١١١", "+254²711000111", "call me",
    ],
)  # fmt: skip
def test_what_is_no_phone_is_told_how_one_is_written(typed):
    with pytest.raises(Wrong, match="with its country"):
        read_phone(typed)
    assert details(phone=typed).error("phone").startswith("Write the number with its country")


# Ages.


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2000-06-15", "2018-06-14", 17),
        ("2000-06-15", "2018-06-15", 18),
        ("2000-06-15", "2018-06-16", 18),
        ("2000-12-31", "2018-12-30", 17),
        ("2000-12-31", "2019-01-01", 18),
        ("2000-01-01", "2017-12-31", 17),
        ("2000-02-29", "2018-02-28", 17),
        ("2000-02-29", "2018-03-01", 18),
        ("2000-02-29", "2020-02-28", 19),
        ("2000-02-29", "2020-02-29", 20),
        ("2000-03-01", "2020-02-29", 19),
        ("2000-02-28", "2020-02-29", 20),
        ("2018-06-15", "2018-06-15", 0),
        ("2018-06-16", "2018-06-15", -1),
    ],
)
def test_how_old_somebody_is_on_a_day(born, day, age):
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


def test_who_is_a_day_too_young_waits_a_day():
    today = now().date()
    days = (today - timedelta(days) for days in range(18 * 365, 18 * 367))
    last = next(day for day in days if age_on(day, today) == 18)
    assert details(birth_date=last.isoformat()).data.birth_date == last
    young = details(birth_date=(last + timedelta(days=1)).isoformat())
    assert young.error("birth_date") == "Coaches on Skileez are 18 or older."


@pytest.mark.parametrize("born", ["1880-01-01", "0001-01-01", "2990-01-01", "9999-12-31"])
def test_a_year_nobody_living_was_born_in_is_asked_about(born):
    assert details(birth_date=born).error("birth_date") == "Check the year."


@pytest.mark.parametrize("born", ["2001-02-29", "1991-13-01", "02.04.1991", "19910402", "1991"])
def test_what_is_no_day_is_said_once(born):
    assert details(birth_date=born).error("birth_date") == "Write a day such as 2026-11-30."


def test_every_mistake_among_the_details_is_told_at_once():
    wrong = details(
        country="Atlantis", time_zone="Atlantis", birth_date="soon", phone="911", rate="free",
        currency="shells",
    )  # fmt: skip
    assert set(wrong.errors) == {"country", "time_zone", "birth_date", "phone", "rate", "currency"}
    assert set(bind(DetailsForm, {}).errors) == set(NOORS)


# Rates.


@pytest.mark.parametrize("rate", ["5", "500", " 14 ", "014"])
def test_an_hour_costs_5_to_500(rate):
    assert details(rate=rate).data.rate == int(rate)


@pytest.mark.parametrize(
    "rate", ["0", "4", "501", "999999999", "14.50", "14,5", "-14", "1e2", "١٤"]
)
def test_an_hour_costs_nothing_else(rate):
    assert details(rate=rate).error("rate")


# Skills.


def named(count, *, of="Skill {}"):
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ", ".join(of.format(letters[number]) for number in range(count))


def test_noor_names_up_to_fifteen_skills():
    form = bind(SkillsForm, {"skills": [named(15)]})
    assert len(form.data.skill_names) == 15
    many = bind(SkillsForm, {"skills": [named(16)]})
    assert many.error("skills") == "Name at most 15 skills. These are 16."


def test_the_same_skill_written_twice_is_one():
    twice = named(15) + ", SKILL A, skill  b,, "
    assert len(bind(SkillsForm, {"skills": [twice]}).data.skill_names) == 15
    assert bind(SkillsForm, {"skills": [" , ,"]}).data.skill_names == []
    assert bind(SkillsForm, {}).data.skill_names == []


@pytest.mark.parametrize("name", ["x", "x" * 41, "…", "🎸🎸"])
def test_a_skill_has_letters_and_2_to_40_of_them(name):
    assert bind(SkillsForm, {"skills": [f"Arabic, {name}"]}).error("skills")


def test_levels_go_by_the_skills_that_are_there():
    posted = {"level_7": ["advanced"], "level_3": ["any"], "remove": ["3"]}
    form = bind(SkillsForm, posted, level=[7, 3]).data
    assert form.level == {7: SkillLevel.ADVANCED, 3: SkillLevel.ANY}
    assert form.remove == 3
    assert bind(SkillsForm, posted, level=[7]).error(WHOLE_FORM) == NOT_OFFERED
    assert bind(SkillsForm, {"level_7": ["expert"]}, level=[7]).error("level_7")
    assert bind(SkillsForm, {"remove": ["0"]}).error("remove")


# Words.


@pytest.mark.parametrize("letter", ["x", "ع", "語", "é", ACCENTED, "🎸"])
def test_a_headline_has_5_to_80_letters(letter):
    assert headline(letter * 5).data and headline(letter * 80).data
    assert headline(letter * 4).error("headline").endswith("This has 4.")
    assert headline(letter * 81).error("headline")


@pytest.mark.parametrize("letter", ["x", "語", ACCENTED, "🎸"])
def test_a_story_has_100_to_5000_letters(letter):
    assert headline(bio=letter * 100).data and headline(bio=letter * 5000).data
    assert headline(bio=letter * 99).error("bio")
    assert headline(bio=letter * 5001).error("bio")


def test_letters_are_stored_composed_and_lines_stay():
    form = headline(f"Caf{ACCENTED} talk \u202e for\ttwo ", "One.\r\n\r\nTwo. " + "x" * 100).data
    assert form.headline == "Café talk for two"
    assert form.bio.startswith("One.\n\nTwo. x")


def test_a_family_counts_as_its_parts_and_is_never_cut():
    form = headline(f"{FAMILY} at home").data
    assert form.headline == f"{FAMILY} at home"
    assert headline(FAMILY * 11).data
    assert headline(FAMILY * 12).error("headline")


@pytest.mark.parametrize("blank", ["", "    ", "\u200b\u200b\u200b\u200b\u200b", "\n\n\n\n\n\n"])
def test_spaces_are_no_headline(blank):
    assert headline(blank).error("headline") and headline(bio=blank * 30).error("bio")


def test_a_goal_is_one_of_three():
    assert [goal.value for goal in CoachGoal] == ["main_income", "side_income", "no_specific_goal"]
    for goal in CoachGoal:
        assert bind(GoalForm, {"goal": [goal]}).data.goal is goal
    for goal in ("", "riches", "MAIN_INCOME"):
        assert bind(GoalForm, {"goal": [goal]}).error("goal")


@pytest.mark.parametrize("kind", [GoalForm, SkillsForm, HeadlineForm, DetailsForm])
def test_nobody_sets_what_a_form_does_not_offer(kind):
    for field in ("status", "handle", "approved_at", "to_look_at", "account_id"):
        assert bind(kind, {field: ["1"]}).error(WHOLE_FORM) == NOT_OFFERED
    assert bind(kind, {"action": ["approve"]}).error("action")


# What is stored, as it stands in the form.


def test_what_is_stored_stands_in_the_form_and_is_read_back_the_same():
    form = bind(DetailsForm, typed(stored_details(STORED))).data
    assert (form.country, form.time_zone, form.currency) == ("JO", "Asia/Amman", "EUR")
    assert (form.birth_date, form.phone, form.rate) == (date(1991, 4, 2), "+962790123456", 14)
    assert bind(GoalForm, typed(stored_goal(STORED))).data.goal is CoachGoal.MAIN_INCOME
    form = bind(HeadlineForm, typed(stored_headline(STORED))).data
    assert form.headline == STORED.headline
    assert stored_skills(STORED) == {"level_7": SkillLevel.BEGINNER, "level_3": SkillLevel.ANY}


def test_what_is_not_there_stands_nowhere():
    nothing = msgspec.structs.replace(
        STORED, country=None, time_zone="UTC", birth_date=None, phone="", rate=None, goal=None
    )
    stands = {name: texts for name, texts in typed(stored_details(nothing)).items() if any(texts)}
    assert set(stands) == {"currency"}
    assert typed(stored_goal(nothing)) == {}
