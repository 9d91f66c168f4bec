"""Sofia writes a request that keeps itself: one page is one draft, however it is sent."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.clock import now
from db.models.events import Event
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.submissions import Submission
from tests.browser import Browser
from tests.factories import make_request, make_student

TITLE = "Spanish for my first flat in Madrid"
FIELDS = {
    "title": TITLE,
    "description": "I move in spring and want to speak with my neighbours from the first day.",
    "skills": "Spanish, Conversation",
    "level": "beginner",
    "format": "ongoing",
}
MANY = 8


def only(db):
    db.expire_all()
    return db.query(LearningRequest).one()


def keep(browser, form, **typed):
    """What the page sends by itself a moment after a key was pressed."""
    form.fill(**typed)
    pairs = [pair for pair in form._pairs() if pair[0] != "action"]
    return browser.htmx.post(form.action, [*pairs, ("action", "keep")])


@pytest.fixture
def sofias(browser, sofia):
    return browser.as_(sofia)


@pytest.fixture
def form(sofias):
    return sofias.get("/requests/new").form("/requests")


# A new one.


def test_the_page_asks_to_be_kept_while_it_is_typed_into(sofias):
    page = sofias.get("/requests/new")
    [quiet] = page.all("#request [data-quiet][hx-post='/requests']")
    assert quiet["hx-vals"] == '{"action": "keep"}' and quiet["hx-target"] == "#saved"
    assert "from:#request" in quiet["hx-trigger"] and page.has("#saved")


def test_what_is_typed_is_kept_in_one_draft(sofias, db, form):
    first = keep(sofias, form, title="Spa")
    assert first.is_good and first.says("Draft saved") and first.has("#saved")
    assert first.headers["hx-replace-url"] == f"/requests/{only(db).id}/edit"
    second = keep(sofias, form, title="Spanish for")
    assert second.is_good and only(db).title == "Spanish for" and only(db).is_draft
    assert [event.name for event in db.query(Event)] == ["request.created"]


def test_the_line_that_says_so_names_the_draft_and_its_version(sofias, db, form):
    answer = keep(sofias, form, title="Spa")
    values = {tag["name"]: tag["value"] for tag in answer.all("#saved input")}
    assert values == {"draft": str(only(db).id), "version": str(only(db).version)}


@pytest.mark.parametrize("press", ["save", "preview", "publish"])
def test_the_button_goes_on_with_the_same_draft(sofias, db, form, press):
    keep(sofias, form, title="Spa")
    answer = form.fill(**FIELDS).submit(press)
    assert answer.leads_to(f"/requests/{only(db).id}") and only(db).title == TITLE
    assert only(db).is_draft is (press != "publish")


def test_what_was_kept_after_the_button_was_pressed_changes_nothing(sofias, db, form):
    keep(sofias, form, title="Spa")
    form.fill(**FIELDS).submit("publish")
    late = keep(sofias, form, title="Spa")
    assert late.is_conflict and late.says("Not saved")
    assert only(db).is_open and only(db).title == TITLE


def test_going_back_to_the_page_goes_on_with_the_same_draft(sofias, db, form):
    form.fill(title="Spanish").submit("save")
    assert keep(sofias, form, title="Spanish for Madrid").is_good
    form.fill(title="Spanish for my flat").submit("save")
    assert only(db).title == "Spanish for my flat"


def test_the_same_page_sent_twice_is_one_request(sofias, db, form):
    form.fill(**FIELDS)
    first, second = form.submit("publish"), form.submit("publish")
    assert first.location == second.location and only(db).is_open
    names = [event.name for event in db.query(Event).order_by(Event.id)]
    assert names == ["request.created", "request.posted"]


def test_other_words_from_a_page_that_was_posted_show_both(sofias, db, form):
    form.fill(**FIELDS).submit("publish")
    answer = form.fill(title="Other words from the same page").submit("publish")
    assert answer.is_conflict and answer.says(TITLE)
    again = answer.form("edit")
    assert again.value("title") == "Other words from the same page"
    again.submit("save")
    assert only(db).title == "Other words from the same page"


def test_a_page_whose_request_has_ended_is_told(sofias, db, form):
    form.fill(**FIELDS).submit("publish")
    only(db).status = RequestStatus.CLOSED
    answer = form.fill(title="Other words from the same page").submit("publish")
    assert answer.is_conflict and only(db).title == TITLE


def test_a_page_that_lay_open_for_days_still_knows_its_draft(sofias, db, form):
    answer = keep(sofias, form, title="Spa")
    db.query(Submission).delete()
    values = {tag["name"]: tag["value"] for tag in answer.all("#saved input")}
    fields = dict(form._pairs()) | values | {"title": "Spanish", "action": "keep"}
    assert sofias.htmx.post("/requests", fields).is_good
    assert only(db).title == "Spanish"


def test_a_deleted_draft_does_not_come_back_by_itself(sofias, db, form):
    keep(sofias, form, title="Spa")
    sofias.post(f"/requests/{only(db).id}/delete")
    assert keep(sofias, form, title="Spanish").is_conflict
    assert db.query(LearningRequest).count() == 0
    form.fill(title="Spanish after all").submit("save")
    assert only(db).title == "Spanish after all"


def test_nobody_writes_into_the_draft_of_somebody_else(sofias, db, sam, form):
    other = make_request(db, sam, status=RequestStatus.DRAFT, title="Sam's")
    fields = {"title": "Mine", "draft": str(other.id), "version": "1", "action": "save"}
    sofias.post("/requests", fields)
    db.expire_all()
    assert other.title == "Sam's" and db.query(LearningRequest).count() == 2


def test_a_name_of_a_page_is_one_persons(browser, sofias, db, sam, form):
    keep(sofias, form, title="Spa")
    browser.as_(sam).htmx.post("/requests", dict(form._pairs()) | {"title": "S", "action": "keep"})
    assert {one.title for one in db.query(LearningRequest)} == {"Spa", "S"}


def test_what_is_wrong_is_said_and_nothing_is_lost(sofias, db, form):
    keep(sofias, form, title="Spa")
    answer = keep(sofias, form, title="Spanish", budget_from="much")
    assert answer.status == 422 and answer.says("Not saved yet") and answer.has("#saved")
    assert only(db).title == "Spa"
    assert {tag["name"] for tag in answer.all("#saved input")} <= {"draft", "version"}


def test_who_tells_of_themselves_and_comes_back_can_still_send(browser, db):
    nia = make_student(db)
    form = browser.as_(nia).get("/requests/new").form("/requests")
    told = {"country": "Spain", "time_zone": "Madrid, Spain", "language_1": "en",
            "level_1": "native"}  # fmt: skip
    form.fill(**FIELDS, **told).submit("save")
    form.submit("publish")
    assert only(db).is_open and nia.country == "ES"


# A draft that is there.


def test_a_draft_keeps_itself_on_its_own_page(sofias, db, sofia):
    draft = make_request(db, sofia, status=RequestStatus.DRAFT, title="Spa")
    form = sofias.get(f"/requests/{draft.id}/edit").form("edit")
    assert keep(sofias, form, title="Spanish").is_good
    assert keep(sofias, form, title="Spanish for").is_good
    assert only(db).title == "Spanish for" and only(db).version == 3
    assert form.fill(title="Spanish for me").submit("save").leads_to(f"/requests/{draft.id}")
    assert only(db).title == "Spanish for me"


def test_the_words_a_browser_keeps_have_one_name_before_and_after_a_reload(sofias, db, form):
    """It keeps them by the number of the draft, and knows by the version what they stand on."""
    told = {
        tag["name"]: tag["value"] for tag in keep(sofias, form, title="Spa ").all("#saved input")
    }
    assert told == {"draft": str(only(db).id), "version": "1"}
    opened = sofias.get(f"/requests/{only(db).id}/edit").form("edit")
    assert {name: opened.value(name) for name in told} == told


def test_two_tabs_do_not_overwrite_each_other_unseen(sofias, db, sofia):
    draft = make_request(db, sofia, status=RequestStatus.DRAFT, title="Spa")
    first, second = (sofias.get(f"/requests/{draft.id}/edit").form("edit") for _ in range(2))
    assert keep(sofias, first, title="From the first tab").is_good
    late = keep(sofias, second, title="From the second tab")
    assert late.is_conflict and late.says("another tab")
    assert "Not saved" in late.one("hx-partial[hx-target='#flash'] [role=alert]").get_text()
    assert late.has("hx-partial[hx-target='#saves-itself'][hx-swap=delete]")  # said once
    assert sofias.get(f"/requests/{draft.id}/edit").has("#saves-itself[hx-trigger^=input]")
    assert only(db).title == "From the first tab"
    both = second.submit("save")
    assert both.is_conflict and both.says("From the first tab")
    assert both.form("edit").value("title") == "From the second tab"


@pytest.mark.parametrize("status", ["open", "paused"])
def test_what_coaches_see_never_changes_by_itself(sofias, db, sofia, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    page = sofias.get(f"/requests/{wanted.id}/edit")
    assert not page.has("[hx-vals*='keep']")
    fields = {**FIELDS, "version": "1", "action": "keep"}
    assert sofias.htmx.post(f"/requests/{wanted.id}/edit", fields).is_conflict
    assert only(db).title != TITLE


def test_without_script_a_draft_is_kept_by_a_button(sofias, db, sofia):
    draft = make_request(db, sofia, status=RequestStatus.DRAFT, title="Spa")
    answer = sofias.post(f"/requests/{draft.id}/edit", {"version": "1", "action": "keep"})
    assert answer.leads_to(f"/requests/{draft.id}/edit")


# The preview.


def test_sofia_looks_at_it_as_coaches_will_and_posts_it(sofias, db, form):
    preview = form.fill(**FIELDS).submit("preview").follow()
    assert preview.says("This is how coaches will see it") and preview.says(TITLE)
    assert preview.says("Student in Kenya") and preview.has("a[href$='/edit']")
    answer = preview.form("post").submit("publish")
    assert answer.leads_to(f"/requests/{only(db).id}") and only(db).is_open
    assert preview.form("post").submit("publish").location == answer.location


def test_what_is_missing_is_asked_for_before_it_is_posted(sofias, db, form):
    preview = form.fill(title="Spa").submit("preview").follow()
    answer = preview.form("post").submit("publish")
    assert answer.is_redisplay and answer.error_of("level") and answer.form("edit")
    assert only(db).is_draft


# At once.


@pytest.fixture
def at_once(browser, sofia):
    """Sends forms from one page at the same moment, as two requests in flight arrive."""

    def send(posts):
        ready = [apart(browser.as_(sofia)) for _ in posts]
        browser.settle()
        barrier = threading.Barrier(len(posts))

        def press(number):
            barrier.wait()
            return ready[number].htmx.post(*posts[number])

        with ThreadPoolExecutor(len(posts)) as pool:
            answers = list(pool.map(press, range(len(posts))))
        browser.settle()
        return answers

    return send


def apart(browser):
    twin = Browser(browser.client, browser.db, lambda: None)
    twin.cookies = dict(browser.cookies)
    return twin


def test_many_first_savings_in_flight_are_one_draft(real_database, db, form, at_once):
    fields = dict(form._pairs()) | {"action": "keep"}
    posts = [("/requests", fields | {"title": f"Spanish {number}"}) for number in range(MANY)]
    answers = at_once(posts)
    assert {answer.status for answer in answers} == {200}
    assert only(db).is_draft and only(db).version == MANY


def test_savings_and_the_button_in_flight_are_one_request(real_database, db, form, at_once):
    fields = dict(form._pairs()) | FIELDS
    posts = [("/requests", fields | {"action": action}) for action in ["keep", "publish"] * 4]
    answers = at_once(posts)
    assert {answer.status for answer in answers} <= {200, 409}
    assert only(db).is_open and only(db).title == TITLE
    assert db.query(Event).filter_by(name="request.posted").count() == 1
    assert only(db).posted_at <= now()
