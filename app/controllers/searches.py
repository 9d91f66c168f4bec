"""The page of a search for requests."""

from litestar.response import Response
from sqlalchemy import ColumnElement

from app.clock import now
from app.forms.searches import Search, Wider
from app.web.request import Request
from app.web.respond import Page, show
from db.queries import learning_requests, skills

INDEX = Page("learning_requests/index", part="learning_requests/results")


def index_page(request: Request, search: Search, visible: ColumnElement[bool]) -> Response[str]:
    """What a search found; when that is nothing, what leaving out one filter would find."""
    wanted = learning_requests.matching(visible, search.words, search.skills)
    hits = learning_requests.count(request.db, wanted)
    return show(
        request,
        INDEX,
        search=search,
        hits=hits,
        found=learning_requests.cards(
            request.db, request.viewer, wanted, at=now(), after=request.query("after")
        ),
        skills=skills.choices(request.db, visible, search.skills),
        wider=None if hits else wider_search(request, search, visible),
    )


def wider_search(request: Request, search: Search, visible: ColumnElement[bool]) -> Wider | None:
    """The one filter whose removal brings the most, or None when none brings anything."""
    offers = [
        Wider(name, less.address, learning_requests.count(request.db, wanted))
        for name, less in search.wider
        for wanted in [learning_requests.matching(visible, less.words, less.skills)]
    ]
    best = max(offers, key=lambda offer: offer.requests, default=None)
    return best if best and best.requests else None
