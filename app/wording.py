"""Facts in words: money, times, names of languages and countries, labels of states."""

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import ada_url
from babel import Locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app.browsers import browser_name
from app.clock import now
from app.countries import country_name
from app.currencies import currency_name
from app.labels import LABELS
from app.links import host_of, icon_of
from app.locales import manner_for
from app.time_zones import clocks_of, zone_of
from db.models.learning_requests import PARTS_OF_THE_DAY, WEEKDAYS

ENGLISH = Locale("en")
LANGUAGES = {  # those with a code of two letters, and two that many speak without one
    code: name
    for code, name in sorted(ENGLISH.languages.items(), key=lambda item: item[1])
    if len(code) == 2 or code in ("fil", "yue")
}
DAY_NAMES = tuple(ENGLISH.days["format"]["wide"][number] for number in range(7))
BREAK = re.compile(r"\n\s*\n")
# Nothing that turns the direction of what is read: an address must show where it leads.
UNLINKED = r"\s<>\"'\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
LINK = re.compile(rf"https?://[^{UNLINKED}]+[^{UNLINKED}.,;:!?)\]]", re.IGNORECASE)
TINTS = 6
KEPT = 2_000  # names that were looked at
PLURALS = {
    "coach": "coaches",
    "person": "people",
    "country": "countries",
    "entry": "entries",
    "reply": "replies",
    "try": "tries",
}


def _local(context: Context, instant: datetime) -> datetime:
    return instant.astimezone(clocks_of(zone_of(context)))


@pass_context
def money(context: Context, minor: int, currency: str) -> str:
    """$18 or $18.50: minor units with their sign, without empty decimals."""
    return manner_for(context).money(minor, currency)


@pass_context
def budget(context: Context, wanted: Any) -> str:
    """$10 to $20, From $10, Up to $20, or $20: what a request offers for a session; "" for none."""
    least, most = (
        manner_for(context).money(amount, wanted.currency) if amount else ""
        for amount in (wanted.budget_from, wanted.budget_to)
    )
    if least and most and least != most:
        return f"{least} to {most}"
    if least and not most:
        return f"From {least}"
    return f"Up to {most}" if most and not least else most


@pass_context
def when(context: Context, instant: datetime) -> str:
    """Thu 19 Nov, 17:00, in the viewer's zone; with the year where it is not this one."""
    local = _local(context, instant)
    year = local.year != _local(context, now()).year
    return manner_for(context).day_and_time(local, year=year)


@pass_context
def day(context: Context, instant: datetime | date) -> str:
    """19 November 2026, in the viewer's zone."""
    local = _local(context, instant) if isinstance(instant, datetime) else instant
    manner = manner_for(context)
    return manner.date(local, manner.long_day)


@pass_context
def month(context: Context, instant: datetime | date) -> str:
    """November 2026, in the viewer's zone."""
    local = _local(context, instant) if isinstance(instant, datetime) else instant
    manner = manner_for(context)
    return manner.date(local, manner.month)


@pass_context
def time_there(context: Context, zone: str) -> str:
    """17:00: what the clocks of a zone show now; "" for UTC, which is nobody's chosen zone."""
    return "" if zone == "UTC" else manner_for(context).time(now().astimezone(clocks_of(zone)))


@pass_context
def clock_time(context: Context, instant: datetime) -> str:
    """17:00, in the viewer's zone."""
    return manner_for(context).time(_local(context, instant))


@pass_context
def day_or_time(context: Context, instant: datetime) -> str:
    """How a list dates its rows: 17:00 today, then Yesterday, Mon, 6 Nov, 6 Nov 2025."""
    local, today, manner = _local(context, instant), _local(context, now()), manner_for(context)
    days = (today.date() - local.date()).days
    if days <= 0:
        return manner.time(local)
    if days == 1:
        return "Yesterday"
    if days < 7:
        return manner.date(local, manner.weekday)
    same_year = local.year == today.year
    return manner.date(local, manner.short_day if same_year else manner.short_day_year)


@pass_context
def day_heading(context: Context, instant: datetime) -> str:
    """The separator between the days of a thread: Today, Yesterday, Thu 19 November."""
    local, today, manner = _local(context, instant), _local(context, now()), manner_for(context)
    days = (today.date() - local.date()).days
    if days in (0, 1):
        return ("Today", "Yesterday")[days]
    same_year = local.year == today.year
    return manner.date(local, manner.weekday_long_day if same_year else manner.long_day)


