"""A coach's page: what is stored, who sees it, and what is told to those who share it."""

import json
from datetime import date, timedelta

import brotli
import pytest

from app.clock import now
from app.web.outgoing import BROTLI_QUALITY
from db.models.accounts import Side
from db.models.profiles import CoachProfile, CoachStatus
from db.models.skills import LanguageLevel, SkillLevel
from tests.contract_factories import make_contract, make_review
from tests.factories import (
    make_coach_skill,
    make_education,
    make_experience,
    make_language,
    make_message,
    make_picture,
    make_portfolio_item,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)
from tests.statements import statements

HOME = "https://skileez.test"
PAGE = "/coaches/carla-ruiz"
HOSTILE = (
    "</script><script>alert(1)</script>", "<!--<script>", "-->", "]]>", "\u2028\u2029", '"}]}',
    "&lt;/script&gt;", "</title><b>", "' onload='alert(1)", "\\u003c/script\\u003e",
    "<SCRIPT\n>", "</sCrIpT >",
)  # fmt: skip


def data_of(page):
    return json.loads(page.one("script[type='application/ld+json']").string)


def meta(page, name):
    key = "property" if name.startswith("og:") else "name"
    return page.one(f"meta[{key}='{name}']")["content"]


@pytest.fixture
def whole(db, carla):
    """Carla with something in every part of her page."""
    make_coach_skill(db, carla, "Grammar", SkillLevel.ADVANCED, position=1)
    make_language(db, carla, "pt", Side.COACH, LanguageLevel.BASIC)
    make_experience(
        db, carla, title="Spanish teacher", company="Escuela Sol", description="Groups of six.",
        started=date(2015, 3, 1), position=0,
    )  # fmt: skip
    make_experience(
        db, carla, title="Guide", started=date(2011, 7, 1), ended=date(2015, 2, 1), position=1
    )
    make_education(db, carla, degree="Master", field="linguistics", institution="Granada")
    make_education(db, carla, institution="Open courses", ended=None, position=1)
    make_portfolio_item(db, carla, title="Small talk at the market", skills=("Spanish",))
    return carla


def answered(db, coach, count, hours):
    for _ in range(count):
        at, student = now() - timedelta(days=5), make_student(db)
        thread = make_thread(db, student, coach, created_at=at, student_wrote_at=at)
        make_message(db, thread, student, created_at=at)
        if hours is not None:
            make_message(db, thread, coach, created_at=at + timedelta(hours=hours))


def reviewed(db, coach, *stars):
    """Reviews of students that are published."""
    for number in stars:
        student = make_student(db)
        contract = make_contract(db, student, coach)
        make_review(db, contract, student, stars=number, published_at=now())


def test_guest_reads_where_carla_has_worked_and_learned(browser, whole):
    page = browser.get(PAGE)
    assert page.texts("#experience li") == [
        "Spanish teacher, Escuela Sol March 2015 to today Groups of six.",
        "Guide July 2011 to February 2015",
    ]
    assert page.texts("#education li") == [
        "Master in linguistics, Granada September 2006 to June 2011",
        "Open courses September 2006 to today",
    ]
    assert page.texts("#portfolio h3") == ["Small talk at the market"]
    assert [(a["href"], a.get_text()) for a in page.all("nav.tabs a")] == [
        ("#about", "About"), ("#skills", "Skills"), ("#portfolio", "Portfolio"),
        ("#experience", "Experience"), ("#education", "Education"),
    ]  # fmt: skip
    for invented in ("rating", "reviews", "sessions taught", "students"):
        assert invented not in page.one("main").get_text(" ").lower()


def test_what_is_not_there_is_left_out(browser, db, carla):
    profile = db.get(CoachProfile, carla.id)
    profile.bio = profile.headline = ""
    page = browser.get(PAGE)
    for part in (
        "#about",
        "#portfolio",
        "#experience",
        "#education",
        "nav.tabs",
        "main a[href^='/p']",
    ):
        assert not page.has(part), part
    assert page.has("#skills")


