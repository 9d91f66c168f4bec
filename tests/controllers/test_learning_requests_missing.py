"""Posting a request asks for what coaches must know of its student, beside the request itself."""

import pytest

from app.clock import now
from db.models.learning_requests import LearningRequest, RequestStatus
from db.queries import student_profiles
from tests.factories import make_account, make_language, make_request, make_student

WRITTEN = {
    "title": "Small talk in Portuguese", "skills": "Portuguese", "level": "beginner",
    "format": "ongoing", "action": "publish",
    "description": "My neighbours speak it, and I would like to say more than good morning.",
}  # fmt: skip
TOLD = {"country": "Kenya", "time_zone": "Nairobi", "language_1": "sw", "level_1": "native"}


@pytest.fixture
def ines(db):
    """She has told nothing of herself yet."""
    return make_student(db, make_account(db, first_name="Inés", last_name="Solano"))


def fill(page, **values):
    words = {name: value for name, value in (WRITTEN | values).items() if name != "action"}
    return page.form("request").fill(**words)


def new(browser, person):
    return browser.as_(person).get("/requests/new")


@pytest.mark.parametrize("htmx", [False, True])
def test_ines_is_asked_on_the_same_page_and_loses_nothing(browser, db, ines, htmx):
    again = fill(new(browser, ines)).submit("publish", htmx=htmx)
    assert again.is_redisplay
    for name in TOLD:
        assert again.error_of(name), name
    assert again.form("request").value("title") == WRITTEN["title"]
    assert db.query(LearningRequest).count() == 0 and ines.country is None
    answer = again.form("request").fill(**TOLD).submit("publish", htmx=htmx)
    wanted = db.query(LearningRequest).one()
    assert answer.leads_to(f"/requests/{wanted.id}") and wanted.status is RequestStatus.OPEN
    db.expire_all()
    assert (ines.country, ines.time_zone) == ("KE", "Africa/Nairobi")
    assert student_profiles.languages(db, ines.id) == [("sw", "native")]
    assert not TOLD.keys() & new(browser, ines).form("request").fields


def test_only_what_is_missing_is_asked(browser, db, ines, sofia):
    assert not TOLD.keys() & new(browser, sofia).form("request").fields
    ines.country = "KE"
    assert TOLD.keys() & new(browser, ines).form("request").fields == TOLD.keys() - {"country"}
    gone = make_language(db, ines, "sw")
    assert TOLD.keys() & new(browser, ines).form("request").fields == {"time_zone"}
    gone.removed_at = now()
    assert "language_1" in new(browser, ines).form("request").fields


@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_asked_is_not_accepted(browser, db, sofia, name):
    answer = browser.as_(sofia).post("/requests", WRITTEN | {name: TOLD[name]})
    assert answer.status == 400
    db.expire_all()
    assert sofia.country == "KE" and db.query(LearningRequest).count() == 0


def test_a_draft_can_do_without_and_keeps_what_was_told(browser, db, ines):
    fill(new(browser, ines)).submit("save")
    draft = db.query(LearningRequest).one()
    assert draft.status is RequestStatus.DRAFT and ines.country is None
    edit = browser.as_(ines).get(f"/requests/{draft.id}/edit")
    edit.form("request").fill(country="Kenya").submit("save")
    db.expire_all()
    assert ines.country == "KE" and draft.is_draft


def test_half_a_language_is_no_language_in_a_draft_either(browser, db, ines):
    again = fill(new(browser, ines), language_1="sw").submit("save")
    assert again.error_of("level_1") and not again.error_of("country")
    assert fill(new(browser, ines), level_1="basic").submit("save").error_of("language_1")


@pytest.mark.parametrize("htmx", [False, True])
def test_a_draft_that_is_posted_asks_too(browser, db, ines, htmx):
    draft = make_request(db, ines, status=RequestStatus.DRAFT)
    page = browser.as_(ines).get(f"/requests/{draft.id}/edit")
    again = page.form("request").submit("publish", htmx=htmx)
    assert again.is_redisplay and again.error_of("country") and again.error_of("language_1")
    again.form("request").fill(**TOLD).submit("publish", htmx=htmx)
    db.expire_all()
    assert draft.status is RequestStatus.OPEN and ines.time_zone == "Africa/Nairobi"


def test_an_open_request_asks_no_more(browser, db, ines):
    wanted = make_request(db, ines)
    page = browser.as_(ines).get(f"/requests/{wanted.id}/edit")
    assert not TOLD.keys() & page.form("request").fields
    assert page.form("request").submit("save").status == 303


def test_an_unconfirmed_address_comes_first_and_nothing_is_kept(browser, db, ines):
    ines.email_confirmed_at = None
    answer = browser.as_(ines).post("/requests", WRITTEN | TOLD)
    assert answer.is_redisplay and answer.says("Confirm your email address first")
    assert answer.form("request").value("country") == "Kenya"
    db.expire_all()
    assert ines.country is None and student_profiles.languages(db, ines.id) == []


def test_a_double_tap_posts_once_and_tells_once(browser, db, ines):
    form = fill(new(browser, ines), **TOLD)
    assert form.submit("publish").location == form.submit("publish").location
    assert db.query(LearningRequest).count() == 1
