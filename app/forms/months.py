"""Months as people write them, stored as their first day."""

import re
from datetime import date, timedelta
from typing import Annotated

from app.clock import now
from app.forms.kinds import Kind, Wrong
from app.forms.text import one_line

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTH = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})"
    r"|(?:(?P<written_month>[0-9]{1,2}) ?[/.] ?|(?P<name>[a-z]{3,9})\.?,? )"
    r"(?P<written_year>[0-9]{4})",
    re.ASCII,
)
EARLIEST_YEAR = 1900
FARTHEST_AHEAD = timedelta(hours=14)  # UTC+14, where a month begins first


def read_month(text: str) -> date | str:
    """A month as its first day: 2021-03 as month fields send it, or as people write it."""
    cleaned = one_line(text)
    if not cleaned:
        return ""
    found = MONTH.fullmatch(cleaned.casefold())
    year = int(found["year"] or found["written_year"]) if found else 0
    month = _month_number(found) if found else 0
    if not 1 <= month <= 12:
        raise Wrong("Write a month such as March 2021 or 2021-03.")
    if year < EARLIEST_YEAR:
        raise Wrong(f"Write a year from {EARLIEST_YEAR} on.")
    if (first := date(year, month, 1)) > (now() + FARTHEST_AHEAD).date():
        raise Wrong("This month has not begun yet.")
    return first


def _month_number(found: re.Match[str]) -> int:
    if name := found["name"]:
        known = (number for number, month in enumerate(MONTHS, 1) if name in (month, month[:3]))
        return next(known, 9 if name == "sept" else 0)
    return int(found["month"] or found["written_month"])


Month = Annotated[date, Kind(read_month, missing="Give a month.")]
