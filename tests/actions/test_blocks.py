import pytest
from sqlalchemy import select

from app.access.scopes import LOADED
from app.actions.blocks import create_block, destroy_block
from app.actions.threads import start_thread
from app.errors import WrongState
from app.forms.messages import MessageForm
from db.models.accounts import Side
from db.models.blocks import Block
from db.models.events import Event
from db.models.profiles import CoachProfile
from db.models.threads import Thread
from tests.factories import make_block, make_thread
from tests.people import as_viewer


@pytest.fixture
def thread(db, sofia, carla):
    make_thread(db, sofia, carla)
    db.expire_all()
    return db.scalars(select(Thread).options(*LOADED[Thread])).one()


def test_each_side_blocks_for_itself_and_history_says_from_where(db, thread, sofia, carla):
    for person in (sofia, carla):
        create_block(db, thread, by=as_viewer(db, person))
    made = {(block.blocker_id, block.blocked_id) for block in db.query(Block)}
    assert made == {(sofia.id, carla.id), (carla.id, sofia.id)}
    sides = [(event.name, event.side) for event in db.query(Event).order_by(Event.id)]
    assert sides == [("block.created", Side.STUDENT), ("block.created", Side.COACH)]


def test_whoever_blocks_twice_is_too_late_whatever_was_known_before(db, thread, sofia):
    by = as_viewer(db, sofia)
    create_block(db, thread, by=by)
    with pytest.raises(WrongState):
        create_block(db, thread, by=by)
    destroy_block(db, thread, by=by)
    with pytest.raises(WrongState):
        destroy_block(db, thread, by=by)
    assert db.query(Block).count() == 0 and db.query(Event).count() == 2


def test_a_block_that_was_made_meanwhile_stops_the_first_words(db, sofia, carla):
    by, coach = as_viewer(db, sofia), db.get_one(CoachProfile, carla.id)
    make_block(db, carla, sofia)
    with pytest.raises(WrongState, match="cannot be written to"):
        start_thread(db, coach, MessageForm(text="Hello"), by=by)
    assert db.query(Thread).count() == 0
