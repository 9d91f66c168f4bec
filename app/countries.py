"""Countries as people look for them: by name, by another name, by code."""

from collections import defaultdict
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.core import get_global

from db.search_text import fold, words

ENGLISH = Locale("en")
KOSOVO = "XK"  # people live there, and ISO 3166 has no entry for it
BEGINNING = 3  # letters, from which on a name may be left unfinished
MOST = 40
# What people say instead; IANA's own short names ("Turkey", "Czech Republic") come on top.
CALLED = {
    "AE": ("UAE", "Emirates"),
    "BN": ("Brunei Darussalam",),
    "CD": ("DRC", "DR Congo", "Democratic Republic of the Congo"),
    "CG": ("Republic of the Congo",),
    "CI": ("Ivory Coast",),
    "CV": ("Cabo Verde",),
    "GB": ("UK", "England", "Scotland", "Wales", "Northern Ireland", "Great Britain"),
    "KP": ("DPRK",),
    "KR": ("Republic of Korea",),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "NL": ("Holland",),
    "RU": ("Russian Federation",),
    "SZ": ("Swaziland",),
    "US": ("USA", "America", "United States of America"),
    "VA": ("Vatican", "Holy See"),
    "VN": ("Viet Nam",),
}


@cache
def country_name(code: str) -> str:
    """The English name of an ISO 3166 code; the code itself when it has none."""
    return str(ENGLISH.territories.get(code, code))


@cache
def countries() -> dict[str, str]:
    """Every country and territory under its code, by name."""
    codes = [*_short_names(), KOSOVO]
    return {code: country_name(code) for code in sorted(codes, key=lambda c: fold(country_name(c)))}


@cache
def other_names(code: str) -> tuple[str, ...]:
    """What a country is called besides."""
    return (*CALLED.get(code, ()), _short_names().get(code, ""))


@cache
def _short_names() -> dict[str, str]:
    table = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    return {line[:2]: line[3:] for line in lines}


def name_key(name: str) -> str:
    """By this a name is the same name: The Gambia, St. Lucia and Saint Lucia, & and and."""
    plain = words(name.replace(".", "").replace("&", " and "))
    return " ".join("saint" if word == "st" else word for word in plain if word != "the")


@cache
def _by_name() -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in countries().items():
        for key in dict.fromkeys(map(name_key, (name, *filter(None, other_names(code))))):
            found[key].append(code)
    return dict(found)


@cache
def _older_codes() -> dict[str, str]:
    """UK, and the codes of three letters, which CLDR keeps as other spellings."""
    kept = countries()
    return {
        code: meant[0]
        for code, meant in get_global("territory_aliases").items()
        if len(meant) == 1 and meant[0] in kept
    }


def country_called(typed: str) -> str | None:
    """The code of the country that has exactly this name or code."""
    code = typed.upper() if typed.isascii() else ""
    meant = [code] if code in countries() else _by_name().get(name_key(typed), [])
    return meant[0] if len(meant) == 1 else _older_codes().get(code)


def countries_called(typed: str) -> list[str]:
    """The codes of the countries that may be meant; one where there is no doubt."""
    code, key = country_called(typed), name_key(typed)
    if code or len(key) < BEGINNING:
        return [code] if code else []
    meant = {code for name, codes in _by_name().items() if name.startswith(key) for code in codes}
    return [code for code in countries() if code in meant]


def find_countries(typed: str) -> list[str]:
    """The codes of the countries that all these words lead to, the likeliest first."""
    exact, start, wanted = country_called(typed), fold(typed), name_key(typed).split()
    found = [code for code in countries() if all(f" {word}" in _text(code) for word in wanted)]
    found.sort(key=lambda code: (code != exact, not fold(country_name(code)).startswith(start)))
    return found[:MOST] if wanted else []


@cache
def _text(code: str) -> str:
    return "".join(f" {name_key(name)}" for name in (code, country_name(code), *other_names(code)))
