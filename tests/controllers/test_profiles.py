"""Coaches for everybody; students as matrix B says."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Side
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from db.models.proposals import ProposalStatus
from db.models.skills import LanguageLevel, SkillLevel
from tests.factories import (
    make_account,
    make_coach,
    make_coach_skill,
    make_language,
    make_message,
    make_proposal,
    make_request,
    make_thread,
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
    make_coach(db, first_name_of(db, "Somebody"), headline="Chess", bio="")
    assert found(browser, words) == ["Carla Ruiz"]


def first_name_of(db, name):
    return make_account(db, first_name=name, last_name="Else", role_view=Side.COACH)


@pytest.mark.parametrize("words", ["arla", "panish", "carla+chess", "%25", "_", "...", "x" * 200])
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
    assert page.one("meta[property='og:title']")["content"] == "Carla Ruiz, coach on Skileez"
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


# A student's page: canaries for matrix B.

SECRETS = ("Mwangi", "Canary bio", "Canary goal", "sofia@skileez.example", "Africa/Nairobi")


@pytest.fixture
def told(db, sofia):
    """Sofia with something to hide."""
    profile = db.get(StudentProfile, sofia.id)
    profile.bio, profile.goal = "Canary bio", "Canary goal"
    return sofia


def test_sofia_reads_her_own_page_and_who_else_can(browser, db, told, carla):
    page = browser.as_(told).get(f"/students/{told.id}")
    for words in ("Sofia Mwangi", "Canary bio", "Canary goal", "Kenya,", "Swahili Fluent"):
        assert page.says(words), words
    assert page.says("Nobody else") and not page.says("Carla Ruiz")
    make_proposal(db, make_request(db, told), carla, status=ProposalStatus.ACCEPTED)
    assert browser.as_(told).get(f"/students/{told.id}").says("Carla Ruiz")


def test_chosen_carla_reads_all_but_the_address(browser, db, told, carla, cole):
    wanted = make_request(db, told)
    make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED)
    make_proposal(db, wanted, cole, status=ProposalStatus.NOT_SELECTED)
    page = browser.as_(carla).get(f"/students/{told.id}")
    for words in ("Sofia Mwangi", "Canary bio", "Canary goal", "Kenya,", "Swahili Fluent"):
        assert page.says(words), words
    assert told.email not in page.text
    assert not page.says("Who can see this page")
    assert browser.as_(cole).get(f"/students/{told.id}").is_not_found


@pytest.mark.parametrize("status", [status for status in ProposalStatus if status != "accepted"])
def test_carla_without_an_accepted_proposal_gets_what_nobody_gets(browser, db, told, carla, status):
    make_proposal(db, make_request(db, told), carla, status=status)
    thread = make_thread(db, told, carla)
    make_message(db, thread, told)
    answer = browser.as_(carla).get(f"/students/{told.id}")
    assert answer.is_not_found
    nobody = browser.as_(carla).get(f"/students/{told.id + 1000}")
    numbers = [one.headers["x-request-id"] for one in (answer, nobody)]
    assert answer.text.replace(numbers[0], "") == nobody.text.replace(numbers[1], "")


def test_nobody_else_gets_any_of_it(browser, db, told, sam, cole, dora, mina):
    for other in (sam, cole, dora, mina):
        answer = browser.as_(other).get(f"/students/{told.id}")
        assert answer.is_not_found
        assert not any(secret in answer.text for secret in SECRETS)
    assert browser.get(f"/students/{told.id}").asks_to_sign_in


@pytest.mark.parametrize("key", ["0", "-1", "01", "x", "9" * 30, "%00", "1.0"])
def test_nonsense_numbers_are_not_found(browser, sofia, key):
    assert browser.as_(sofia).get(f"/students/{key}").is_not_found


def test_what_people_write_is_never_markup(browser, db, told, carla):
    script = "<script>alert(1)</script>"
    profile = db.get(CoachProfile, carla.id)
    profile.headline = profile.bio = script
    db.get(StudentProfile, told.id).bio = script
    for answer in (
        browser.get("/coaches/carla-ruiz"),
        browser.get("/coaches"),
        browser.as_(told).get(f"/students/{told.id}"),
    ):
        assert script not in answer.text
