"""A block, and what is sent, blocked or taken back at the same moment: each gets one verdict."""

import pytest
from sqlalchemy import delete

from app.actions import messages as sending
from app.clock import now
from db.models.blocks import Block
from db.models.events import Event
from db.models.messages import Message
from tests import thorough
from tests.factories import make_coach, make_student, make_thread
from tests.races.conftest import Round

ROUNDS = [Round(number, 0, 0, 0, 0) for number in range(thorough.ROUNDS)]


@pytest.fixture
def threads(real_database, db, sofia, carla, monkeypatch):
    """The two threads of the pair, one for each way round."""
    monkeypatch.setattr(sending, "LIMITS", ())
    make_coach(db, sofia), make_student(db, carla)
    return make_thread(db, sofia, carla).id, make_thread(db, carla, sofia).id


@pytest.fixture
def without(real_database):
    """Before each round nobody has blocked anybody."""

    def forget(here):
        with real_database.writing() as own:
            own.execute(delete(Block))

    return forget


@pytest.mark.parametrize("door", ["/messages/{0}", "/messages/{1}", "/coaches/carla-ruiz/message"])
def test_what_is_sent_is_sent_before_the_block_or_not_at_all(
    race, presses, db, threads, without, sofia, carla, door
):
    sends = presses(sofia, door.format(*threads), text="Hello")
    blocks = presses(carla, f"/messages/{threads[0]}/block")
    found = race(ROUNDS, blocks, sends, before=without)
    assert {block.status for block, _ in found} == {303}
    assert {sent.status for _, sent in found} <= {303, 403, 409}
    at = [event.at for event in db.query(Event).filter_by(name="block.created").order_by(Event.id)]
    messages = iter(db.query(Message).order_by(Message.id).all())
    for (_, sent), blocked_at in zip(found, at, strict=True):
        if sent.status == 303:
            assert next(messages).created_at <= blocked_at, "it was sent after the block"
    assert not list(messages), "somebody was told that nothing was sent, and it was"


@pytest.mark.parametrize("deed", ["block", "unblock"])
def test_twice_at_once_is_once(race, presses, real_database, db, threads, sofia, carla, deed):
    two = {"blocker_id": sofia.id, "blocked_id": carla.id, "created_at": now()}

    def prepare(here):
        with real_database.writing() as own:
            own.execute(delete(Block))
            if deed == "unblock":
                own.add(Block(**two))

    one, other = (presses(sofia, f"/messages/{number}/{deed}") for number in threads)
    found = race(ROUNDS, one, other, before=prepare)
    assert {tuple(sorted(each.status for each in pair)) for pair in found} == {(303, 409)}
    assert db.query(Event).filter_by(subject="block").count() == len(ROUNDS)
    assert db.query(Block).count() == (deed == "block")


def test_both_at_once_are_two_blocks(race, presses, db, threads, without, sofia, carla):
    one = presses(sofia, f"/messages/{threads[0]}/block")
    other = presses(carla, f"/messages/{threads[1]}/block")
    found = race(ROUNDS, one, other, before=without)
    assert {each.status for pair in found for each in pair} == {303}
    assert db.query(Block).count() == 2
