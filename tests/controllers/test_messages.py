from datetime import timedelta

import pytest

from app.clock import now
from db.models.messages import Message
from db.models.threads import Thread
from tests.factories import make_message, make_thread


@pytest.fixture
def thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, "Hello Carla")
    make_message(db, thread, carla, "Would Thursday suit you?")
    return thread


def told(*numbers):
    return {"HX-PTag": ".".join(map(str, numbers))}


def bubbles(answer):
    return [int(tag["id"][1:]) for tag in answer.all("li.msg")]


# Sending.


def test_sofia_sends_in_a_browser(browser, db, thread, sofia):
    page = browser.as_(sofia).get(f"/messages/{thread.id}")
    answer = page.form("composer").fill(text="Thursday is fine.\r\nAt five?").submit()
    assert answer.location == f"/messages/{thread.id}#m3"
    assert answer.follow().one("#m3 > p:not(.sent)").decode_contents() == (
        "Thursday is fine.<br/>At five?"
    )
    assert answer.browser.get(f"/messages/{thread.id}").form("composer").value("text") == ""


def test_with_htmx_come_all_bubbles_the_page_has_not_seen(browser, thread, sofia):
    answer = browser.htmx.as_(sofia).post(
        f"/messages/{thread.id}", {"text": "Thursday is fine"}, headers=told(1, 1)
    )
    assert bubbles(answer) == [2, 3]
    assert answer.has("#m3.mine")
    assert answer.headers["hx-ptag"].startswith("3.")
    assert len(answer.text) < 800


def test_without_a_cursor_only_the_own_bubble_comes(browser, thread, sofia):
    answer = browser.htmx.as_(sofia).post(f"/messages/{thread.id}", {"text": "Fine"})
    assert bubbles(answer) == [3]


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_wrong_message_comes_back_as_it_was(browser, db, thread, sofia, text):
    page = browser.as_(sofia).get(f"/messages/{thread.id}")
    answer = page.form("composer").fill(text=text).submit()
    assert answer.is_redisplay and answer.error_of("text")
    assert answer.form("composer").value("text") == text
    assert bubbles(answer) == [1, 2]
    part = page.form("composer").fill(text=text).submit(htmx=True)
    assert part.is_redisplay and part.error_of("text") and not bubbles(part)
    assert part.form("composer").value("text") == text
    assert db.query(Message).count() == 2


def test_unknown_fields_are_refused(browser, db, thread, sofia):
    answer = browser.as_(sofia).post(f"/messages/{thread.id}", {"text": "Hi", "number": "9"})
    assert answer.status == 400 and answer.says("Hi")
    assert db.query(Message).count() == 2


def test_the_wrong_person_sends_nothing(browser, db, thread, sam, cole, mina):
    address = f"/messages/{thread.id}"
    assert browser.post(address, {"text": "Hi"}).asks_to_sign_in
    for person in (sam, cole, mina):
        assert browser.as_(person).post(address, {"text": "Hi"}).is_not_found
    assert db.query(Message).count() == 2


def test_the_same_key_is_one_message_and_the_same_answer(browser, db, thread, sofia):
    sent = {"text": "Thursday", "form_key": "once"}
    sofias = browser.htmx.as_(sofia)
    answers = [sofias.post(f"/messages/{thread.id}", sent, headers=told(2, 2)) for _ in range(3)]
    assert [bubbles(answer) for answer in answers] == [[3], [3], [3]]
    assert db.query(Message).count() == 3
    other = {"text": "Friday", "form_key": "once"}
    assert sofias.post(f"/messages/{thread.id}", other).is_conflict


def test_a_flood_waits_and_the_words_are_kept(browser, db, thread, sofia):
    for _ in range(20):
        make_message(db, thread, sofia)
    answer = browser.as_(sofia).post(f"/messages/{thread.id}", {"text": "One too many"})
    assert answer.status == 429 and answer.says("One too many")
    assert 0 < int(answer.headers["retry-after"]) <= 61
    assert db.query(Message).count() == 22


def test_sending_leaves_nothing_unread_behind(browser, db, thread, sofia, carla):
    browser.as_(sofia).post(f"/messages/{thread.id}", {"text": "Fine"})
    db.refresh(thread)
    assert (thread.last_number, thread.student_read, thread.coach_read) == (3, 3, 2)
    assert browser.as_(carla).get("/messages").one("#unread").get_text() == "unread: 1"


