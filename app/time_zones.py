"""Time zones as people look for them: by city, by country, by what a place is called."""

import re
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec
from jinja2.runtime import Context

from app.countries import country_called, country_name, name_key, other_names
from db.search_text import fold, search_text, searched

UNKNOWN = "UTC"  # of people who never chose: the lists below do not offer it
MOST = 40  # more than any country has
BEGINNING = 3  # letters, from which on a name may be left unfinished
IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
# Large places whose zone is named after another one.
ALSO = {
    "Africa/Casablanca": "Rabat Marrakesh",
    "Africa/Johannesburg": "Cape Town Durban Pretoria",
    "Africa/Lagos": "Abuja Kano",
    "Africa/Nairobi": "Mombasa",
    "America/Bogota": "Medellin Cali",
    "America/Chicago": "Houston Dallas Austin Texas",
    "America/Denver": "Salt Lake City Colorado",
    "America/Los_Angeles": "California San Francisco Seattle San Diego Portland",
    "America/New_York": "Washington Boston Miami Atlanta Philadelphia Florida Portland",
    "America/Sao_Paulo": "Rio de Janeiro Brasilia",
    "America/Toronto": "Montreal Ottawa Ontario Quebec",
    "Asia/Dubai": "Abu Dhabi",
    "Asia/Ho_Chi_Minh": "Hanoi Saigon",
    "Asia/Jerusalem": "Tel Aviv Haifa",
    "Asia/Karachi": "Lahore Islamabad",
    "Asia/Kolkata": "Delhi Mumbai Bengaluru Bangalore Chennai Hyderabad Calcutta",
    "Asia/Riyadh": "Mecca Jeddah",
    "Asia/Shanghai": "Beijing Shenzhen Guangzhou",
    "Asia/Tokyo": "Osaka Kyoto",
    "Europe/Belgrade": "Kosovo Pristina",
    "Europe/Berlin": "Munich Hamburg Frankfurt Cologne",
    "Europe/Istanbul": "Ankara",
    "Europe/Kyiv": "Kiev Lviv Odesa",
    "Europe/London": "Manchester Edinburgh Cardiff Belfast",
    "Europe/Madrid": "Barcelona Seville Valencia",
    "Europe/Paris": "Lyon Marseille",
    "Europe/Rome": "Milan Naples",
    "Europe/Zurich": "Geneva Bern Basel",
}


class Zone(msgspec.Struct, frozen=True):
    """A zone of the IANA list, and what it is found by."""

    name: str
    city: str
    country: str
    part: str  # of a country that has several
    text: str

    @property
    def place(self) -> str:
        """Kenya; for a part of a country, that too."""
        country = country_name(self.country)
        return f"{country}: {self.part}" if self.part else country

    @property
    def written(self) -> str:
        """Nairobi, Kenya: as it stands in a field."""
        country = country_name(self.country)
        return self.city if self.city == country else f"{self.city}, {country}"

    def is_called(self, wanted: list[str]) -> bool:
        """Whether all these are whole words of what it is found by."""
        return all(f" {word} " in f"{self.text} " for word in wanted)


@cache
def clocks_of(name: str) -> ZoneInfo:
    """The clocks of a zone; those of UTC where there is none of this name (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return ZoneInfo(UNKNOWN)


def zone_of(context: Context) -> str:
    """The zone of whoever reads a page."""
    viewer = context.get("viewer")
    return viewer.time_zone if viewer else UNKNOWN


@cache
def zones() -> dict[str, Zone]:
    """Every zone people live in, under its name of today."""
    known, found = available_timezones(), {}
    for line in _lines("zone.tab"):
        if not line.startswith("#"):
            country, _, name, *part = line.split("\t")
            if name in known:
                found[name] = _zone(name, country, IN_BRACKETS.sub("", "".join(part)))
    return found


def _zone(name: str, country: str, part: str) -> Zone:
    city, place = name.rpartition("/")[2].replace("_", " "), country_name(country)
    own = part if part not in (city, place) else ""
    also = (ALSO.get(name, ""), *other_names(country))
    return Zone(name, city, country, own, search_text(city, place, part, *also))


def zone_named(name: str) -> Zone | None:
    """The zone of this name, an older name included: browsers still say Asia/Calcutta."""
    return zones().get(name) or zones().get(_older_names().get(name, ""))


@cache
def _older_names() -> dict[str, str]:
    links = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {older: name for _, name, older in links}


def _lines(file: str) -> list[str]:
    return files("tzdata.zoneinfo").joinpath(file).read_text(encoding="utf-8").splitlines()


def find_zones(typed: str, *, near: str | None = None) -> list[Zone]:
    """The zones that all these words lead to, the likeliest first; for no words, those near."""
    wanted = searched(typed.replace("_", " "))
    if not wanted:
        return [zone for zone in zones().values() if near and zone.country == near][:MOST]
    named = zone_named(typed)
    if named:
        return [named]
    found = [zone for zone in zones().values() if all(f" {word}" in zone.text for word in wanted)]
    start = fold(typed)

    # Of a country's zones the list names the one with most people first, and sorting keeps that.
    def likeliest(zone: Zone) -> tuple[bool, bool, bool]:
        by_city = fold(zone.city).startswith(start)
        return not zone.is_called(wanted), not by_city, zone.country != near

    return sorted(found, key=likeliest)[:MOST]


def zones_called(typed: str) -> list[Zone]:
    """The zones that may be meant; one where there is no doubt."""
    key, code, wanted = name_key(typed), country_called(typed), searched(typed)
    named = zone_named(typed) or _by_text().get(_cased(typed)) or _by_text().get(key)
    if named or not wanted:
        return [named] if named else []
    at_home = [zone for zone in zones().values() if zone.country == code]
    found = find_zones(typed)
    whole = [zone for zone in found if zone.is_called(wanted)]
    return at_home or whole or (found if len(key) >= BEGINNING else [])


def _cased(name: str) -> str:
    return name.casefold().replace("_", " ")


@cache
def _by_text() -> dict[str, Zone]:
    """Every zone under its name, its city and what stands in a field for it."""
    found: dict[str, Zone] = {}
    for zone in reversed(zones().values()):  # of two, the one with most people stays
        found |= dict.fromkeys((_cased(zone.name), name_key(zone.city)), zone)
    return found | {name_key(zone.written): zone for zone in zones().values()}
