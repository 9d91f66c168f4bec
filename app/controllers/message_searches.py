"""Searching one's own messages: people by their names, messages by their words."""

from litestar.response import Response

from app.clock import now
from app.web.request import Request
from app.web.respond import Page, show
from db.queries import message_searches, thread_lines
from db.search_terms import Terms

FOUND = Page("threads/index", part="threads/found")


def search_page(request: Request, typed: str, terms: Terms) -> Response[str]:
    """What is found on the side one looks from; people only stand above the newest messages."""
    db, me, side = request.db, request.viewer.id, request.viewer.role_view
    after = request.query("after")
    named = [] if after else message_searches.people(db, me, side, typed, at=now())
    return show(
        request,
        FOUND,
        typed=typed,
        people=thread_lines.lines_of(db, me, side, named, at=now()),
        hits=message_searches.messages(db, me, side, terms, at=now(), after=after),
    )
