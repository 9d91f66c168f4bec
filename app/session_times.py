"""When a session is, in words for both of its people; and typed times as instants.

By the clocks of a zone an hour can be left out, or come twice: both are said, never guessed.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import msgspec
from jinja2 import pass_context
from jinja2.runtime import Context

from app.clock import now
from app.errors import Refused
from app.locales import USUAL, Manner, manner_for, manner_of
from app.time_zones import clocks_of, zone_named, zone_of
from db.models.session_states import SLOT
from db.types import EPOCH

FIRST, SECOND = "0", "1"  # of a time that comes twice
OFF_SLOT = "Choose a multiple of 5 minutes, such as 17:00 or 17:05."

Instant: TypeAlias = datetime | str  # mails and notices keep them as text


class Meant(msgspec.Struct, frozen=True):
    """One of the two instants that a typed time may mean, as the value of a choice."""

    fold: str
    instant: datetime
    words: str


def instant_of(local: datetime, zone: str, fold: str | None = None) -> datetime:
    """The instant at which clocks in a zone show this time; `fold` says which, of two.

    Raises Refused: for `starts` where they never show it, for `fold` where nobody has said.
    """
    first, *second = _shown(local, zone)
    if first.astimezone(clocks_of(zone)).replace(tzinfo=None) != local:
        raise Refused("starts", _left_out(local, zone))
    if (first - EPOCH) % SLOT:
        raise Refused("starts", OFF_SLOT)
    if second and fold not in (FIRST, SECOND):
        raise Refused("fold", _comes_twice(local, zone))
    return second[0] if second and fold == SECOND else first


def both_meant(local: datetime | None, zone: str) -> list[Meant]:
    """What a time that comes twice may mean, to choose from; nothing for any other."""
    found = _shown(local, zone) if local else []
    if len(found) < 2 or local is None:
        return []
    return [
        Meant(fold, instant, f"The {which} {local:%H:%M}, {_offset(instant, zone)}")
        for fold, which, instant in zip((FIRST, SECOND), ("first", "second"), found, strict=True)
    ]


def _shown(local: datetime, zone: str) -> list[datetime]:
    """When clocks show this, in order: two instants where it comes twice.

    One that is left out counts as that much later.
    """
    early, late = (
        local.replace(tzinfo=clocks_of(zone), fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    return [early, late] if early < late else [early]


def _left_out(local: datetime, zone: str) -> str:
    return (
        f"{local:%H:%M} is left out on {_day(manner_of(USUAL), local)} in {place_of(zone)}, where"
        " the clocks go forward. Choose another time."
    )


def _comes_twice(local: datetime, zone: str) -> str:
    return (
        f"{local:%H:%M} comes twice on {_day(manner_of(USUAL), local)} in {place_of(zone)}, where"
        " the clocks go back. Choose which one you mean."
    )


def typed_time(instant: datetime | None, zone: str) -> str:
    """2026-12-01T17:00: an instant as a field for a day and a time has it."""
    return f"{_there(instant, zone):%Y-%m-%dT%H:%M}" if instant else ""


def place_of(zone: str) -> str:
    """Nairobi: what the clocks of a zone are called by; UTC where nobody chose one."""
    found = zone_named(zone)
    return found.city if found else "UTC"


@pass_context
def session_time(context: Context, starts: Instant, ends: Instant, zone: str = "") -> str:
    """Tue 1 Dec 2026, 17:00 to 18:00; in the viewer's zone, or in the one that is named."""
    return times_in(zone or zone_of(context), starts, ends, manner_for(context))


@pass_context
def their_time(context: Context, starts: Instant, ends: Instant, zone: str, mine: str = "") -> str:
    """15:00 to 16:00: by the clocks of the other one; with the day, where that is another."""
    own = _there(starts, mine or zone_of(context))
    manner = manner_for(context)
    if own.date() == _there(starts, zone).date():
        return _clocks(manner, starts, ends, zone)
    return times_in(zone, starts, ends, manner)


@pass_context
def weekday_and_day(context: Context, starts: Instant, zone: str = "") -> tuple[str, str]:
    """Tue and 1, or Today: for the tile beside a session."""
    there = _there(starts, zone or zone_of(context))
    is_today = there.date() == now().astimezone(there.tzinfo).date()
    weekday = manner_for(context).date(there, manner_for(context).weekday)
    return "Today" if is_today else weekday, str(there.day)


@pass_context
def start_time(context: Context, starts: Instant, zone: str = "") -> str:
    """Tue 1 Dec 2026, 17:00."""
    chosen, manner = zone or zone_of(context), manner_for(context)
    return f"{_day(manner, _there(starts, chosen))}, {_clock(manner, starts, chosen)}"


def times_in(zone: str, starts: Instant, ends: Instant, manner: Manner) -> str:
    """The same where there is no page: in the descriptions of calendars."""
    return f"{_day(manner, _there(starts, zone))}, {_clocks(manner, starts, ends, zone)}"


def _clocks(manner: Manner, starts: Instant, ends: Instant, zone: str) -> str:
    until, end = _clock(manner, ends, zone), _there(ends, zone)
    if end.date() != _there(starts, zone).date():
        until = f"{manner.date(end, manner.weekday_day)}, {until}"
    return f"{_clock(manner, starts, zone)} to {until}"


def _clock(manner: Manner, instant: Instant, zone: str) -> str:
    """17:00; where clocks show it twice, also by how far from UTC: 01:30 (UTC-4)."""
    there = _there(instant, zone)
    shown = manner.time(there)
    is_twice = len(_shown(there.replace(tzinfo=None), zone)) > 1
    return f"{shown} ({_offset(instant, zone)})" if is_twice else shown


def _offset(instant: Instant, zone: str) -> str:
    minutes = int((_there(instant, zone).utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _day(manner: Manner, local: datetime) -> str:
    return manner.date(local, manner.weekday_day_year)


def _there(instant: Instant, zone: str) -> datetime:
    known = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return known.astimezone(clocks_of(zone))


FILTERS: dict[str, Callable[..., Any]] = {
    "session_time": session_time,
    "their_time": their_time,
    "start_time": start_time,
    "weekday_and_day": weekday_and_day,
    "place_of": place_of,
    "typed_time": typed_time,
    "both_meant": both_meant,
}
