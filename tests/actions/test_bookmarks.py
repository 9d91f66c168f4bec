from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions.bookmarks import bookmark_request, note_bookmark, unbookmark_request
from app.clock import now
from app.forms.bookmarks import NoteForm
from db.models.bookmarks import Bookmark
from db.models.events import Event
from tests.factories import make_bookmark, make_request


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def marked_by(db):
    kept = select(Bookmark.coach_id).where(Bookmark.removed_at.is_(None))
    return db.scalars(kept.order_by(Bookmark.coach_id)).all()


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
    db.flush()
    note_bookmark(db, wanted, NoteForm(note="Evenings."), by=viewer(carla))
    unbookmark_request(db, wanted, by=viewer(carla))
    db.flush()
    assert not db.scalars(select(Event)).all()


@pytest.mark.parametrize(("minutes", "is_new"), [(14, False), (15, True)])
def test_a_mark_comes_back_with_its_note_and_for_a_while_to_its_place(
    db, wanted, carla, viewer, minutes, is_new
):
    made, gone = now() - timedelta(days=3), now() - timedelta(minutes=minutes)
    mark = make_bookmark(db, wanted, carla, note="Evenings.", created_at=made, removed_at=gone)
    bookmark_request(db, wanted, by=viewer(carla))
    db.refresh(mark)
    assert mark.removed_at is None and mark.note == "Evenings."
    assert (mark.created_at > made) is is_new
