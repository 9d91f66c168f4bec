"""The address of a coach's page: chosen, left behind, and never lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.clock import now
from app.forms.versions import version_of
from db.models.accounts import AccountStatus
from db.models.events import Event
from db.models.former_handles import FormerHandle
from db.models.profiles import CoachProfile, CoachStatus
from tests.browser import Browser
from tests.factories import make_coach, make_message, make_thread

ADDRESS = "/profile/coach/address"
TAKEN = "This name is taken."


@pytest.fixture
def renamed(browser):
    """Gives a coach's page another name, as they would in the form."""

    def rename(coach, handle, *, hidden=False):
        form = browser.as_(coach).get(ADDRESS).form("#address")
        form.fill(handle=handle)
        if hidden:
            form.fill(hidden_from_search_engines="yes")
        return form.submit()

    return rename


def handle_of(db, coach):
    return db.get(CoachProfile, coach.id, populate_existing=True).handle


def former(db):
    return {one.handle: one.account_id for one in db.query(FormerHandle)}


# Choosing.


def test_carla_chooses_another_address(browser, db, carla, renamed):
    answer = renamed(carla, "Spanish-With-Carla")
    assert answer.leads_to("/profile/coach")
    assert answer.follow().says("Your page is at /coaches/spanish-with-carla.")
    assert handle_of(db, carla) == "spanish-with-carla"
    assert former(db) == {"carla-ruiz": carla.id}
    event = db.query(Event).filter_by(name="coach_profile.handle_changed").one()
    assert (event.actor_id, event.subject_id, event.side) == (carla.id, carla.id, "coach")
    assert event.detail == {"left": "carla-ruiz", "taken": "spanish-with-carla"}


def test_it_works_as_a_fragment(browser, db, carla):
    asking = browser.as_(carla).htmx
    version = asking.get(ADDRESS).form("#address").value("version")
    answer = asking.post(ADDRESS, {"handle": "carla", "version": version})
    assert answer.is_good and answer.one("section#address a[href='/coaches/carla']")
    assert handle_of(db, carla) == "carla"


def test_a_wrong_form_comes_back_as_it_was_typed(browser, db, carla):
    version = browser.as_(carla).get(ADDRESS).form("#address").value("version")
    fields = {"handle": "Carla Ruiz!", "hidden_from_search_engines": "yes", "version": version}
    for way in (browser.as_(carla), browser.as_(carla).htmx):
        page = way.post(ADDRESS, fields)
        assert page.is_redisplay and page.says("Use the letters a to z")
        form = page.form("#address")
        assert form.value("handle") == "Carla Ruiz!" and form.value("version") == version
        assert page.has("#hidden-from-search-engines[checked]")
    assert handle_of(db, carla) == "carla-ruiz" and not db.query(Event).count()


def test_only_coaches_have_one(browser, sofia, mina, noor):
    for other in (sofia, mina):
        assert browser.as_(other).get(ADDRESS).is_not_allowed
        assert browser.as_(other).post(ADDRESS, {"handle": "me-too"}).is_not_allowed
    assert browser.get(ADDRESS).asks_to_sign_in
    assert browser.as_(noor).get(ADDRESS).is_good


def test_what_changed_meanwhile_is_not_overwritten(browser, db, carla, renamed):
    form = browser.as_(carla).get(ADDRESS).form("#address")
    renamed(carla, "carla")
    answer = form.fill(handle="ruiz").submit()
    assert answer.is_conflict and answer.says("changed meanwhile") and answer.says("ruiz")
    assert handle_of(db, carla) == "carla"


def test_a_second_press_is_no_second_change(browser, db, carla):
    form = browser.as_(carla).get(ADDRESS).form("#address").fill(handle="carla")
    assert form.submit().leads_to("/profile/coach")
    assert form.submit().leads_to("/profile/coach")
    assert db.query(Event).count() == 1


# Taken names.


