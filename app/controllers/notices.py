"""What one was told: the list behind the bell."""

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.notices import mark_notices_read
from app.clock import now
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.queries import notices

INDEX = Page("notices/index", part="notices/list")


class Notices(Controller):
    """Both sides of an account in one list; looking at it reads what it shows."""

    @get("/notices", allow=Permission.LIST_NOTICES, name="notices.index")
    def index(self, request: Request) -> Response[str]:
        db, me, after = request.db, request.viewer.id, request.query("after")
        found = notices.lines(db, me, at=now(), after=after)
        above = notices.told_before(db, me, after)
        unread = [line.id for line in found.items if not line.is_read]
        if unread:
            request.afterwards(mark_notices_read, me, unread)
        return show(request, INDEX, found=found, above=above, read_here=len(unread))
