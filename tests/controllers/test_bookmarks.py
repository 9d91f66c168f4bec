import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.clock import now
from db.models.bookmarks import Bookmark
from db.models.learning_requests import RequestStatus
from db.models.proposals import ProposalStatus
from tests.factories import make_bookmark, make_proposal, make_request


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def marks(db) -> int:
    kept = select(func.count()).select_from(Bookmark).where(Bookmark.removed_at.is_(None))
    return db.scalars(kept).one()


def test_coach_marks_a_request_and_takes_the_mark_off(browser, db, wanted, carla):
    carlas = browser.as_(carla)
    page = carlas.get("/requests")
    assert page.one(".bm")["aria-pressed"] == "false"
    assert page.form("bookmark").submit().leads_to(f"/requests/{wanted.id}")
    assert marks(db) == 1
    page = carlas.get("/requests")
    assert page.one(".bm")["aria-pressed"] == "true"
    page.form("unbookmark").submit()
    assert marks(db) == 0


def test_without_script_the_coach_comes_back_to_where_the_button_was(browser, wanted, carla):
    here = {"Referer": "https://skileez.test/requests?q=spanish"}
    answer = browser.as_(carla).post(f"/requests/{wanted.id}/bookmark", headers=here)
    assert answer.location == "/requests?q=spanish"


def test_with_htmx_the_same_button_comes_back_pressed(browser, db, wanted, carla):
    answer = browser.htmx.as_(carla).post(f"/requests/{wanted.id}/bookmark")
    button = answer.one(f"#bookmark-{wanted.id} button")
    assert button["aria-pressed"] == "true"
    assert wanted.title in button["aria-label"]
    assert len(answer.text) < 600
    again = browser.htmx.as_(carla).post(f"/requests/{wanted.id}/unbookmark")
    assert again.one("button")["aria-pressed"] == "false"


def test_marking_twice_is_marking_once(browser, db, wanted, carla):
    for _ in range(2):
        assert browser.as_(carla).post(f"/requests/{wanted.id}/bookmark").status == 303
    assert marks(db) == 1
    for _ in range(2):
        assert browser.as_(carla).post(f"/requests/{wanted.id}/unbookmark").status == 303
    assert marks(db) == 0


@pytest.mark.parametrize("verb", ["bookmark", "unbookmark"])
def test_the_wrong_person_marks_nothing(browser, db, wanted, sofia, sam, verb):
    address = f"/requests/{wanted.id}/{verb}"
    assert browser.post(address).asks_to_sign_in
    assert browser.as_(sam).post(address).is_not_found
    assert browser.as_(sofia).post(address).is_not_allowed
    assert marks(db) == 0


def test_a_student_who_also_teaches_cannot_mark_their_own(browser, db, dora):
    wanted = make_request(db, dora)
    assert browser.as_(dora).post(f"/requests/{wanted.id}/bookmark").is_not_allowed


def test_a_draft_or_an_ended_request_one_never_knew_is_not_there(browser, db, sofia, carla):
    for status in (RequestStatus.DRAFT, RequestStatus.CLOSED, RequestStatus.REMOVED):
        wanted = make_request(db, sofia, status=status)
        assert browser.as_(carla).post(f"/requests/{wanted.id}/bookmark").is_not_found


def test_the_list_shows_ones_own_marks_newest_first_whatever_became_of_them(
    browser, db, sofia, carla, cole
):
    first = make_request(db, sofia, title="Sew a lined jacket")
    second = make_request(db, sofia, title="Play one song on the piano")
    other = make_request(db, sofia, title="Only Cole marked this one")
    make_bookmark(db, first, carla)
    make_bookmark(db, second, carla)
    make_bookmark(db, other, cole)
    second.status = RequestStatus.FILLED
    page = browser.as_(carla).get("/bookmarks")
    assert page.texts(".req h2") == [second.title, first.title]
    assert page.says("Filled")
    assert not page.says(other.title)


def test_a_removed_request_leaves_the_list(browser, db, wanted, sofia, carla):
    make_bookmark(db, wanted, carla)
    wanted.status = RequestStatus.REMOVED
    assert browser.as_(carla).get("/bookmarks").says("Nothing marked yet")


def test_the_list_grows_by_twenty(browser, db, sofia, carla):
    for number in range(45):
        make_bookmark(db, make_request(db, sofia, title=f"Request number {number}"), carla)
    page = browser.as_(carla).get("/bookmarks")
    titles = page.texts(".req h2")
    while page.has(".pager a"):
        page = page.click(page.one(".pager a").get_text(strip=True))
        titles += page.texts(".req h2")
    assert len(titles) == len(set(titles)) == 45


def test_a_student_has_no_list(browser, sofia):
    assert browser.as_(sofia).get("/bookmarks").is_not_allowed


def test_nonsense_for_a_cursor_is_not_found(browser, carla):
    assert browser.as_(carla).get("/bookmarks?after=yesterday").is_not_found


def test_twenty_clicks_at_once_are_one_mark(real_database, app, db, browser, sofia, carla):
    wanted = make_request(db, sofia)
    address = f"/requests/{wanted.id}/bookmark"
    carlas = [browser.as_(carla) for _ in range(20)]
    for one in carlas:
        one.settle()
        one.settle = lambda: None
    start, statuses = threading.Barrier(20), []

    def click(one) -> None:
        start.wait()
        statuses.append(one.htmx.post(address).status)

    clicks = [threading.Thread(target=click, args=(one,)) for one in carlas]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert statuses == [200] * 20
    db.rollback()
    assert marks(db) == 1


