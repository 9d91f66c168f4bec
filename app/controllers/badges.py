"""The badges of the top bar: every page asks what has changed, slowly."""

from functools import partial

from litestar import Controller
from litestar.response import Response

from app.access.enforce import may
from app.access.permissions import Permission
from app.clock import now
from app.controllers.threads import inbox
from app.web.idle_polls import Poll
from app.web.polls import changes
from app.web.request import Request
from app.web.respond import done, with_cursor
from app.web.routes import get
from app.web.things import is_plain_id, plain_id
from db.queries import badges, polls
from db.queries.badges import Unread

OPEN = "thread"  # in the address: which one the page shows, since it does not count there


def are_quiet(poll: Poll) -> bool:
    """Whether a page shows what waits, as far as it has been told."""
    key = poll.query.removeprefix(f"{OPEN}=")
    if poll.query and not (poll.query.startswith(f"{OPEN}=") and is_plain_id(key)):
        return False
    found = polls.badges_and_reader(poll.database, poll.token_hash, int(key or 0), at=now())
    if found is None:
        return False
    unread, reader = found
    return may(reader, Permission.LIST_THREADS) and poll.told == unread.cursor


class Badges(Controller):
    """Pasted into the address bar, the poll is the inbox with what was not read."""

    @get("/messages/unread", allow=Permission.LIST_THREADS, name="badges.show", poll=are_quiet)
    def show(self, request: Request) -> Response[str]:
        key = request.query(OPEN)
        open_thread = plain_id(key) if key else 0
        unread = badges.unread(request.db, request.viewer, open_thread)
        return changes(
            request,
            unread.cursor,
            since=partial(told, request, unread, open_thread),
            otherwise=partial(inbox, request, only_unread=True),
        )


def told(request: Request, unread: Unread, open_thread: int) -> Response[str]:
    """Both badges anew."""
    response = done(request, "layouts/unread.swaps", to="/messages/unread", open_thread=open_thread)
    return with_cursor(response, unread.cursor)
