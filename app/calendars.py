"""Sessions as a file that calendars read (RFC 5545): instants in UTC, each with a lasting name."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vUri

from app.locales import manner_of
from app.session_times import place_of, times_in
from db.queries.calendars import CalendarEntry, Owner

MADE_BY = "-//Skileez//Sessions//EN"
MEDIA_TYPE = "text/calendar"
ASKED_AGAIN = timedelta(hours=1)


def calendar_of(entries: Sequence[CalendarEntry], owner: Owner, public_url: str) -> bytes:
    """The file with these sessions, in the words of the person it is for."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MADE_BY)
    calendar.add("x-wr-calname", "Skileez sessions")
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, owner, public_url))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, owner: Owner, public_url: str) -> Event:
    event = Event()
    event.add("uid", f"session-{entry.id}@{urlsplit(public_url).hostname}")
    event.add("sequence", entry.sequence)
    # When it was last changed, so that the same calendar is the same to the byte.
    event.add("dtstamp", entry.updated_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", f"{entry.title} with {entry.other_name}")
    event.add("description", _description(entry, owner, public_url))
    event.add("status", "CANCELLED" if entry.is_called_off else "CONFIRMED")
    event.add("url", vUri(_page(entry, public_url)))
    if entry.link:
        event.add("location", entry.link)
    return event


def _description(entry: CalendarEntry, owner: Owner, public_url: str) -> str:
    manner, zones = manner_of(owner.locale), [owner.time_zone]
    if entry.other_zone and entry.other_zone != owner.time_zone:
        zones.append(entry.other_zone)
    times = [
        f"{place_of(zone)}: {times_in(zone, entry.starts_at, entry.ends_at, manner)}"
        for zone in zones
    ]
    session = f"Session {entry.number} of {entry.of}"
    return "\n".join([session, *times, _page(entry, public_url)])


def _page(entry: CalendarEntry, public_url: str) -> str:
    return f"{public_url}/sessions/{entry.id}"
