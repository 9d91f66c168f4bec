"""Coaches for everybody."""

from datetime import timedelta

import pytest

from app.actions.search_entries import index_coach
from app.clock import now
from db.models.accounts import Side
from db.models.profiles import CoachProfile, CoachStatus
from db.models.skills import LanguageLevel, SkillLevel
from tests.factories import (
    make_account,
    make_coach,
    make_coach_skill,
    make_language,
)

# The list of coaches.


def found(browser, words):
    return browser.get(f"/coaches?q={words}").texts("#list h2")


def test_guest_sees_approved_coaches_newest_first(browser, db, carla, noor, petra, sid):
    fresh = make_account(db, first_name="Fay", last_name="New")
    make_coach(db, fresh, approved_at=now())
    page = browser.get("/coaches")
    assert page.texts("#list h2") == ["Fay New", "Carla Ruiz"]
    assert page.texts("#hits") == ["2 coaches"]


def test_sofia_gets_the_list_as_a_fragment(browser, sofia, carla):
    fragment = browser.as_(sofia).htmx.get("/coaches?q=carla")
    assert fragment.one("#results").select("#list > li")


def test_the_list_goes_on_behind_its_last_row(browser, db):
    for number in range(45):
        make_coach(db, approved_at=now() - timedelta(hours=number))
    seen, path = [], "/coaches"
    while path:
        page = browser.get(path)
        seen += [link["href"] for link in page.all("#list h2 a")]
        more = page.all("#list-pager a")
        path = more[0]["href"] if more else None
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("words", [
    "carla", "RUI", "carla+ruiz", "spani", "patient", "ten", "ruiz+span", "100%25+sure", "élo",
])  # fmt: skip
def test_beginnings_of_words_find_carla(browser, db, carla, words):
    profile = db.get(CoachProfile, carla.id)
    profile.headline = "Patient lessons, 100% sure, with Élodie"
    index_coach(db, carla.id)
    make_coach(db, first_name_of(db, "Somebody"), headline="Chess", bio="")
    assert found(browser, words) == ["Carla Ruiz"]


def first_name_of(db, name):
    return make_account(db, first_name=name, last_name="Else", role_view=Side.COACH)


@pytest.mark.parametrize("words", ["arla", "anish", "carla+chess", "x" * 200])
def test_other_words_find_nobody(browser, carla, words):
    assert found(browser, words) == []


@pytest.mark.parametrize("path", [
    "/coaches?after=nonsense", "/coaches?after=1", "/coaches?after=9-9-9",
    f"/coaches?after={2**70}-{2**70}",
])  # fmt: skip
def test_a_place_no_list_has_is_not_found(browser, carla, path):
    assert browser.get(path).is_not_found


@pytest.mark.parametrize("query", [
    "q=%00", "q=%ed%a0%80", "q=a&q=b", "topic=%00", "topic=" + "x" * 300, "q=" + "%C3%A9" * 90,
])  # fmt: skip
def test_nonsense_finds_something_or_nothing(browser, carla, query):
    assert browser.get(f"/coaches?{query}").is_good


@pytest.mark.parametrize("typed", ["%25", "_", "...", "%22", "-"])
def test_marks_without_a_word_find_everybody(browser, carla, typed):
    assert found(browser, typed) == ["Carla Ruiz"]


# A coach's page.


def test_guest_reads_what_carla_says_of_herself(browser, db, carla):
    make_coach_skill(db, carla, "Grammar", SkillLevel.ADVANCED, position=1)
    make_language(db, carla, "pt", Side.COACH, LanguageLevel.BASIC)
    page = browser.get("/coaches/carla-ruiz")
    for words in (
        "Carla Ruiz", "Patient lessons for busy people", "I have taught for ten years", "Spain,",
        "$18", "New coach", "Spanish Any level", "Grammar Advanced", "Portuguese Basic",
        f"On Skileez since {carla.created_at:%B %Y}",
    ):  # fmt: skip
        assert page.says(words), words
    assert carla.email not in page.text
    home = "https://skileez.test/coaches/carla-ruiz"
    assert page.one("link[rel=canonical]")["href"] == home
    assert page.one("meta[property='og:url']")["content"] == home
    assert not page.has("meta[name=robots]")
    assert page.has("a[href='/coaches/carla-ruiz/message']")


def test_whoever_may_is_offered_to_write(browser, db, carla, sofia, dora, cole):
    write = "a[href$='/message']"
    assert browser.as_(sofia).get("/coaches/carla-ruiz").has(write)
    assert browser.as_(dora).get("/coaches/carla-ruiz").has(write)
    assert not browser.as_(cole).get("/coaches/carla-ruiz").has(write)
    assert not browser.as_(carla).get("/coaches/carla-ruiz").has(write)
    assert not browser.as_(dora).get("/coaches/dora-lindqvist").has(write)


@pytest.mark.parametrize("status", [status for status in CoachStatus if status != "approved"])
def test_a_coach_who_is_not_approved_is_there_for_herself_and_staff(
    browser, db, carla, sofia, cole, mina, status
):
    db.get(CoachProfile, carla.id).status = status
    nobody = browser.get("/coaches/nobody")
    assert nobody.is_not_found
    for other in (browser, browser.as_(sofia), browser.as_(cole)):
        assert other.get("/coaches/carla-ruiz").is_not_found
    hers = browser.as_(carla).get("/coaches/carla-ruiz")
    assert hers.says("Only you and our team") and hers.has("meta[name=robots]")
    assert browser.as_(mina).get("/coaches/carla-ruiz").says("Not public")
    assert "Carla" not in browser.get("/coaches").text


def test_suspended_sid_is_not_there(browser, sid):
    assert browser.get("/coaches/sid-gray").is_not_found


@pytest.mark.parametrize(
    "handle", ["%00", "carla-ruiz%0a", "%20carla-ruiz", "Carla-Ruiz", "%F0%9F%8E%B8"]
)
def test_other_spellings_are_not_found(browser, carla, handle):
    assert browser.get(f"/coaches/{handle}").is_not_found


def test_an_empty_profile_breaks_nothing(browser, db):
    coach = make_account(db, first_name="Bo", last_name="Li")
    make_coach(db, coach, headline="", bio="", rate=None)
    page = browser.get("/coaches/bo-li")
    assert page.is_good and not page.says("now")


def test_what_people_write_is_never_markup(browser, db, carla):
    script = "<script>alert(1)</script>"
    profile = db.get(CoachProfile, carla.id)
    profile.headline = profile.bio = script
    for answer in (browser.get("/coaches/carla-ruiz"), browser.get("/coaches")):
        assert script not in answer.text
