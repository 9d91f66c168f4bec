"""The facts a coach's page tells search engines: data in a real browser, which nothing runs."""

import json

import pytest
from sqlalchemy import select

from db.models.accounts import Account
from db.models.profiles import CoachProfile

DATA = "script[type='application/ld+json']"
HOSTILE = "</script><script>window.broken=1</script><!--<script>\u2028<img src=x onerror=broken=1>"


@pytest.fixture
def hostile(world):
    """Carla, who has written what would run if anything here did."""

    def write(bio):
        with world.writing() as db:
            carla = select(CoachProfile).join(Account, Account.id == CoachProfile.account_id)
            coach = db.scalars(carla.where(Account.email == "carla@skileez.example")).one()
            was, coach.bio, coach.headline = (coach.bio, coach.headline), *bio
            return was

    before = write((HOSTILE, HOSTILE[:80]))
    yield HOSTILE
    write(before)


def test_the_facts_are_there_and_nothing_runs(open_browser, hostile):
    for script in (True, False):
        guest = open_browser(script=script)
        guest.goto("/coaches/carla-ruiz", wait_until="load")
        data = json.loads(guest.locator(DATA).text_content())
        assert data["mainEntity"]["name"] == "Carla Ruiz"
        assert data["headline"] == hostile[:80].strip()
        assert guest.locator("main img").count() == guest.locator("main script").count() == 0
        if script:
            assert guest.evaluate("window.broken === undefined && typeof broken") == "undefined"
    # Whatever a content policy refuses is a fault that the browser's fixture reports.
