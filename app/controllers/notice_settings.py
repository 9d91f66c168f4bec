"""Which notices are mailed, and when; and the way out of a mail, for whoever holds it."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.notice_settings import unsubscribe, update_notice_settings
from app.clock import now
from app.errors import NotFound
from app.forms.form import Bound, blank
from app.forms.notice_settings import SIDES, NoticeSettingsForm, UnsubscribeForm, clock
from app.mail.unsubscribing import WAYS
from app.time_zones import zone_named
from app.tokens import TOKEN
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.notices import NoticeKind
from db.queries import accounts, notices

EDIT = Page("notice_settings/edit", part="notice_settings/form")
WAY_OUT = Page("notice_settings/way_out")


class NoticeSettings(Controller):
    """A person's own choices, for the kinds their sides can be told of."""

    path = "/settings/notices"

    @get("/", allow=Permission.EDIT_NOTICE_SETTINGS, name="notice_settings.edit")
    def edit(self, request: Request) -> Response[str]:
        wishes = notices.mail_wishes(request.db, request.viewer.id)
        quiet = {"quiet_from": clock(wishes.quiet_from), "quiet_to": clock(wishes.quiet_to)}
        chosen = {f"mail_{kind}": timing for kind, timing in wishes.timings.items()}
        return settings_page(request, blank(NoticeSettingsForm, chosen | quiet))

    @post("/", allow=Permission.EDIT_NOTICE_SETTINGS, name="notice_settings.update")
    def update(self, request: Request) -> Response[str]:
        again = partial(settings_page, request)
        form = request.filled(NoticeSettingsForm, again=again, mail=kinds_of(request))
        update_notice_settings(request.db, form, by=request.viewer)
        return go(request, "/settings/notices", say="Your choices are saved.")


class WaysOut(Controller):
    """For anybody who has the mail, signed in or not; looking at it does nothing."""

    path = "/unsubscribe/{key:str}/{way:str}"

    @get("/", allow=Permission.UNSUBSCRIBE, name="notice_settings.way_out")
    def way_out(self, request: Request, key: FromPath[str], way: FromPath[str]) -> Response[str]:
        if not (is_one(key, way) and accounts.has_mail_key(request.db, key)):
            raise NotFound
        return way_out_page(request, way, has_ended=False)

    @post("/", allow=Permission.UNSUBSCRIBE, name="notice_settings.unsubscribe")
    def unsubscribe(
        self, request: Request, key: FromPath[str], way: FromPath[str]
    ) -> Response[str]:
        account = accounts.locked_by_mail_key(request.db, key) if is_one(key, way) else None
        if account is None:
            raise NotFound
        request.filled(UnsubscribeForm, again=lambda _: way_out_page(request, way, has_ended=False))
        unsubscribe(request.db, account, WAYS[way])
        # No redirect: providers follow none.
        return way_out_page(request, way, has_ended=True)


def kinds_of(request: Request) -> list[NoticeKind]:
    viewer = request.viewer
    return [kind for kind, sides in SIDES.items() if any(viewer.has(side) for side in sides)]


def is_one(key: str, way: str) -> bool:
    return bool(TOKEN.fullmatch(key)) and way in WAYS


def settings_page(request: Request, form: Bound[Any]) -> Response[str]:
    zone = zone_named(request.viewer.time_zone)
    return show(request, EDIT, form=form, kinds=kinds_of(request), zone=zone, now=now())


def way_out_page(request: Request, way: str, *, has_ended: bool) -> Response[str]:
    return show(request, WAY_OUT, way=way, has_ended=has_ended)
