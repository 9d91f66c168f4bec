"""The list behind the bell: what each person was told, newest first, read by looking at it."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Side
from db.models.notices import Notice, NoticeKind
from tests.factories import make_message, make_notice, make_request, make_thread

LINES = "#list > li:has(.conv)"


def badge(page):
    return page.texts("#unread-notices .count")


def unread(db, account):
    db.expire_all()
    return db.query(Notice).filter_by(account_id=account.id, read_at=None).count()


def test_sofia_reads_what_she_was_told_newest_first_and_each_leads_on(browser, db, sofia):
    wanted = make_request(db, sofia)
    make_notice(db, sofia, created_at=now() - timedelta(hours=2))
    make_notice(
        db, sofia, "request_expiring", kind=NoticeKind.REQUEST, path=f"/requests/{wanted.id}",
        detail={"title": "Tax words", "days": 1},
    )  # fmt: skip
    page = browser.as_(sofia).get("/notices")
    first, second = page.texts(LINES)
    assert "Your request closes in 1 day" in first and "“Tax words”" in first
    assert "A coach sent you a proposal" in second and "“Small talk in Spanish”" in second
    assert page.all(f"{LINES} a")[0]["href"] == f"/requests/{wanted.id}"
    assert page.click(" ".join(page.all(f"{LINES} a")[0].get_text(" ").split())).status == 200


def test_looking_reads_what_is_shown_and_the_badge_goes(browser, db, sofia):
    for _ in range(2):
        make_notice(db, sofia)
    sofias = browser.as_(sofia)
    home = sofias.get("/dashboard")
    assert badge(home) == ["unread: 2"]
    assert home.one('.top a[href="/notices"]').get_text(" ").split() == ["Notices", "unread:", "2"]
    page = sofias.get("/notices")
    assert len(page.all(f"{LINES} .badge")) == 2 and badge(page) == []
    assert unread(db, sofia) == 0
    again = sofias.get("/notices")
    assert again.all(f"{LINES} .badge") == [] and len(again.all(LINES)) == 2
    assert badge(sofias.get("/dashboard")) == []


def test_what_is_on_the_next_page_stays_unread_until_it_is_shown(browser, db, sofia):
    for minutes in range(25):
        make_notice(db, sofia, created_at=now() - timedelta(minutes=25 - minutes))
    sofias = browser.as_(sofia)
    page = sofias.get("/notices")
    assert len(page.all(LINES)) == 20 and badge(page) == ["unread: 5"]
    assert unread(db, sofia) == 5
    more = page.one(".pager a")
    fragment = sofias.htmx.get(more["href"])
    assert len(fragment.all(LINES)) == 5 and unread(db, sofia) == 0
    rest = sofias.get(more["href"])
    assert len(rest.all(LINES)) == 5 and rest.one(".pager").has_attr("hidden")


def test_what_is_older_is_together_also_over_two_pages(browser, db, sofia):
    for number in range(25):
        make_notice(db, sofia, created_at=now() - timedelta(days=9, seconds=25 - number))
    sofias = browser.as_(sofia)
    page = sofias.get("/notices")
    assert page.texts("#list h2") == ["Earlier"]
    assert sofias.get(page.one(".pager a")["href"]).all("#list h2") == []


def test_today_and_yesterday_are_named(browser, db, sofia):
    for days in (3, 1, 0):
        make_notice(db, sofia, created_at=now() - timedelta(days=days))
    page = browser.as_(sofia).get("/notices")
    assert page.texts("#list h2") == ["Today", "Yesterday", "Earlier"]


def test_what_staff_decided_stands_in_the_list_itself(browser, db, sofia):
    make_notice(
        db, sofia, "account_warned", kind=NoticeKind.CONDUCT, side=None, path="/notices",
        detail={"reason": ["You asked to be paid elsewhere.", "Do it here."]},
    )  # fmt: skip
    page = browser.as_(sofia).get("/notices")
    assert page.says("You asked to be paid elsewhere. Do it here.")
    assert len(page.all(LINES)) == 1 and not page.all(f"{LINES} a")


@pytest.mark.parametrize("after", ["x", "1-2", "-1", "9" * 30, "1.5"])
def test_a_place_that_no_list_has_is_not_found(browser, sofia, after):
    assert browser.as_(sofia).get(f"/notices?after={after}").status == 404


def test_notices_are_their_own_persons_only(browser, db, sofia, sam, carla):
    of_sofia = make_notice(db, sofia, detail={"title": "Unmistakable"})
    make_notice(db, sam, detail={"title": "Of Sam"})
    for person in (sam, carla):
        asking = browser.as_(person)
        for path in ("/notices", f"/notices?after={of_sofia.id + 1}"):
            assert not asking.get(path).says("Unmistakable")
        assert asking.get(f"/notices/{of_sofia.id}").status == 404
    assert unread(db, sofia) == 1 and unread(db, sam) == 0
    assert browser.as_guest().get("/notices").asks_to_sign_in


def test_both_sides_of_dora_are_in_one_list(browser, db, dora):
    make_notice(db, dora)
    make_notice(
        db, dora, "invitation_received", kind=NoticeKind.INVITATION, side=Side.COACH,
        path="/invitations", detail={"title": "Tax words", "student": "Sofia"},
    )  # fmt: skip
    assert len(browser.as_(dora).get("/notices").all(LINES)) == 2


def test_an_empty_list_says_what_will_be_there(browser, sofia, carla):
    assert browser.as_(sofia).get("/notices").has('.empty a[href="/coaches"]')
    assert browser.as_(carla).get("/notices").has('.empty a[href="/requests"]')


def test_reading_a_thread_reads_what_was_told_about_it(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla)
    about = {"kind": NoticeKind.MESSAGE, "path": f"/messages/{thread.id}", "thread_id": thread.id}
    make_notice(db, sofia, "message_unread", detail={"unread": 1, "title": ""}, **about)
    make_notice(db, sofia)
    sofias = browser.as_(sofia)
    page = sofias.get(f"/messages/{thread.id}")
    assert badge(page) == ["unread: 1"]
    assert unread(db, sofia) == 1 and badge(sofias.get("/dashboard")) == ["unread: 1"]


def test_a_thread_that_was_read_already_reads_its_notices_as_well(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    about = {"kind": NoticeKind.OUTCOME, "path": f"/messages/{thread.id}", "thread_id": thread.id}
    make_notice(db, carla, "proposal_accepted", side=Side.COACH, **about)
    browser.as_(carla).get(f"/messages/{thread.id}")
    assert unread(db, carla) == 0


def test_a_name_is_shown_as_matrix_b_has_it_now(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    about = {"kind": NoticeKind.MESSAGE, "path": f"/messages/{thread.id}", "thread_id": thread.id}
    detail = {"unread": 2, "title": ""}
    make_notice(db, carla, "message_unread", side=Side.COACH, detail=detail, **about)
    make_notice(db, sofia, "message_unread", detail=detail, **about)
    page = browser.as_(carla).get("/notices")
    assert page.says("Sofia wrote to you") and page.says("2 messages")
    assert not page.says(sofia.last_name)
    assert browser.as_(sofia).get("/notices").says("Carla Ruiz wrote to you")
    thread.student_wrote_at = None
    assert browser.as_(carla).get("/notices").says("Student in Kenya wrote to you")