def test_what_another_coach_has_or_had_is_taken(browser, db, carla, cole, renamed):
    assert renamed(carla, "cole-bennett").says(TAKEN)
    renamed(cole, "cole")
    for name in ("cole", "cole-bennett"):
        answer = renamed(carla, name)
        assert answer.is_redisplay and answer.says(TAKEN)
    assert handle_of(db, carla) == "carla-ruiz"
    assert former(db) == {"cole-bennett": cole.id}
    assert not db.query(Event).filter_by(actor_id=carla.id).count()


def test_carla_takes_her_old_name_back(browser, db, carla, renamed):
    renamed(carla, "carla")
    renamed(carla, "carla-ruiz")
    assert handle_of(db, carla) == "carla-ruiz"
    assert former(db) == {"carla": carla.id}
    assert browser.get("/coaches/carla-ruiz").is_good


def test_a_namesake_who_joins_gets_none_that_leads_elsewhere(browser, db, carla, renamed):
    renamed(carla, "carla")
    fields = {
        "intent": "teach", "first_name": "Carla", "last_name": "Ruiz", "adult": "on",
        "email": "another.carla@skileez.example", "password": "four quiet green chairs",
    }  # fmt: skip
    browser.post("/sign-up", fields)
    assert {one.handle for one in db.query(CoachProfile)} == {"carla", "carla-ruiz-2"}


def test_five_changes_in_thirty_days_are_enough(browser, db, carla, renamed):
    for number in range(5):
        assert renamed(carla, f"carla-{number}").leads_to("/profile/coach")
    answer = renamed(carla, "carla-5")
    assert answer.is_redisplay and answer.says("You have changed your address 5 times in 30 days.")
    assert handle_of(db, carla) == "carla-4"
    assert renamed(carla, "carla-4", hidden=True).leads_to("/profile/coach")
    db.query(Event).filter_by(name="coach_profile.handle_changed").first().at = now() - timedelta(
        days=30, minutes=1
    )
    assert renamed(carla, "carla-5").leads_to("/profile/coach")


# Old names.


def test_old_names_lead_to_the_page(browser, db, carla, sofia, renamed):
    renamed(carla, "carla")
    renamed(carla, "spanish-with-carla")
    for old in ("carla-ruiz", "carla"):
        for asking in (browser, browser.as_(sofia), browser.as_(carla)):
            answer = asking.get(f"/coaches/{old}")
            assert (answer.status, answer.location) == (301, "/coaches/spanish-with-carla")
            assert answer.headers["cache-control"] == "no-store"
        head = browser.send("HEAD", f"/coaches/{old}")
        assert (head.status, head.location) == (301, "/coaches/spanish-with-carla")
    answer = browser.htmx.get("/coaches/carla")
    assert answer.location == "/coaches/spanish-with-carla"


@pytest.mark.parametrize("status", [one for one in CoachStatus if one != "approved"])
def test_old_names_of_a_page_nobody_may_see_lead_nowhere(
    browser, db, carla, cole, mina, renamed, status
):
    renamed(carla, "carla")
    db.get(CoachProfile, carla.id).status = status
    for asking in (browser, browser.as_(cole)):
        assert asking.get("/coaches/carla-ruiz").is_not_found
    for asking in (browser.as_(carla), browser.as_(mina)):
        assert asking.get("/coaches/carla-ruiz").status == 301


def test_old_names_of_somebody_suspended_lead_nowhere(browser, db, carla, sofia, renamed):
    renamed(carla, "carla")
    carla.status = AccountStatus.SUSPENDED
    assert browser.get("/coaches/carla-ruiz").is_not_found
    assert browser.as_(sofia).get("/coaches/carla-ruiz/message").is_not_found


@pytest.mark.parametrize("odd", ["%00", "Carla-Ruiz", "carla-ruiz%0a", "%F0%9F%92%A9", "x" * 300])
def test_other_spellings_of_an_old_name_lead_nowhere(browser, carla, renamed, odd):
    renamed(carla, "carla")
    assert browser.get(f"/coaches/{odd}").is_not_found


