"""What people took off the lists of their profiles goes after a day; what stands there stays."""

import threading
from datetime import timedelta

import pytest

from app.clock import now
from app.jobs.sweep import sweep
from db.models.accounts import Side
from tests.factories import make_education, make_experience, make_language

A_MINUTE = timedelta(minutes=1)


def made(db, kind, carla, sofia):
    if kind == "experience":
        return make_experience(db, carla)
    if kind == "education":
        return make_education(db, carla)
    person, side = (carla, Side.COACH) if kind == "coach" else (sofia, Side.STUDENT)
    return make_language(db, person, "fr", side)


@pytest.mark.parametrize("kind", ["experience", "education", "coach", "student"])
def test_an_entry_goes_a_day_after_it_was_removed(settings, database, db, carla, sofia, kind):
    entry = made(db, kind, carla, sofia)
    model, number = type(entry), entry.id
    standing = {one.id for one in db.query(model)} - {number}
    for ago, stays in ((None, True), (-A_MINUTE, True), (A_MINUTE, False)):
        entry.removed_at = None if ago is None else now() - timedelta(days=1) - ago
        db.commit()
        sweep(settings, database, threading.Event())
        db.expire_all()
        assert {one.id for one in db.query(model)} == standing | ({number} if stays else set())
