"""Countries, time zones and currencies as people write them."""

from collections.abc import Callable, Sequence
from typing import Annotated

from msgspec import Struct

from app.countries import countries, countries_called, country_name, find_countries
from app.currencies import CURRENCIES, currencies_called, currency_name, find_currencies
from app.forms.form import Form
from app.forms.kinds import Kind, Wrong
from app.forms.text import one_line
from app.time_zones import find_zones, zone_named, zones_called

NAMED = 3  # of several that may be meant


def written_country(code: str | None) -> str:
    """What stands in the field for a country: Kenya."""
    return country_name(code) if code in countries() else ""


def written_zone(name: str | None) -> str:
    """What stands in the field for a time zone: Nairobi, Kenya; nothing for none."""
    zone = zone_named(name or "")
    return zone.written if zone else ""


def written_currency(code: str | None) -> str:
    """What stands in the field for a currency: Euro (EUR)."""
    return currency_name(code) if code in CURRENCIES else ""


def read_country(text: str) -> str:
    """The code of the one country that goes by this name or code."""
    codes = countries_called(one_line(text)) if one_line(text) else [""]
    names = [country_name(code) for code in codes]
    return codes[names.index(_the_one(names, "country", "countries", "its English name"))]


def read_time_zone(text: str) -> str:
    """The zone of the one place that goes by this name."""
    typed = one_line(text)
    if not typed:
        return ""
    zones = {zone.written: zone.name for zone in zones_called(typed)}
    return zones[_the_one(list(zones), "place", "places", "a large city near you")]


def read_currency(text: str) -> str:
    """The code of the one currency that goes by this name or code."""
    typed = one_line(text)
    if not typed:
        return ""
    names = {currency_name(code): code for code in currencies_called(typed)}
    return names[
        _the_one(list(names), "currency we can use", "currencies", "its code, such as EUR")
    ]


def _the_one(names: Sequence[str], one: str, several: str, better: str) -> str:
    if not names:
        raise Wrong(f"No {one} is called so. Write {better}.")
    if len(names) > 1:
        more = ", and others" if len(names) > NAMED else ""
        raise Wrong(f"Several {several} may be meant: {'; '.join(names[:NAMED])}{more}.")
    return names[0]


Country = Annotated[str, Kind(read_country, missing="Choose a country.")]
TimeZone = Annotated[str, Kind(read_time_zone, missing="Choose a place.")]
Currency = Annotated[str, Kind(read_currency, missing="Choose one.")]


class PlaceSearch(Form, frozen=True, kw_only=True):
    """What is looked for on the page of places."""

    country: str = ""
    time_zone: str = ""
    currency: str = ""


class Place(Struct, frozen=True):
    """One answer: what a field takes, and the code or the zone it stands for."""

    text: str
    code: str = ""
    zone: str = ""


def _zones(typed: str) -> list[Place]:
    return [Place(zone.written, zone=zone.name) for zone in find_zones(typed)]


def _countries(typed: str) -> list[Place]:
    return [Place(country_name(code), code) for code in find_countries(typed)]


def _currencies(typed: str) -> list[Place]:
    return [Place(currency_name(code), code) for code in find_currencies(typed)]


FINDERS: dict[str, Callable[[str], list[Place]]] = {
    "country": _countries,
    "time_zone": _zones,
    "currency": _currencies,
}
