"""What an open inbox asks for: the threads in which something was written since."""

from datetime import timedelta

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.clock import now
from app.controllers.threads import BEGINNING, inbox, newest
from app.web.polls import changes
from app.web.request import Request
from app.web.respond import cursor_of, done, with_cursor
from app.web.routes import get
from db.queries import thread_lines

# So long, at most, somebody waits to write whose words are stamped already; a line twice is one.
OVERTAKEN = timedelta(seconds=30)


class ThreadLines(Controller):
    """They come to the top of the list, and nothing else on the page moves."""

    @get("/messages/new", allow=Permission.LIST_THREADS, name="thread_lines.new", poll=True)
    def new(self, request: Request) -> Response[str]:
        return changes(
            request,
            newest(request),
            since=lambda: arrived(request),
            otherwise=lambda: inbox(request),
        )


def arrived(request: Request) -> Response[str]:
    """Each of them without the line it had; the whole list where it was empty."""
    viewer, told = request.viewer, cursor_of(request).partition(".")[0]
    is_number = told.isascii() and told.isdigit() and len(told) <= 16
    seen = BEGINNING + timedelta(microseconds=int(told) if is_number else 0)
    found = thread_lines.lines(request.db, viewer.id, viewer.role_view, at=now())
    recent = [line for line in found.items if line.active_at > seen - OVERTAKEN]
    newer = [line for line in recent if line.active_at > seen]
    # One from just before may be new, and then all of them, so that the order is the list's.
    fresh = recent if any(line.active_at < seen for line in recent) else newer
    current = newest(request)
    response = done(
        request,
        "threads/arrived.swaps",
        to="/messages",
        fresh=fresh[::-1],
        found=found,
        was_empty=seen == BEGINNING,
        only_unread=False,
        cursor=current,
    )
    return with_cursor(response, current)
