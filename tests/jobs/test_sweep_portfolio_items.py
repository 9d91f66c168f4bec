"""A piece of work that was taken off goes for good after a day, and everything it showed."""

import threading
from datetime import timedelta

import pytest

from app.clock import now
from app.jobs.sweep import sweep
from db.models.pictures import Picture, PictureKind
from db.models.portfolio_items import PortfolioItem, PortfolioLink, PortfolioSkill
from tests.factories import make_picture, make_portfolio_item

A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("over", [True, False])
def test_what_carla_took_off_goes_after_a_day_with_its_picture(settings, database, db, carla, over):
    at = now() - timedelta(days=1) + (-A_MINUTE if over else A_MINUTE)
    picture = make_picture(db, carla, PictureKind.THUMBNAIL, created_at=now() - timedelta(days=9))
    make_portfolio_item(db, carla)
    make_portfolio_item(
        db, carla, removed_at=at, thumbnail_id=picture.id, skills=("Spanish", "Grammar")
    )
    db.commit()
    for _ in range(2):
        sweep(settings, database, threading.Event())
    counts = [
        db.query(kind).count() for kind in (PortfolioItem, PortfolioLink, PortfolioSkill, Picture)
    ]
    assert counts == ([1, 1, 0, 0] if over else [2, 2, 2, 1])
