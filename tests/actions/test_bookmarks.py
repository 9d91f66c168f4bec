import pytest
from sqlalchemy import select

from app.actions.bookmarks import bookmark_request, unbookmark_request
from db.models.bookmarks import Bookmark
from db.models.events import Event
from tests.factories import make_request


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def marked_by(db):
    return db.scalars(select(Bookmark.coach_id).order_by(Bookmark.coach_id)).all()


def test_a_mark_is_kept_once_however_often_it_is_made(db, wanted, carla, viewer):
    for _ in range(2):
        bookmark_request(db, wanted, by=viewer(carla))
        db.flush()
    assert marked_by(db) == [carla.id]


def test_coaches_take_off_their_own_mark_only(db, wanted, carla, cole, viewer):
    for coach in (carla, cole):
        bookmark_request(db, wanted, by=viewer(coach))
    for _ in range(2):
        unbookmark_request(db, wanted, by=viewer(carla))
        db.flush()
    assert marked_by(db) == [cole.id]


def test_what_a_coach_marks_leaves_no_history(db, wanted, carla, viewer):
    bookmark_request(db, wanted, by=viewer(carla))
    unbookmark_request(db, wanted, by=viewer(carla))
    db.flush()
    assert not db.scalars(select(Event)).all()
