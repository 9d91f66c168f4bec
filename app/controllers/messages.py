"""Writing in a thread, and what its open page asks for every few seconds."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.messages import send_message
from app.actions.threads import mark_read
from app.controllers.threads import COMPOSER, thread_page
from app.forms.messages import MessageForm
from app.web.polls import cursor_text, news, seen_by
from app.web.request import Request
from app.web.respond import done, with_cursor
from app.web.routes import get, post
from db.models.threads import Thread
from db.queries import messages


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
        thread = request.allowed(Thread, thread_id)
        form = request.filled(
            MessageForm, again=partial(thread_page, request, thread, page=COMPOSER)
        )
        message = send_message(request.db, thread, form, by=request.viewer)
        seen = seen_by(request, [message.number - 1, thread.read_by_other(request.viewer.id)])
        return arrived(request, thread, *seen)

    @get("/new", allow=Permission.VIEW_THREAD, name="messages.new", poll=True)
    def new(self, request: Request, thread_id: FromPath[str]) -> Response[str]:
        thread = request.allowed(Thread, thread_id)
        return news(
            request,
            [thread.last_number, thread.read_by_other(request.viewer.id)],
            since=partial(arrived, request, thread),
            otherwise=partial(thread_page, request, thread),
        )


def arrived(request: Request, thread: Thread, number: int, read: int) -> Response[str]:
    """What came after a number, and where "Seen" stands if the other one has read on."""
    me = request.viewer.id
    talk = messages.since(request.db, thread.id, me, number)
    other_read = thread.read_by_other(me)
    seen = messages.last_seen(request.db, thread.id, me, other_read) if other_read > read else 0
    last = talk.last or number
    if talk.last > thread.read_by(me):
        request.afterwards(mark_read, thread.id, me, last)
    response = done(
        request,
        "messages/arrived.swaps",
        to=f"/messages/{thread.id}#m{last}",
        talk=talk,
        seen=seen,
    )
    return with_cursor(response, cursor_text([last, other_read]))