# Polling.


def test_a_quiet_poll_is_a_few_bytes_and_writes_nothing(browser, db, thread, sofia):
    browser.as_(sofia).get(f"/messages/{thread.id}")
    before = db.get(Thread, thread.id).student_read
    for headers, query in ((told(2, 2), ""), ({}, "?after=2"), (told(3, 9), "")):
        answer = browser.htmx.as_(sofia).get(f"/messages/{thread.id}/new{query}", headers=headers)
        assert answer.status == 204 and answer.is_nothing_new
        ours = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
        assert ours < 120
        assert "set-cookie" not in answer.headers
    assert db.get(Thread, thread.id).student_read == before


def test_a_poll_brings_what_is_new_once_and_marks_it_read(browser, db, thread, sofia, carla):
    sofias = browser.htmx.as_(sofia)
    make_message(db, thread, carla, "Or Friday?")
    answer = sofias.get(f"/messages/{thread.id}/new", headers=told(2, 1))
    assert bubbles(answer) == [3] and answer.says("Or Friday?")
    assert len(answer.text) < 600
    db.refresh(thread)
    assert thread.student_read == 3
    again = sofias.get(f"/messages/{thread.id}/new", headers={"HX-PTag": answer.headers["hx-ptag"]})
    assert again.is_nothing_new


def test_the_bubbles_are_those_of_the_page(browser, thread, sofia):
    page = browser.as_(sofia).get(f"/messages/{thread.id}")
    poll = browser.htmx.as_(sofia).get(f"/messages/{thread.id}/new", headers=told(0, 0))
    assert [str(tag) for tag in page.all("li.msg")] == [str(tag) for tag in poll.all("li.msg")]


def test_a_poll_tells_when_the_other_one_has_read(browser, db, thread, sofia, carla):
    make_message(db, thread, sofia, "Fine")
    sofias = browser.htmx.as_(sofia)
    assert sofias.get(f"/messages/{thread.id}/new", headers=told(3, 2)).is_nothing_new
    browser.as_(carla).get(f"/messages/{thread.id}")
    answer = sofias.get(f"/messages/{thread.id}/new", headers=told(3, 2))
    assert not bubbles(answer)
    assert answer.headers["hx-ptag"] == "3.3.1"
    assert [tag["hx-target"] for tag in answer.all("hx-partial")] == ["#seen", "#m3 .sent"]


def test_a_new_day_is_set_apart_only_when_it_begins(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia, created_at=now() - timedelta(days=2))
    make_message(db, thread, carla)
    make_message(db, thread, carla)
    sofias = browser.htmx.as_(sofia)
    address = f"/messages/{thread.id}/new"
    assert sofias.get(address, headers=told(1, 0)).texts(".day") == ["Today"]
    assert sofias.get(address, headers=told(2, 0)).texts(".day") == []


def test_pasted_into_the_address_bar_the_poll_is_the_whole_page(browser, thread, sofia):
    for query in ("", "?after=1"):
        page = browser.as_(sofia).get(f"/messages/{thread.id}/new{query}")
        assert page.one("h1").get_text() == "Carla Ruiz" and bubbles(page) == [1, 2]


@pytest.mark.parametrize("cursor", ["x", "1.", "-1", "1.2.1.1", "1e3", "9" * 10, "²"])
def test_nonsense_for_a_cursor_is_not_found(browser, thread, sofia, cursor):
    answer = browser.htmx.as_(sofia).get(
        f"/messages/{thread.id}/new", headers={"HX-PTag": cursor.encode()}
    )
    assert answer.is_not_found


def test_a_poll_after_signing_out_leads_to_sign_in_and_back(browser, thread):
    here = {"HX-Current-URL": f"https://skileez.test/messages/{thread.id}"}
    answer = browser.htmx.get(f"/messages/{thread.id}/new", headers=here)
    assert answer.location == f"/sign-in?next=/messages/{thread.id}"


def test_a_poll_does_not_keep_a_sign_in_alive(browser, db, thread, sofia):
    from db.models.sign_ins import SignIn

    sofias = browser.as_(sofia)
    seen = now() - timedelta(minutes=30)
    db.query(SignIn).update({SignIn.seen_at: seen})
    assert sofias.htmx.get(f"/messages/{thread.id}/new", headers=told(2, 2)).is_nothing_new
    assert db.query(SignIn).one().seen_at == seen
