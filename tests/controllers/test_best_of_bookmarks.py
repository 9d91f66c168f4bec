"""Bookmarks in the order of the match, with words and without."""

import pytest

from tests.factories import make_bookmark, make_request


@pytest.mark.parametrize("typed", ["", "s", "spanish", "-chess"])
def test_the_best_of_ones_bookmarks_come_first_like_those_of_all(browser, db, sofia, carla, typed):
    taught = make_request(db, sofia, title="Spanish for Seville", skills=("Spanish",))
    other = make_request(db, sofia, title="Spanish cooking", skills=("Knitting",))
    make_request(db, sofia, title="Spanish songs", skills=("Spanish",))
    for wanted in (taught, other):
        make_bookmark(db, wanted, carla)
    page = browser.as_(carla).get(f"/requests?bookmarked=1&sort=match&q={typed}")
    assert page.texts("#list h2") == ["Spanish for Seville", "Spanish cooking"]
