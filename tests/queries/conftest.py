"""A small library of requests, and a coach who looks for them."""

from datetime import timedelta

import pytest

from app.access.scopes import open_requests
from app.clock import now
from db.queries import request_searches
from db.queries.request_searches import RequestFilter, RequestSort
from db.queries.search_options import Count
from tests.factories import make_request
from tests.queries.searched import TEXTS


@pytest.fixture
def library(db, sofia):
    """A request for each text, by its number; the later ones were posted later."""
    made = {}
    for number, (title, text, skills) in enumerate(TEXTS):
        posted = now() - timedelta(days=20) + timedelta(hours=number)
        # Titles may be longer here than a form lets them be; SQLite and PostgreSQL do not mind.
        wanted = make_request(
            db, sofia, title=title[:120], description=text, skills=skills, posted_at=posted,
            expires_at=now() + timedelta(days=5, minutes=(number * 7) % 11),
        )  # fmt: skip
        made[wanted.id] = (title[:120], text, *skills)
    return made


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
