"""Coaches as guests and students search them."""

from datetime import timedelta

import pytest

from app.actions.search_entries import index_coach
from app.clock import now
from db.models.accounts import Side
from db.models.profiles import CoachProfile
from db.models.skills import LanguageLevel
from tests.factories import (
    make_account,
    make_coach,
    make_coach_skill,
    make_language,
    make_request,
    make_skill,
)


def names(answer):
    return answer.texts("#list h2")


def index_all(db):
    for profile in db.query(CoachProfile):
        index_coach(db, profile.account_id)


@pytest.fixture
def two(db):
    """Ann in Kenya and Bob in Spain, who share a skill."""
    for number, (name, country, skill, language, rate) in enumerate([
        ("Ann", "KE", "Jazz", "sw", 1500), ("Bob", "ES", "Guitar", "es", 4000),
    ]):  # fmt: skip
        person = make_account(
            db, first_name=name, last_name="Lee", country=country, role_view=Side.COACH
        )
        make_language(
            db, make_coach(db, person, rate=rate, approved_at=now() - timedelta(hours=number)),
            language, Side.COACH, LanguageLevel.CONVERSATIONAL,
        )  # fmt: skip
        make_coach_skill(db, person, "Piano")
        make_coach_skill(db, person, skill, position=1)


def test_a_guest_narrows_the_list(browser, two):
    page = browser.get("/coaches")
    assert names(page) == ["Ann Lee", "Bob Lee"]
    for values in (
        {"skill": ["jazz"]}, {"skill": ["piano", "jazz"], "all": True}, {"language": ["sw"]},
        {"language": ["sw", "es"], "q": "ann"}, {"price_to": "20"}, {"country": "Kenya"},
        {"country": "ke"}, {"q": "-guitar"},
    ):  # fmt: skip
        found = page.form("#find").fill(**values).submit()
        assert names(found) == ["Ann Lee"], values
        assert found.texts("#hits") == ["1 coach"], values
    fluent = page.form("#find").fill(language=["sw"], language_level="fluent").submit()
    assert names(fluent) == []
    assert fluent.says("Without the language there are 2 coaches")


@pytest.mark.parametrize(("query", "chip"), [
    ("topic=Music", "Music"), ("language=sw", "Speaks Swahili"), ("country=ES", "Spain"),
    ("language=sw&language_level=fluent", "Speaks Swahili, fluent or better"),
    ("new=1", "New coaches"),
    ("price_from=10&price_to=18.50", "$10 to $18.50 an hour"), ("q=a", "“a”"),
    ("rating=4", "4 stars or more"), ("speaks_mine=1", "Speaks my language"),
])  # fmt: skip
def test_what_is_asked_is_said_and_can_be_taken_out(browser, sofia, query, chip):
    page = browser.as_(sofia).get(f"/coaches?{query}")
    assert page.texts(".chips a[aria-label]") == [chip]
    assert not page.click(f"Remove filter: {chip}").has(".chips a")


def test_orders_keep_the_filters(browser, two):
    page = browser.get("/coaches?skill=piano")
    assert page.texts(".tabs a") == ["Newest", "Lowest price", "Highest price"]
    assert names(page.click("Lowest price")) == ["Ann Lee", "Bob Lee"]
    assert names(page.click("Highest price")) == ["Bob Lee", "Ann Lee"]
    assert page.click("Highest price").one("#filters [value=piano]").has_attr("checked")


def test_a_price_order_holds_for_words_too(browser, db, two):
    db.query(CoachProfile).filter_by(handle="ann-lee").one().bio = "I play the guitar"
    index_all(db)
    page = browser.get("/coaches?q=guitar")
    assert page.texts(".tabs a") == ["Relevance", "Newest", "Lowest price", "Highest price"]
    assert names(page) == ["Bob Lee", "Ann Lee"], "who teaches it comes first"
    assert names(page.click("Lowest price")) == ["Ann Lee", "Bob Lee"]


def test_a_topic_of_old_links_is_kept_while_filters_change(browser, db, two):
    make_skill(db, "Piano").topic = "Music"
    index_all(db)
    page = browser.get("/coaches?topic=Music")
    assert len(names(page)) == 2 and page.says("Music")
    assert names(page.form("#find").fill(skill=["jazz"]).submit()) == ["Ann Lee"]


def test_guests_are_offered_nothing_personal(browser, two):
    page = browser.get("/coaches")
    assert not page.has("[name=speaks_mine]") and not page.has("[name=rating]")
    assert not page.has("#list details") and "Best match" not in page.texts(".tabs a")
    assert browser.get("/coaches?sort=match").texts(".tabs [aria-current]") == ["Newest"]


def test_sofia_is_shown_who_fits_her_request_first_and_why(browser, db, two, sofia):
    make_request(db, sofia, skills=("Guitar",))
    page = browser.as_(sofia).get("/coaches")
    assert page.texts(".tabs [aria-current]") == ["Best match"]
    assert names(page) == ["Bob Lee", "Ann Lee"] and len(page.all("#list details")) == 1
    newest = page.click("Newest")
    assert names(newest) == ["Ann Lee", "Bob Lee"] and len(newest.all("#list details")) == 1


def test_sofia_asks_for_coaches_who_speak_her_language(browser, two, sofia):
    page = browser.as_(sofia).get("/coaches")
    assert names(page.form("#find").fill(speaks_mine=True).submit()) == ["Ann Lee"]


def test_a_guest_speaks_no_language_that_could_be_asked_for(browser, two):
    page = browser.get("/coaches?speaks_mine=1")
    assert len(names(page)) == 2 and not page.has(".chips a")


def test_a_rating_is_asked_for_once_somebody_has_one(browser, db, two):
    ann = db.query(CoachProfile).filter_by(handle="ann-lee").one()
    ann.rating, ann.review_count = 460, 5
    index_all(db)
    page = browser.get("/coaches")
    assert "Rating" in page.texts(".tabs a")
    assert page.texts("#coach-ann-lee .meta") == ["Kenya 4.6 of 5 stars, 5 reviews"]
    assert page.texts("#coach-bob-lee .meta") == ["Spain New coach"]
    found = page.form("#find").fill(rating="4").submit()
    assert names(found) == ["Ann Lee"]
    assert names(page.form("#find").fill(new=True).submit()) == ["Bob Lee"]


def test_the_same_first_page_goes_to_every_guest(browser, two):
    assert browser.get("/coaches").text == browser.as_guest().get("/coaches").text


def test_nobody_is_called_new_while_nobody_has_a_rating(browser, two):
    page = browser.get("/coaches")
    assert page.texts("#coach-ann-lee .tag") == ["Piano", "Jazz"]
    assert page.texts("#coach-ann-lee .meta") == ["Kenya"]
