"""Writing in a thread, and what its open page asks for every few seconds."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.enforce import may
from app.access.permissions import Permission
from app.actions.messages import send_message
from app.actions.threads import mark_read
from app.clock import now
from app.controllers.threads import COMPOSER, composer, cursor, thread_page
from app.forms.form import Bound
from app.forms.messages import MessageForm
from app.web.idle_polls import Poll
from app.web.polls import cursor_text, has_news, news, numbers_of, seen_by
from app.web.request import Request
from app.web.respond import done, with_cursor
from app.web.routes import get, post
from app.web.things import is_plain_id
from db.models.threads import Thread
from db.queries import messages, polls
from db.queries.messages import MessageLine, Talk
from db.queries.threads import OpenThread


def is_quiet(poll: Poll) -> bool:
    """Whether an open thread shows all there is, as far as its reader may read it."""
    seen = numbers_of(poll.told)
    if seen is None or poll.query or not is_plain_id(poll.key):
        return False
    found = polls.thread_and_reader(poll.database, poll.token_hash, int(poll.key), at=now())
    if found is None:
        return False
    thread, reader = found
    if not may(reader, Permission.VIEW_THREAD, thread):
        return False
    current = cursor(reader, thread, thread.last_number)
    return len(seen) == len(current) and not has_news(current, seen)


class Messages(Controller):
    """Sending and polling answer with the bubbles that the page has not seen yet."""

    path = "/messages/{thread_id:str}"

    # Here and not in the threads' file: Litestar lets no two controllers share an address.
    @get("/", allow=Permission.VIEW_THREAD, name="threads.show")
    def show(self, request: Request, thread_id: FromPath[str]) -> Response[str]:
        thread = request.allowed(Thread, thread_id)
        return thread_page(request, thread)

    @post("/", allow=Permission.SEND_MESSAGE, name="messages.create")
    def create(self, request: Request, thread_id: FromPath[str]) -> Response[str]:
        thread = request.allowed(OpenThread, thread_id)
        form = request.filled(MessageForm, again=partial(composer_page, request, thread_id))
        sent = send_message(request.db, thread, form, by=request.viewer)
        seen = seen_by(request, cursor(request.viewer, thread, sent.number - 1))
        if seen[0] == sent.number - 1:
            own = MessageLine(sent.number, form.text, sent.created_at, is_mine=True)
            talk = Talk([own], thread.last_message_at)
        else:
            talk = messages.since(request.db, thread.id, request.viewer.id, seen[0])
        return arrived(request, thread, talk, *seen)

    @get("/new", allow=Permission.VIEW_THREAD, name="messages.new", poll=is_quiet)
    def new(self, request: Request, thread_id: FromPath[str]) -> Response[str]:
        thread = request.allowed(Thread, thread_id)
        return news(
            request,
            cursor(request.viewer, thread, thread.last_number),
            since=partial(unread, request, thread),
            otherwise=partial(thread_page, request, thread),
        )


def composer_page(request: Request, thread_id: str, form: Bound[MessageForm]) -> Response[str]:
    """What was typed, once more."""
    return thread_page(request, request.allowed(Thread, thread_id), form, page=COMPOSER)


def unread(request: Request, thread: Thread, number: int, read: int, stood: int) -> Response[str]:
    """What came after a number, which is read by now."""
    me = request.viewer.id
    talk = messages.since(request.db, thread.id, me, number)
    if talk.last > thread.read_by(me):
        request.afterwards(mark_read, thread.id, me, talk.last)
    return arrived(request, thread, talk, number, read, stood)


def arrived(
    request: Request,
    thread: Thread | OpenThread,
    talk: Talk,
    number: int,
    read: int,
    stood: int,
) -> Response[str]:
    """What came after a number, and where "Seen" stands if the other one has read on.

    With the composer, or the sentence in its place, and what staff have hidden, when how the
    thread stands is not what the page knows of it.
    """
    me = request.viewer.id
    current = cursor(request.viewer, thread, talk.last or number)
    last, other_read, stands = current
    seen = messages.last_seen(request.db, thread.id, me, other_read) if other_read > read else 0
    has_turned = stands != stood
    response = done(
        request,
        "messages/arrived.swaps",
        to=f"/messages/{thread.id}#m{last}",
        talk=talk,
        seen=seen,
        cursor=cursor_text(current),
        has_turned=has_turned,
        hidden=messages.hidden(request.db, thread.id, me) if has_turned else [],
        **(composer(request, request.allowed(Thread, str(thread.id))) if has_turned else {}),
    )
    return with_cursor(response, cursor_text(current))