def test_of_a_request_that_has_ended_no_live_proposals_are_counted(browser, db, carla, sofia):
    wanted = make_request(db, sofia, status=RequestStatus.CLOSED)
    make_proposal(db, wanted, carla, status=ProposalStatus.EXPIRED)
    make_bookmark(db, wanted, carla)
    for address in ("/bookmarks", f"/requests/{wanted.id}"):
        page = browser.as_(carla).get(address)
        assert page.says(wanted.title) and not page.says("No proposals yet"), address


@pytest.mark.parametrize(
    ("status", "word"),
    [(state, state.capitalize()) for state in ("open", "paused", "filled", "closed", "expired")],
)
def test_the_list_says_how_each_request_stands_now(browser, db, sofia, carla, status, word):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    make_bookmark(db, wanted, carla)
    line = browser.as_(carla).get("/bookmarks").one(f"#mark-{wanted.id}")
    assert line.select_one(".badge").get_text() == word


def test_a_request_that_has_run_out_is_listed_as_such_before_the_sweeper_comes(
    browser, db, wanted, carla
):
    make_bookmark(db, wanted, carla)
    wanted.expires_at = now() - timedelta(seconds=1)
    page = browser.as_(carla).get("/bookmarks")
    assert page.one(".req .badge").get_text() == "Expired" and page.says("This request has ended.")


def test_a_mark_that_was_taken_off_can_be_put_back_where_it_was(browser, db, sofia, wanted, carla):
    newer = make_request(db, sofia, title="Play one song on the piano")
    make_bookmark(db, wanted, carla, created_at=now() - timedelta(days=2), note="Evenings only.")
    make_bookmark(db, newer, carla)
    carlas = browser.as_(carla)
    page = carlas.get("/bookmarks").form(f"/requests/{wanted.id}/unbookmark").submit().follow()
    line = page.one(f"#mark-{wanted.id}")
    assert f"Bookmark removed: “{wanted.title}”" in line.get_text()
    assert not page.says("Evenings only.") and marks(db) == 1
    page = page.form(f"/requests/{wanted.id}/bookmark").submit().follow()
    assert page.texts(".req h2") == [newer.title, wanted.title]
    assert page.says("Evenings only.") and marks(db) == 2


def test_with_htmx_the_line_becomes_the_way_back_and_the_way_back_the_line(
    browser, db, wanted, carla
):
    make_bookmark(db, wanted, carla)
    in_the_list = {"place": "list"}
    carlas = browser.htmx.as_(carla)
    gone = carlas.post(f"/requests/{wanted.id}/unbookmark", in_the_list)
    undo = gone.one(f"#mark-{wanted.id} button[autofocus]")
    assert undo.get_text() == "Undo" and wanted.title in undo["aria-label"]
    back = carlas.post(f"/requests/{wanted.id}/bookmark", in_the_list)
    assert back.one(f"#mark-{wanted.id} button[autofocus]")["aria-pressed"] == "true"


def test_an_ended_request_comes_back_for_a_quarter_of_an_hour_and_not_later(
    browser, db, sofia, carla
):
    wanted = make_request(db, sofia, status=RequestStatus.CLOSED)
    mark = make_bookmark(db, wanted, carla)
    carlas, address = browser.as_(carla), f"/requests/{wanted.id}/bookmark"
    mark.removed_at = now() - timedelta(minutes=14)
    assert carlas.get(f"/requests/{wanted.id}").is_not_found
    assert carlas.post(address).status == 303
    assert carlas.get(f"/requests/{wanted.id}").says(wanted.title)
    db.refresh(mark)
    mark.removed_at = now() - timedelta(minutes=15)
    assert not carlas.get("/bookmarks").says(wanted.title)
    assert carlas.post(address).is_not_found


def test_nobody_else_puts_a_mark_back(browser, db, sofia, carla, cole):
    wanted = make_request(db, sofia, status=RequestStatus.CLOSED)
    make_bookmark(db, wanted, carla, removed_at=now())
    assert browser.as_(cole).post(f"/requests/{wanted.id}/bookmark").is_not_found


def test_without_script_the_page_of_an_ended_request_leads_to_the_list(browser, db, sofia, carla):
    wanted = make_request(db, sofia, status=RequestStatus.CLOSED)
    make_bookmark(db, wanted, carla)
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    page = page.form("unbookmark").submit().follow()
    assert page.path == "/bookmarks" and page.form("bookmark").submit().location == "/bookmarks"


def test_a_removed_mark_is_counted_nowhere(browser, db, wanted, carla):
    make_bookmark(db, wanted, carla, removed_at=now())
    carlas = browser.as_(carla)
    assert carlas.get("/requests").one(".bm")["aria-pressed"] == "false"
    assert carlas.get(f"/requests/{wanted.id}").one(".bm")["aria-pressed"] == "false"
    wanted.status = RequestStatus.PAUSED
    assert carlas.get(f"/requests/{wanted.id}").is_not_found


def test_a_place_no_form_of_ours_has_is_refused(browser, db, wanted, carla):
    carlas = browser.as_(carla)
    assert carlas.post(f"/requests/{wanted.id}/bookmark", {"place": "top"}).status == 422
    assert marks(db) == 0


def test_a_toggle_costs_700_bytes_down_at_most(browser, db, sofia, carla):
    wanted = make_request(db, sofia, title="Ich möchte auf Spanisch über Märkte und Züge reden")
    first, second = (
        browser.htmx.as_(carla).post(f"/requests/{wanted.id}/{verb}")
        for verb in ("bookmark", "unbookmark")
    )
    # HTTP/2 sends a header in full once, and one byte in its place after that.
    sent = sum(
        len(name) + len(value) + 2 if first.headers.get(name) != value else 1
        for name, value in second.headers.items()
    )
    assert sent + int(second.headers["content-length"]) <= 480
