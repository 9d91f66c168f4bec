"""Sessions for calendars: one as a file, all as a private feed, and the feed's address."""

import re

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.calendars import end_calendar, make_calendar, renew_calendar
from app.calendars import MEDIA_TYPE, calendar_of
from app.clock import now
from app.errors import NotFound
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.learning_sessions import LearningSession
from db.queries import calendars
from db.queries.calendars import Owner

EDIT = Page("calendars/edit", part="calendars/feed")
SETTINGS = "/settings/calendar"
NAME = re.compile(r"([A-Za-z0-9_-]{43})\.ics", re.ASCII)
KEPT_BY_NOBODY = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


class CalendarFiles(Controller):
    """What calendars read."""

    @get(
        "/sessions/{session_id:str}/calendar.ics",
        allow=Permission.DOWNLOAD_SESSION, name="calendars.download",
    )  # fmt: skip
    def download(self, request: Request, session_id: FromPath[str]) -> Response[bytes]:
        session, viewer = request.allowed(LearningSession, session_id), request.viewer
        entries = [calendars.entry(request.db, session.id, viewer.id, now())]
        body = calendar_of(entries, owner_of(request), request.settings.public_url)
        return file_of(body, f"session-{session.id}.ics")

    @get("/calendar/{name:str}", allow=Permission.READ_CALENDAR, name="calendars.feed")
    def feed(self, request: Request, name: FromPath[str]) -> Response[bytes]:
        found = NAME.fullmatch(name)
        owner = calendars.feed_owner(request.db, found[1]) if found else None
        if owner is None:
            raise NotFound
        entries = calendars.feed(request.db, owner.id, now())
        return file_of(calendar_of(entries, owner, request.settings.public_url), "skileez.ics")


class CalendarSettings(Controller):
    """The address of one's own feed: made when it is asked for, and ended when it got around."""

    path = SETTINGS

    @get("/", allow=Permission.EDIT_CALENDAR, name="calendars.edit")
    def edit(self, request: Request) -> Response[str]:
        key = calendars.feed_key(request.db, request.viewer.id)
        address = f"{request.settings.public_url}/calendar/{key}.ics" if key else ""
        return show(request, EDIT, address=address)

    @post("/make", allow=Permission.EDIT_CALENDAR, name="calendars.make")
    def make(self, request: Request) -> Response[str]:
        make_calendar(request.db, by=request.viewer)
        return go(request, SETTINGS, say="Your calendar has an address now.")

    @post("/renew", allow=Permission.EDIT_CALENDAR, name="calendars.renew")
    def renew(self, request: Request) -> Response[str]:
        renew_calendar(request.db, by=request.viewer)
        return go(request, SETTINGS, say="Your calendar has a new address. The old one has ended.")

    @post("/end", allow=Permission.EDIT_CALENDAR, name="calendars.end")
    def end(self, request: Request) -> Response[str]:
        end_calendar(request.db, by=request.viewer)
        return go(request, SETTINGS, say="The address has ended.")


def owner_of(request: Request) -> Owner:
    return Owner(request.viewer.id, request.viewer.time_zone, request.viewer.locale)


def file_of(body: bytes, name: str) -> Response[bytes]:
    headers = KEPT_BY_NOBODY | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA_TYPE, headers=headers)
