"""How much of what suits one person lies in the hours another one is awake."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db.models.learning_requests import WEEKDAYS

WAKING = (7, 22)  # hours of the coach's day
HOURS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 22)}  # of the student's
UNKNOWN = "UTC"  # of people who never chose a zone
BEFORE, AFTER = -2, 10  # days: zones lie up to a day apart, and a window may end on the next

Window = tuple[datetime, datetime]


def is_known(zone: str) -> bool:
    """Whether somebody has chosen it; UTC is what people have who never did."""
    return zone not in ("", UNKNOWN) and _zone(zone) is not None


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None


@lru_cache(maxsize=4096)
def shared_minutes(student: str, coach: str, day: date) -> dict[str, tuple[int, int]]:
    """For each time of the seven days from this one: minutes in the coach's day, and all of them.

    Worked out on real days, so that it is right where the clocks of one of them change.
    """
    awake = [
        _window(coach, day + timedelta(days=number), WAKING) for number in range(BEFORE, AFTER)
    ]
    found = {}
    for number in range(7):
        date_there = day + timedelta(days=number)
        for part, hours in HOURS.items():
            window = _window(student, date_there, hours)
            name = f"{WEEKDAYS[date_there.weekday()]}_{part}"
            found[name] = (_overlap(window, awake), _minutes(window))
    return found


def _window(zone: str, day: date, hours: tuple[int, int]) -> Window:
    there = _zone(zone)
    begin, end = (datetime.combine(day, time(hour), there).astimezone(UTC) for hour in hours)
    return begin, end


def _overlap(window: Window, others: Iterable[Window]) -> int:
    both = ((max(window[0], one[0]), min(window[1], one[1])) for one in others)
    return sum(max(_minutes(one), 0) for one in both)


def _minutes(window: Window) -> int:
    return (window[1] - window[0]) // timedelta(minutes=1)
