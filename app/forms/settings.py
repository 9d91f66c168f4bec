"""What a browser may send to change how one is called and how pages look."""

from typing import Annotated

from app.forms.accounts import Name
from app.forms.form import Form
from app.forms.kinds import Kind, Wrong
from app.forms.text import one_line
from app.locales import LOCALES
from app.time_zones import zone_named
from db.models.accounts import DataSaver, Theme


def read_locale(text: str) -> str:
    """One of the locales that are offered."""
    code = one_line(text)
    if code and code not in LOCALES:
        raise Wrong("Choose one of the answers offered.")
    return code


def read_time_zone(text: str) -> str:
    """The name of a time zone people live in, as it is called today."""
    name = one_line(text)
    if not name:
        return ""
    zone = zone_named(name)
    if zone is None:
        raise Wrong("Choose one of the places in the list.")
    return zone.name


class SettingsForm(Form, frozen=True, kw_only=True):
    """One's name, and how pages look."""

    first_name: Name
    last_name: Name
    locale: Annotated[str, Kind(read_locale, missing="Choose one.")]
    theme: Theme
    data_saver: DataSaver


class TimeZoneForm(Form, frozen=True, kw_only=True):
    """The time one lives by."""

    time_zone: Annotated[str, Kind(read_time_zone, missing="Choose a place.")]
