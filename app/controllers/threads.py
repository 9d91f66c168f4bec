"""The inbox, the page of one thread, and the first words to a coach."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.enforce import may, why_not
from app.access.permissions import Permission
from app.actions.threads import mark_read, start_thread
from app.clock import now
from app.controllers.handles import coach_called, moved
from app.controllers.message_searches import search_page
from app.controllers.reviews import rating_for
from app.errors import NotAllowed
from app.forms.form import Bound, blank
from app.forms.messages import MessageForm
from app.web.polls import cursor_text
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from app.web.things import plain_id
from db.models.profiles import CoachProfile
from db.models.threads import Thread
from db.queries import invitations, messages, notices, proposals, thread_lines, threads
from db.queries.invitations import Between
from db.queries.polls import ThreadFacts
from db.search_terms import read_terms

INDEX = Page("threads/index", part="threads/list")
SHOW = Page("threads/show", part="messages/past")
COMPOSER = Page("threads/show", part="messages/composer")
NEW = Page("threads/new", part="threads/form")
CLOSED = Page("threads/closed")
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
BESIDE = 10  # threads in the column beside an open one


class Inbox(Controller):
    """Lists follow the role view; a thread opens from whichever side."""

    @get("/messages", allow=Permission.LIST_THREADS, name="threads.index")
    def index(self, request: Request) -> Response[str]:
        typed = request.query("q")
        terms = read_terms(typed)
        if not terms.is_blank:
            return search_page(request, typed, terms)
        return inbox(request)


def inbox(request: Request, *, only_unread: bool = False) -> Response[str]:
    """The threads of the role view, the liveliest first."""
    viewer = request.viewer
    found = thread_lines.lines(
        request.db,
        viewer.id,
        viewer.role_view,
        at=now(),
        after=request.query("after"),
        only_unread=only_unread,
    )
    is_whole = not only_unread and not request.query("after")
    told = newest(request) if is_whole else ""
    return show(request, INDEX, found=found, only_unread=only_unread, cursor=told)


def newest(request: Request) -> str:
    """What an open inbox has seen: the instant of the latest words (0 for none), and how many."""
    latest, number = thread_lines.newest(request.db, request.viewer.id, request.viewer.role_view)
    return f"{(latest - BEGINNING) // timedelta(microseconds=1) if latest else 0}.{number}"


class FirstMessages(Controller):
    """From a coach's public profile; a pair that already talks is led to its thread."""

    path = "/coaches/{handle:str}/message"

    @get("/", allow=Permission.START_THREAD, name="threads.new")
    def new(self, request: Request, handle: FromPath[str]) -> Response[str]:
        try:
            coach = coach_called(request, handle)
        except NotAllowed as no:
            return show(request, CLOSED, status=403, handle=handle, closed=no.sentence)
        if coach.handle != handle:
            return moved(request, f"/coaches/{coach.handle}/message")
        thread = threads.of_pair(request.db, request.viewer.id, coach.account_id)
        if thread is not None:
            return go(request, f"/messages/{thread.id}")
        return new_page(request, coach, blank(MessageForm))

    @post("/", allow=Permission.START_THREAD, name="threads.create")
    def create(self, request: Request, handle: FromPath[str]) -> Response[str]:
        coach = coach_called(request, handle)
        form = request.filled(MessageForm, again=partial(new_page, request, coach))
        message = start_thread(request.db, coach, form, by=request.viewer)
        return go(request, f"/messages/{message.thread_id}")


def new_page(request: Request, coach: CoachProfile, form: Bound[MessageForm]) -> Response[str]:
    """The form for the first words."""
    return show(request, NEW, coach=coach, form=form)


def thread_page(
    request: Request, thread: Thread, form: Bound[MessageForm] | None = None, page: Page = SHOW
) -> Response[str]:
    """A thread as one of its two sees it: the last messages, or those before `?before=`."""
    db, me = request.db, request.viewer.id
    before = request.query("before")
    talk = messages.latest(db, thread.id, me, before=plain_id(before) if before else None)
    side = thread.side_of(me)
    other_read = thread.read_by_other(me)
    is_new = talk.last > thread.read_by(me) or notices.wait_in(db, me, thread.id)
    # Of older ones nothing new is read; and a browser that looks ahead is not a person who reads.
    if is_new and not before and not request.is_looking_ahead:
        request.afterwards(mark_read, thread.id, me, talk.last)
    return show(
        request,
        page,
        side=side,
        talk=talk,
        before=before,
        seen=messages.last_seen(db, thread.id, me, other_read),
        cursor=cursor_text(cursor(request.viewer, thread, talk.last)),
        terms=threads.terms(db, thread),
        rating=rating_for(request, thread.student_id),
        invitation=invitation_in(request, thread),
        offer=proposals.between(db, thread.student_id, thread.coach_id, at=now()),
        beside=thread_lines.lines(db, me, side, at=now(), size=BESIDE),
        open_thread=thread.id,
        **composer(request, thread, form),
    )


def composer(
    request: Request, thread: Thread, form: Bound[MessageForm] | None = None
) -> dict[str, Any]:
    """What the region of the composer is made of, wherever it is shown."""
    return {
        "thread": thread,
        "other": threads.other(request.db, thread, thread.side_of(request.viewer.id), at=now()),
        "closed": why_not(request.viewer, Permission.SEND_MESSAGE, thread),
        "form": form or blank(MessageForm),
    }


def cursor(viewer: Any, thread: Thread | ThreadFacts, last: int) -> list[int]:
    """What an open page has seen: messages, how far the other one has read, and how it stands.

    That is how many messages staff have hidden, and whether its reader may write, in one number:
    when it differs, the next poll brings anew the composer and what is hidden.
    """
    stands = 2 * thread.hidden + may(viewer, Permission.SEND_MESSAGE, thread)
    return [last, thread.read_by_other(viewer.id), stands]


def invitation_in(request: Request, thread: Thread) -> Between | None:
    """The latest invitation between the two, if there was one."""
    if thread.invited_at is None:
        return None
    return invitations.between(request.db, thread.student_id, thread.coach_id, at=now())
