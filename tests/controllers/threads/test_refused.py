"""What a page says of words that were not sent, without script."""

from db.models.messages import Message
from tests.factories import make_message, make_thread


def test_sofia_reads_why_her_twenty_first_message_waits(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    for _ in range(20):
        make_message(db, thread, sofia)
    answer = browser.as_(sofia).post(f"/messages/{thread.id}", {"text": "One more"})
    assert answer.status == 429
    assert answer.says("That is more than 20 messages within a minute.")
    assert answer.one("#composer textarea").get_text().strip() == "One more"
    assert db.query(Message).count() == 20


def test_a_thread_nobody_can_write_in_offers_no_proposals(browser, db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    here = f"/messages/{thread.id}"
    assert "can send you a proposal" in browser.as_(sofia).get(here).text
    carla.status = "suspended"
    db.commit()
    assert "can send you a proposal" not in browser.as_(sofia).get(here).text
