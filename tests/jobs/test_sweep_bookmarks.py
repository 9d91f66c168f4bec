"""A mark that was taken off goes after a day, with its note; those that stand stay."""

import threading
from datetime import timedelta

import pytest

from app.clock import now
from app.jobs.sweep import sweep
from db.models.bookmarks import Bookmark
from tests.factories import make_bookmark, make_request

A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("ago", "stays"), [(None, True), (-A_MINUTE, True), (A_MINUTE, False)])
def test_a_mark_goes_a_day_after_it_was_taken_off(
    settings, database, db, sofia, carla, cole, ago, stays
):
    wanted = make_request(db, sofia)
    removed_at = None if ago is None else now() - timedelta(days=1) - ago
    make_bookmark(db, wanted, carla, removed_at=removed_at)
    make_bookmark(db, wanted, cole)
    db.commit()
    sweep(settings, database, threading.Event())
    db.expire_all()
    assert {one.coach_id for one in db.query(Bookmark)} == {cole.id} | (
        {carla.id} if stays else set()
    )