def test_carla_alone_is_shown_what_she_could_add(browser, db, carla, mina):
    db.get(CoachProfile, carla.id).bio = ""
    links = "main a[href^='/profile']"
    page = browser.as_(carla).get(PAGE)
    assert [(a["href"], a.get_text()) for a in page.all(links)] == [
        ("/profile/coach", "Edit your profile"),
        ("/profile/coach/headline", "Add your story"),
        ("/profile/portfolio", "Add a piece of your work"),
        ("/profile/experience", "Add your experience"),
        ("/profile/education", "Add your education"),
    ]
    for asking in (browser, browser.as_(mina)):
        assert not asking.get(PAGE).has(links)
    assert browser.as_(carla).get("/profile/coach").has("#address a[href='/profile/coach/address']")


def test_who_has_everything_is_asked_for_nothing(browser, whole):
    page = browser.as_(whole).get(PAGE)
    assert [a.get_text() for a in page.all("main a[href^='/profile']")] == ["Edit your profile"]


def test_pictures_stand_where_coaches_are_shown(browser, db, carla, sofia):
    picture = make_picture(db, carla)
    profile = db.get(CoachProfile, carla.id)
    profile.picture_id = picture.id
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, carla)
    shown = f"img[src='/pictures/{picture.token}']"
    pages = (PAGE, "/coaches", "/", f"/requests/{wanted.id}/proposals")
    asking = browser.as_(sofia)
    for path in pages:
        assert asking.get(path).has(shown), path
        assert not asking.get(path, headers={"Save-Data": "on"}).has("main img"), path
    assert asking.get(f"/pictures/{picture.token}").is_good
    profile.status = CoachStatus.SUSPENDED
    assert not asking.get(pages[-1]).has(shown)  # nobody could open it


def test_what_was_removed_a_moment_ago_is_gone(browser, db, carla):
    make_experience(db, carla, title="Guide", removed_at=now())
    make_education(db, carla, removed_at=now())
    page = browser.get(PAGE)
    assert not page.has("#experience") and not page.has("#education")


def test_carla_is_new_until_three_have_written(browser, db, carla):
    answered(db, carla, 2, 1)
    reviewed(db, carla, 5, 4)
    page = browser.get(PAGE)
    assert page.says("New coach") and not page.says("first messages") and page.says("2 reviews")
    answered(db, carla, 1, 3)
    reviewed(db, carla, 5)
    page = browser.get(PAGE)
    assert not page.says("New coach") and page.says("4.7 of 5 stars")
    assert page.says("3 of 3 first messages") and page.says("usually within an hour")


@pytest.mark.parametrize(("hours", "words"), [
    (2.5, "usually within 3 hours"), (48, "usually within 48 hours"), (49, "usually within 3 days"),
])  # fmt: skip
def test_how_long_answers_take(browser, db, carla, hours, words):
    answered(db, carla, 9, hours)
    answered(db, carla, 1, None)
    page = browser.get(PAGE)
    assert page.says("9 of 10 first messages") and page.says(words)


def test_silence_is_counted_without_a_time(browser, db, carla):
    answered(db, carla, 4, None)
    page = browser.get(PAGE)
    assert page.says("0 of 4 first messages") and not page.says("usually")


def test_the_page_is_a_few_statements(browser, database, db, whole, sofia):
    answered(db, whole, 5, 2)
    reviewed(db, whole, 5, 5, 4)
    for asking, most in ((browser, 8), (browser.as_(sofia), 10)):
        asking.get(PAGE)
        with statements(database) as sent:
            asking.get(PAGE)
        reads = [one for one in sent if one.lstrip().upper().startswith("SELECT")]
        assert len(reads) <= most, "\n".join(reads)


def test_the_page_is_light(browser, db, whole):
    db.get(CoachProfile, whole.id).bio = (
        "I kept the books for my mother’s shop from the age of fifteen. Today I help people who"
        " own one turn a notebook into a sheet they understand.\n\nWe work with your own numbers;"
        " I explain slowly, I never laugh at a question, and you type. Most need three sessions."
    )
    answered(db, whole, 5, 2)
    again = browser.as_guest()
    again.cookies["seen"] = "1"
    assert len(brotli.compress(again.get(PAGE).response.content, quality=BROTLI_QUALITY)) <= 5_000
    first = browser.get(PAGE).response.content
    screen = first[: first.index(b'id="skills"')]  # the style, and what is read before scrolling
    # The headers travel in the same round trip.
    assert len(brotli.compress(screen, quality=BROTLI_QUALITY)) <= 14_600 - 750
    assert len(brotli.compress(first, quality=BROTLI_QUALITY)) <= 15_500


