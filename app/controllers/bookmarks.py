"""A coach's bookmarks: the toggle beside a request, the list, and a note beside each."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import markable_requests, visible_requests
from app.actions.bookmarks import bookmark_request, note_bookmark, unbookmark_request
from app.clock import now
from app.errors import NotFound
from app.forms.bookmarks import MarkForm, NoteForm
from app.forms.form import Bound, blank
from app.forms.versions import is_unread, version_of
from app.web.pages import came_from
from app.web.request import Request
from app.web.respond import Page, done, go, show
from app.web.routes import get, post
from db.models.learning_requests import LearningRequest
from db.queries import bookmarks
from db.queries.bookmarks import BookmarkLine, Markable

INDEX = Page("bookmarks/index", part="bookmarks/list")
NOTE = Page("bookmarks/note", part="bookmarks/note")


class BookmarkList(Controller):
    """What one has marked, newest first, whatever became of it."""

    path = "/bookmarks"

    @get("/", allow=Permission.LIST_BOOKMARKS, name="bookmarks.index")
    def index(self, request: Request) -> Response[str]:
        return index_page(request)


class Bookmarks(Controller):
    """The toggle: the same button comes back, pressed or not."""

    path = "/requests/{request_id:str}"

    @post("/bookmark", allow=Permission.BOOKMARK_REQUEST, name="bookmarks.create")
    def create(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(Markable, request_id)
        form = request.filled(MarkForm, again=partial(index_page, request))
        bookmark_request(request.db, wanted, by=request.viewer)
        return pressed(request, wanted, form, is_marked=True)

    @post("/unbookmark", allow=Permission.UNBOOKMARK_REQUEST, name="bookmarks.destroy")
    def destroy(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(Markable, request_id)
        form = request.filled(MarkForm, again=partial(index_page, request))
        unbookmark_request(request.db, wanted, by=request.viewer)
        return pressed(request, wanted, form, is_marked=False)

    @post("/note", allow=Permission.NOTE_BOOKMARK, name="bookmarks.note")
    def note(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        form = request.filled(NoteForm, again=partial(note_page, request, wanted))
        mark = line(request, wanted)
        if mark and is_late(mark, form):
            return note_page(request, wanted, late=form)
        note_bookmark(request.db, wanted, form, by=request.viewer)
        to = f"{came_from(request, otherwise='/bookmarks')}#mark-{wanted.id}"
        return done(request, "bookmarks/note", to=to, **noting(line(request, wanted)))


def index_page(request: Request, form: Bound[Any] | None = None) -> Response[str]:
    """The list, with what was taken off it a moment ago."""
    visible, after = markable_requests(request.viewer), request.query("after")
    soon = is_soon(request.query("ending"))
    found = bookmarks.lines(
        request.db, request.viewer, visible, at=now(), after=after, ending_soon=soon
    )
    notes = {mark.wanted.id: note_form(mark) for mark in found.items}
    return show(request, INDEX, found=found, notes=notes, ending_soon=soon)


def is_soon(word: str) -> bool:
    """Whether only those are asked for whose requests end within days."""
    if word not in ("", "soon"):
        raise NotFound
    return bool(word)


def pressed(
    request: Request, wanted: Markable, form: MarkForm, *, is_marked: bool
) -> Response[str]:
    """The button or the line as it stands now, or the page it was pressed on."""
    if form.place == "list":
        mark, to = line(request, wanted), came_from(request, otherwise="/bookmarks")
        return done(request, "bookmarks/line", to=to, **noting(mark)) if mark else go(request, to)
    to = came_from(request, otherwise=f"/requests/{wanted.id}")
    if not wanted.is_listed and not is_marked:  # its page may be nobody's to see any more
        here = bookmarks.is_among(request.db, wanted.id, visible_requests(request.viewer))
        to = to if here else "/bookmarks"
    return done(request, "bookmarks/button", to=to, wanted=wanted, is_marked=is_marked)


def note_page(
    request: Request,
    wanted: LearningRequest,
    form: Bound[NoteForm] | None = None,
    *,
    late: NoteForm | None = None,
) -> Response[str]:
    """The note of one bookmark; `late` (409) were typed beside words that stand no longer."""
    mark = line(request, wanted)
    if mark is None:
        return go(request, "/bookmarks")
    if late:
        form = blank(
            NoteForm, stored(mark) | {"note": late.note, "version": version_of(stored(mark))}
        )
    return show(
        request, NOTE, status=409 if late else 200, **noting(mark, form), is_late=bool(late)
    )


def noting(mark: BookmarkLine | None, form: Bound[NoteForm] | None = None) -> dict[str, Any]:
    """What the line of a bookmark is made of."""
    return {"mark": mark, "form": form or (note_form(mark) if mark else None)}


def note_form(mark: BookmarkLine) -> Bound[NoteForm]:
    return blank(NoteForm, stored(mark) | {"version": version_of(stored(mark))})


def is_late(mark: BookmarkLine, form: NoteForm) -> bool:
    """Whether other words stand there by now; beside a mark that is gone, none do."""
    if mark.is_removed or mark.note == form.note:
        return False
    return is_unread(form.version, stored(mark))


def stored(mark: BookmarkLine) -> dict[str, str]:
    return {"note": mark.note}


def line(request: Request, wanted: LearningRequest | Markable) -> BookmarkLine | None:
    visible = markable_requests(request.viewer)
    request.db.flush()
    return bookmarks.line(request.db, request.viewer, wanted.id, visible, at=now())
