"""A coach's bookmarks: the toggle beside a request, and the list."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_requests
from app.actions.bookmarks import bookmark_request, unbookmark_request
from app.clock import now
from app.web.request import Request
from app.web.respond import Page, came_from, done, show
from app.web.routes import get, post
from db.models.learning_requests import LearningRequest
from db.queries import bookmarks

INDEX = Page("bookmarks/index", part="bookmarks/list")


class BookmarkList(Controller):
    """What one has marked, newest first, whatever became of it."""

    path = "/bookmarks"

    @get("/", allow=Permission.LIST_BOOKMARKS, name="bookmarks.index")
    def index(self, request: Request) -> Response[str]:
        visible, after = visible_requests(request.viewer), request.query("after")
        found = bookmarks.cards(request.db, request.viewer, visible, at=now(), after=after)
        return show(request, INDEX, found=found)


class Bookmarks(Controller):
    """The toggle: the same button comes back, pressed or not."""

    path = "/requests/{request_id:str}"

    @post("/bookmark", allow=Permission.BOOKMARK_REQUEST, name="bookmarks.create")
    def create(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        bookmark_request(request.db, wanted, by=request.viewer)
        return button(request, wanted, is_marked=True)

    @post("/unbookmark", allow=Permission.UNBOOKMARK_REQUEST, name="bookmarks.destroy")
    def destroy(self, request: Request, request_id: FromPath[str]) -> Response[str]:
        wanted = request.allowed(LearningRequest, request_id)
        unbookmark_request(request.db, wanted, by=request.viewer)
        return button(request, wanted, is_marked=False)


def button(request: Request, wanted: LearningRequest, *, is_marked: bool) -> Response[str]:
    """The button as it stands now, or the page it was pressed on."""
    to = came_from(request, otherwise=f"/requests/{wanted.id}")
    return done(request, "bookmarks/button", to=to, wanted=wanted, is_marked=is_marked)