# Those who find it by a link.


def test_a_link_that_is_shared_looks_right(browser, db, whole):
    picture = make_picture(db, whole)
    db.get(CoachProfile, whole.id).picture_id = picture.id
    page = browser.get(PAGE)
    assert page.one("title").string == "Carla Ruiz, Patient lessons for busy people · Skileez"
    said = "Patient lessons for busy people. I have taught for ten years, and I still look forward"
    assert meta(page, "description") == meta(page, "og:description") == f"{said} to it."
    assert page.one("link[rel=canonical]")["href"] == meta(page, "og:url") == HOME + PAGE
    assert meta(page, "og:type") == "profile" and meta(page, "og:site_name") == "Skileez"
    assert meta(page, "og:image") == f"{HOME}/pictures/{picture.token}"
    assert meta(page, "twitter:card") == "summary"
    person = data_of(page)["mainEntity"]
    assert (person["name"], person["image"]) == ("Carla Ruiz", meta(page, "og:image"))
    assert person["knowsAbout"] == ["Spanish", "Grammar"]
    assert person["knowsLanguage"] == ["es", "en", "pt"]


def test_without_a_picture_none_is_named(browser, carla):
    page = browser.get(PAGE)
    assert not page.has("meta[property='og:image']") and "image" not in data_of(page)["mainEntity"]


def test_the_address_is_the_public_one_whatever_the_query(browser, carla):
    page = browser.get(f"{PAGE}?utm_source=mail&q=%3Cscript%3E")
    assert page.one("link[rel=canonical]")["href"] == HOME + PAGE
    assert "utm_source" not in page.text


@pytest.mark.parametrize("text", [*HOSTILE, "".join(HOSTILE)])
def test_hostile_words_stay_words(browser, db, carla, text):
    profile = db.get(CoachProfile, carla.id)
    carla.first_name, carla.last_name = text[:50], "Ruiz"
    profile.headline, profile.bio = text[:80], text
    make_coach_skill(db, carla, text[:40], position=1)
    make_experience(db, carla, title=text[:100], company=text[:100], description=text)
    make_education(db, carla, institution=text[:100], degree=text[:100], field=text[:100])
    page = browser.get(PAGE)
    scripts = page.all("script")
    assert len(scripts) == 2  # ours, and the facts
    person = data_of(page)["mainEntity"]
    assert person["name"] == f"{text[:50]} Ruiz" and text[:40] in person["knowsAbout"]
    raw = scripts[-1].string
    assert not set("<>&") & set(raw)
    assert page.one("h1").get_text() == f"{text[:50]} Ruiz".replace("\n", "\n")
    assert "<script>alert" not in page.text


# Whose page it is.


@pytest.mark.parametrize("status", list(CoachStatus))
def test_who_sees_what_at_each_state(browser, db, whole, sofia, cole, mina, status):
    db.get(CoachProfile, whole.id).status = status
    is_public = status is CoachStatus.APPROVED
    for asking in (browser, browser.as_(sofia), browser.as_(cole)):
        answer = asking.get(PAGE)
        assert answer.is_good == is_public and answer.is_not_found != is_public
    hers, staffs = browser.as_(whole).get(PAGE), browser.as_(mina).get(PAGE)
    for page in (hers, staffs):
        assert page.has("#experience") and page.has("#education")
        assert page.has("meta[name=robots]") != is_public
        assert page.has("script[type='application/ld+json']") == is_public
    assert hers.says("This is your page" if is_public else "Only you and our team")
    assert staffs.says("Not public") != is_public


def test_staff_read_the_page_of_somebody_suspended(browser, sid, mina):
    page = browser.as_(mina).get("/coaches/sid-gray")
    assert page.says("Not public: the account is suspended.") and page.has("meta[name=robots]")
    assert not page.has("script[type='application/ld+json']")


def test_guests_may_ask_for_the_head_alone(browser, carla):
    head = browser.send("HEAD", PAGE)
    assert head.status == 200 and not head.response.content
    assert head.headers["cache-control"] == "private, no-cache"
