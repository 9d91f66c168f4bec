from datetime import timedelta

import brotli
import pytest
from sqlalchemy import event

from app.clock import now
from db.models.accounts import Side
from db.models.messages import Message
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import ProposalStatus
from db.models.threads import Thread
from tests.factories import (
    make_coach,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)

CARLA = "/coaches/carla-ruiz/message"


@pytest.fixture
def thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Hello Carla")
    make_message(db, thread, carla, "Would Thursday suit you?")
    return thread


# The inbox.


def test_sofia_finds_her_threads_with_the_last_line_and_what_is_new(browser, thread, sofia):
    page = browser.as_(sofia).get("/messages")
    row = page.one(f"a[href='/messages/{thread.id}']")
    assert "Carla Ruiz" in row.text and "Would Thursday suit you?" in row.text
    assert row.select_one(".count").get_text() == "unread: 1"
    assert page.one("#unread").get_text() == "unread: 1"


def test_carla_sees_a_first_name_and_her_own_words_as_hers(browser, thread, carla):
    row = browser.as_(carla).get("/messages").one(".conv").text
    assert "Sofia" in row and "Mwangi" not in row
    assert "You: Would Thursday suit you?" in " ".join(row.split())


def test_an_accepted_proposal_gives_the_full_name_and_the_request(browser, db, sofia, carla):
    wanted = make_request(db, sofia, title="Spanish for Madrid")
    proposal = make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED)
    make_thread(db, sofia, carla, proposal_id=proposal.id, student_wrote_at=None)
    page = browser.as_(carla).get("/messages")
    assert page.says("Sofia Mwangi") and page.says("Spanish for Madrid")
    assert page.says("No messages yet")


def test_an_empty_inbox_says_how_contact_begins(browser, sam, cole):
    assert browser.as_(sam).get("/messages").has("a[href='/coaches']")
    assert browser.as_(cole).get("/messages").says("Students begin")


def test_more_than_a_page_grows_by_a_real_link(browser, db, carla):
    for number in range(25):
        thread = make_thread(db, make_student(db), carla)
        make_message(db, thread, carla, created_at=now() - timedelta(minutes=number))
    page = browser.as_(carla).get("/messages")
    assert len(page.all(".conv")) == 20
    assert len(page.click("Show 20 more").all(".conv")) == 5


def test_a_guest_signs_in_first(browser):
    assert browser.get("/messages").asks_to_sign_in


# One thread.


def test_opening_a_thread_shows_it_and_marks_it_read(browser, db, thread, sofia, carla):
    page = browser.as_(sofia).get(f"/messages/{thread.id}")
    assert page.texts("#past .msg > p:not(.sent)") == ["Hello Carla", "Would Thursday suit you?"]
    assert page.has("#m1.mine") and not page.has("#m2.mine")
    assert page.one("#unread").get_text() == ""
    db.refresh(thread)
    assert (thread.student_read, thread.coach_read) == (2, 2)
    assert browser.as_(sofia).get("/messages").one("#unread").get_text() == ""


def test_seen_stands_under_the_last_own_message_the_other_has_read(browser, db, thread, sofia):
    make_message(db, thread, sofia, "Thursday is fine")
    page = browser.as_(sofia).get(f"/messages/{thread.id}")
    assert "Seen" in page.one("#m1").text and "Seen" not in page.one("#m3").text


def test_earlier_messages_are_a_link_away_and_grow_in_place(browser, db, thread, sofia, carla):
    for number in range(3, 71):
        make_message(db, thread, (sofia, carla)[number % 2], f"Message {number}")
    sofias = browser.as_(sofia)
    page = sofias.get(f"/messages/{thread.id}")
    assert [tag["id"] for tag in page.all("#past .msg")] == [f"m{n}" for n in range(41, 71)]
    earlier = page.click("Show earlier messages")
    assert [tag["id"] for tag in earlier.all("#past .msg")] == [f"m{n}" for n in range(11, 41)]
    assert earlier.has(f"#composer a[href='/messages/{thread.id}']")
    assert not earlier.has("[data-every='3']"), "later messages would leave a gap"
    part = sofias.htmx.get(f"/messages/{thread.id}?before=11")
    assert [tag["id"] for tag in part.all(".msg")] == [f"m{n}" for n in range(1, 11)]
    assert part.has("#earlier") and not part.has("#show-earlier")