def machine_time(instant: datetime) -> str:
    """An instant as the datetime attribute of <time> has it, in as few bytes as it may."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


@pass_context
def ago(context: Context, instant: datetime) -> str:
    """2 hours ago; for what lies ahead, in 12 days."""
    since = instant - now()
    if abs(since) < timedelta(minutes=1):
        return "just now"
    return manner_for(context).span(since, direction=True)


@pass_context
def span(context: Context, instant: datetime) -> str:
    """The same without its direction: 12 days; a minute at least."""
    return manner_for(context).span(max(abs(instant - now()), timedelta(minutes=1)))


@pass_context
def lasting(context: Context, length: timedelta) -> str:
    """2 days: about how long something takes; an hour at least."""
    return manner_for(context).span(max(length, timedelta(hours=1)))


def label(value: Any) -> str:
    """A state, level or reason in the words people read."""
    return LABELS[type(value)][value]


@lru_cache(KEPT)
def language_name(code: str) -> str:
    """The English name of an ISO 639 code; the code itself when it has none."""
    return str(ENGLISH.languages.get(code, code))


@lru_cache(KEPT)
def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return "".join(_initial(word) for word in (words[:1] + words[1:][-1:]))


def _initial(word: str) -> str:
    # Past an opening quote or bracket; one letter, though ß in capitals would be two.
    first = next((letter for letter in word if letter.isalnum()), word[0])
    return first.upper() if len(first.upper()) == 1 else first


@lru_cache(KEPT)
def tint(name: str) -> int:
    """One of six quiet colours, always the same for the same name."""
    return hashlib.blake2s(name.encode(), digest_size=1).digest()[0] % TINTS + 1


def paragraphs(text: str) -> list[str]:
    """Text as its writer broke it: one string per paragraph."""
    return [part for part in BREAK.split(text) if part]


def linked(text: str) -> Markup:
    """Text with its http and https addresses clickable and its line breaks kept."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        parts += [escape(text[end : found.start()]), _link(found.group())]
        end = found.end()
    whole = Markup("").join([*parts, escape(text[end:])])
    return whole.replace("\n", Markup("<br>"))


def _link(written: str) -> Markup:
    """The link, if it is one for a browser, under words that show the host it leads to."""
    try:
        url = ada_url.URL(written)
    except ValueError:
        return escape(written)
    if url.username or url.password:
        return escape(written)
    is_plain = written.lower().startswith(f"{url.protocol}//{url.host}") and "\\" not in written
    shown = written if is_plain else url.href
    return Markup('<a href="{}" rel="noopener noreferrer nofollow ugc">{}</a>').format(
        url.href, shown
    )


def good_times(times: Sequence[str]) -> list[str]:
    """Mornings: Monday to Friday. One line for each part of the day that suits at all."""
    lines = []
    for part in PARTS_OF_THE_DAY:
        days = [day for day, name in enumerate(WEEKDAYS) if f"{name}_{part}" in times]
        if days:
            lines.append(f"{part.capitalize()}s: {_days(days)}")
    return lines


def _days(days: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in days:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = []
    for run in runs:
        if len(run) > 2:
            words.append(f"{DAY_NAMES[run[0]]} to {DAY_NAMES[run[-1]]}")
        else:
            words += [DAY_NAMES[number] for number in run]
    return "every day" if len(days) == len(WEEKDAYS) else ", ".join(words)


@pass_context
def count(context: Context, number: int, noun: str) -> str:
    """4 proposals, 1 proposal."""
    words = noun if number == 1 else PLURALS.get(noun, noun + "s")
    return f"{manner_for(context).number(number)} {words}"


FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        money,
        budget,
        when,
        day,
        month,
        time_there,
        clock_time,
        day_or_time,
        day_heading,
        machine_time,
        ago,
        span,
        lasting,
        label,
        language_name,
        country_name,
        currency_name,
        initials,
        tint,
        paragraphs,
        linked,
        good_times,
        count,
        browser_name,
        host_of,
        icon_of,
    )
}
