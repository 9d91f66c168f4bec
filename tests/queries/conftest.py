"""The library of requests, and a coach who looks for them."""

import pytest

from app.access.scopes import open_requests
from app.clock import now
from db.queries import request_searches
from db.queries.request_searches import RequestFilter, RequestSort
from db.queries.search_options import Count


@pytest.fixture
def library(built):
    """The texts of each request, by its number; the later ones were posted later."""
    return dict(built.ids["library"])


@pytest.fixture
def search(db, carla, viewer):
    """Everything a search finds, page by page, as Carla looks for it."""

    def walk(sort=RequestSort.NEWEST, **asked):
        person, wanted, found, after = viewer(carla), RequestFilter(**asked), [], ""
        scope = open_requests(person)
        while True:
            page = request_searches.cards(
                db, person, scope, wanted, sort=sort, at=now(), after=after
            )
            found += page.items
            if page.next is None:
                break
            assert len(page.items) == 20
            after = page.next
        number = request_searches.count(db, person, scope, wanted)
        assert number == Count(len(found)) and len({one.id for one in found}) == len(found)
        return [one.id for one in found]

    return walk