def test_sofia_writes_from_an_old_link(browser, db, carla, sofia, renamed):
    form = browser.as_(sofia).get("/coaches/carla-ruiz/message").form("main form")
    renamed(carla, "carla")
    answer = browser.as_(sofia).get("/coaches/carla-ruiz/message")
    assert (answer.status, answer.location) == (301, "/coaches/carla/message")
    sent = form.fill(text="Would Thursday suit you?").submit()
    assert sent.location.startswith("/messages/")
    answer = browser.as_(sofia).get("/coaches/carla-ruiz/message")
    assert answer.location == "/coaches/carla/message"
    assert browser.as_(carla).get("/coaches/carla-ruiz/message").is_not_allowed
    assert browser.get("/coaches/carla-ruiz/message").asks_to_sign_in


def test_threads_and_proposals_name_the_page_as_it_is_called_now(
    browser, db, carla, sofia, renamed
):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia)
    renamed(carla, "carla")
    page = browser.as_(sofia).get(f"/messages/{thread.id}")
    assert page.has("a[href='/coaches/carla']")


# Search engines.


def test_carla_asks_not_to_be_listed(browser, db, carla, renamed):
    renamed(carla, "carla-ruiz", hidden=True)
    assert db.get(CoachProfile, carla.id, populate_existing=True).hidden_from_search_engines
    page = browser.get("/coaches/carla-ruiz")
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert not page.has("script[type='application/ld+json']")
    assert "carla-ruiz" not in browser.send("GET", "/sitemap.xml").text
    assert "Carla Ruiz" in browser.get("/coaches").text
    form = browser.as_(carla).get(ADDRESS).form("#address")
    assert browser.as_(carla).get(ADDRESS).has("#hidden-from-search-engines[checked]")
    without = {"handle": "carla-ruiz", "version": form.value("version")}
    browser.as_(carla).post(ADDRESS, without)
    assert not browser.get("/coaches/carla-ruiz").has("meta[name=robots]")
    assert [one.name for one in db.query(Event).order_by(Event.id)] == [
        "coach_profile.hidden", "coach_profile.shown",
    ]  # fmt: skip


# At the same moment.


def press(browsers, fields):
    """Each browser sends its fields at once; the statuses come back in order."""
    barrier = threading.Barrier(len(browsers))

    def send(number):
        barrier.wait()
        return browsers[number].post(ADDRESS, fields[number]).status

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(send, range(len(browsers))))


@pytest.fixture
def apart(browser, real_database):
    """The same person's browser, which leaves the test's own session alone."""

    def twin(coach):
        asking = browser.as_(coach)
        alone = Browser(asking.client, asking.db, lambda: None)
        alone.cookies = dict(asking.cookies)
        return alone

    return twin


def wanting(handle, coach_handle):
    return {"handle": handle, "version": version_of({"handle": coach_handle})}


def test_ten_coaches_who_want_one_name_are_told_who_was_quicker(browser, db, apart):
    coaches = [make_coach(db, handle=f"coach-{number}") for number in range(10)]
    browsers = [apart(coach) for coach in coaches]
    browser.settle()
    answers = press(browsers, [wanting("the-one", f"coach-{n}") for n in range(10)])
    browser.settle()
    assert sorted(answers) == [303] + [422] * 9
    assert db.query(CoachProfile).filter_by(handle="the-one").count() == 1
    assert db.query(FormerHandle).count() == db.query(Event).count() == 1


def test_a_name_that_is_left_this_moment_goes_to_nobody_else(browser, db, apart, carla, cole):
    browsers = [apart(carla), apart(cole)]
    browser.settle()
    left, wanted = press(
        browsers, [wanting("carla", "carla-ruiz"), wanting("carla-ruiz", "cole-bennett")]
    )
    browser.settle()
    assert (left, wanted) == (303, 422)
    assert (handle_of(db, carla), handle_of(db, cole)) == ("carla", "cole-bennett")
    assert former(db) == {"carla-ruiz": carla.id}


def test_one_coach_in_two_tabs_has_one_name(browser, db, apart, carla):
    browsers = [apart(carla), apart(carla)]
    browser.settle()
    answers = press(browsers, [wanting("carla-a", "carla-ruiz"), wanting("carla-b", "carla-ruiz")])
    browser.settle()
    assert sorted(answers) == [303, 409]
    assert handle_of(db, carla) in ("carla-a", "carla-b")
    assert former(db) == {"carla-ruiz": carla.id}
