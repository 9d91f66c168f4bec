"""Settings: one's name, how pages look, and the time zone."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.settings import set_time_zone, update_settings
from app.clock import now
from app.forms.form import Bound, blank
from app.forms.settings import SettingsForm, TimeZoneForm
from app.locales import LOCALES
from app.time_zones import UNKNOWN, find_zones, zone_named
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post

EDIT = Page("settings/edit", part="settings/form")
TIME_ZONE = Page("settings/time_zone", part="settings/zones")


class SettingsPages(Controller):
    """What a person decides about their own account and pages."""

    @get("/settings", allow=Permission.EDIT_SETTINGS, name="settings.edit")
    def edit(self, request: Request) -> Response[str]:
        stored = {name: getattr(request.viewer, name) for name in SettingsForm.__struct_fields__}
        return settings_page(request, blank(SettingsForm, stored))

    @post("/settings", allow=Permission.EDIT_SETTINGS, name="settings.update")
    def update(self, request: Request) -> Response[str]:
        form = request.filled(SettingsForm, again=partial(settings_page, request))
        update_settings(request.db, form, by=request.viewer)
        # A whole page for htmx too: the frame around the form changes with what was chosen.
        return go(request, "/settings", say="Your settings are saved.")

    @get("/settings/time-zone", allow=Permission.EDIT_SETTINGS, name="settings.time_zone")
    def time_zone(self, request: Request) -> Response[str]:
        return time_zone_page(request, blank(TimeZoneForm))

    @post("/settings/time-zone", allow=Permission.EDIT_SETTINGS, name="settings.set_time_zone")
    def set_time_zone(self, request: Request) -> Response[str]:
        form = request.filled(TimeZoneForm, again=partial(time_zone_page, request))
        set_time_zone(request.db, form, by=request.viewer)
        zone = zone_named(form.time_zone)
        city = zone.city if zone else form.time_zone
        return go(request, "/settings", say=f"You now see times as clocks in {city} show them.")


def settings_page(request: Request, form: Bound[Any]) -> Response[str]:
    viewer = request.viewer
    return show(
        request,
        EDIT,
        form=form,
        zone=zone_named(viewer.time_zone),
        has_zone=viewer.time_zone != UNKNOWN,
        locales=tuple(LOCALES.items()),
        now=now(),
    )


def time_zone_page(request: Request, form: Bound[Any]) -> Response[str]:
    typed = request.query("q")
    return show(
        request,
        TIME_ZONE,
        form=form,
        typed=typed,
        zone=zone_named(request.viewer.time_zone),
        zones=find_zones(typed, near=request.viewer.country),
        now=now(),
    )