def test_days_are_set_apart_once(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    for days in (400, 1, 1, 0, 0):
        make_message(db, thread, carla, created_at=now() - timedelta(days=days))
    days = browser.as_(sofia).get(f"/messages/{thread.id}").texts(".day")
    assert len(days) == 3 and days[1:] == ["Yesterday", "Today"]


def test_beside_the_thread_stand_the_terms_or_the_way_on(browser, db, thread, sofia, carla):
    page = browser.as_(sofia).get(f"/messages/{thread.id}")
    assert page.has("#about a[href='/coaches/carla-ruiz']")
    proposal = make_proposal(
        db, make_request(db, sofia), carla, status=ProposalStatus.ACCEPTED, sessions=6, price=1850
    )
    thread.proposal_id = proposal.id
    page = browser.as_(carla).get(f"/messages/{thread.id}")
    assert page.says("6 × 60 minutes") and page.says("$18.50 each") and page.says("$111")
    assert page.has(f"#about a[href='/proposals/{proposal.id}']")
    assert page.has(f"#about a[href='/students/{sofia.id}']")


def test_before_that_carla_learns_no_more_than_a_first_name(browser, thread, carla):
    page = browser.as_(carla).get(f"/messages/{thread.id}")
    assert page.one("h1").get_text() == "Sofia"
    assert "Mwangi" not in page.text and "/students/" not in page.one("main").decode()


def test_words_stay_words(browser, db, thread, sofia, carla):
    make_message(db, thread, carla, '<script>alert(1)</script>\nhttps://a.example/?x="1')
    bubble = browser.as_(sofia).get(f"/messages/{thread.id}").one("#m3")
    assert "<script>alert(1)</script>" in bubble.get_text()
    assert bubble.select_one("a")["href"].startswith("https://a.example/?x=")
    assert bubble.select_one("br") and not bubble.select_one("script")


def test_nobody_else_finds_the_thread(browser, thread, sam, cole, mina):
    assert browser.get(f"/messages/{thread.id}").asks_to_sign_in
    for person in (sam, cole, mina):
        for path in (f"/messages/{thread.id}", f"/messages/{thread.id}/new"):
            assert browser.as_(person).get(path).is_not_found
    for odd in ("0", "-1", "01", "1.0", "９", "1e3", str(2**63)):
        assert browser.as_(sam).get(f"/messages/{odd}").is_not_found


def test_the_thread_page_is_light_and_asks_little(browser, db, database, thread, sofia, carla):
    for number in range(40):
        make_message(db, thread, (sofia, carla)[number % 2], f"We begin with chapter {number}")
    sofias = browser.as_(sofia)
    sofias.cookies["seen"] = "1"
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    page = sofias.get(f"/messages/{thread.id}")
    assert len([words for words in asked if words.startswith("SELECT")]) <= 12
    assert len(brotli.compress(page.text.encode(), quality=5)) < 5 * 1024


# The first words.


def test_first_words_reach_the_coach(browser, db, sam, carla):
    page = browser.as_(sam).get(CARLA)
    answer = page.form("first-message").fill(text="Do you teach beginners?").submit()
    thread = db.query(Thread).one()
    assert answer.status == 303 and answer.leads_to(f"/messages/{thread.id}")
    assert answer.follow().texts(".msg > p:not(.sent)") == ["Do you teach beginners?"]
    assert thread.student_wrote_at is not None
    assert browser.as_(carla).get("/messages").says("Do you teach beginners?")


def test_first_words_work_as_a_fragment(browser, sam, carla):
    page = browser.as_(sam).get(CARLA)
    answer = page.form("first-message").fill(text="Hello").submit(htmx=True)
    assert answer.headers["hx-redirect"].startswith("/messages/")


@pytest.mark.parametrize("htmx", [True, False])
def test_empty_or_endless_first_words_come_back(browser, db, sam, carla, htmx):
    for text in ("", "x" * 4001):
        form = browser.as_(sam).get(CARLA).form("first-message").fill(text=text)
        answer = form.submit(htmx=htmx)
        assert answer.is_redisplay and answer.error_of("text")
        assert answer.form("first-message").value("text") == text
    assert db.query(Message).count() == 0


def test_a_pair_that_talks_is_led_to_its_thread(browser, db, thread, sofia):
    sofias = browser.as_(sofia)
    assert sofias.get(CARLA).leads_to(f"/messages/{thread.id}")
    assert sofias.post(CARLA, {"text": "One more thing"}).leads_to(f"/messages/{thread.id}")
    assert db.query(Thread).count() == 1
    assert db.query(Message).count() == 3


def test_one_key_is_one_thread_and_one_message(browser, db, sam, carla):
    for _ in range(3):
        answer = browser.as_(sam).post(CARLA, {"text": "Hello", "form_key": "once"})
        assert answer.status == 303
    assert (db.query(Thread).count(), db.query(Message).count()) == (1, 1)
    assert browser.as_(sam).post(CARLA, {"text": "Other", "form_key": "once"}).is_conflict


def test_the_eleventh_new_coach_waits_and_the_words_are_kept(browser, db, sam, carla):
    for _ in range(10):
        make_thread(db, sam, make_coach(db), created_at=now())
    answer = browser.as_(sam).post(CARLA, {"text": "A long letter"})
    assert answer.status == 429 and answer.says("A long letter")
    assert 0 < int(answer.headers["retry-after"]) <= 24 * 3600 + 1


def test_who_cannot_write_first(browser, db, carla, dora, cole, petra, sam, mina):
    assert browser.get(CARLA).asks_to_sign_in
    assert browser.post(CARLA, {"text": "Hello"}).asks_to_sign_in
    refused = {carla: CARLA, cole: CARLA, dora: "/coaches/dora-lindqvist/message", mina: CARLA}
    for person, address in refused.items():
        assert browser.as_(person).get(address).is_not_allowed
        assert browser.as_(person).post(address, {"text": "Hello"}).is_not_allowed
    assert browser.as_(cole).get(CARLA).says("from the student side")
    for address in ("/coaches/petra-novak/message", "/coaches/nobody/message"):
        assert browser.as_(sam).get(address).is_not_found
        assert browser.as_(sam).post(address, {"text": "Hello"}).is_not_found
    assert db.query(Thread).count() == 0


def test_a_coach_who_lost_approval_is_not_written_to_anew(browser, db, sam, carla):
    db.get(CoachProfile, carla.id).status = CoachStatus.SUSPENDED
    assert browser.as_(sam).post(CARLA, {"text": "Hello"}).is_not_found


def test_dora_writes_as_a_student_from_whichever_view(browser, db, dora, carla):
    dora.role_view = Side.COACH
    assert browser.as_(dora).post(CARLA, {"text": "Hello"}).status == 303
    thread = db.query(Thread).one()
    assert (thread.student_id, thread.coach_id) == (dora.id, carla.id)
