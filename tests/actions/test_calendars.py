"""The address of a private feed: made once, renewed and ended, each in the history."""

from app.actions.calendars import end_calendar, make_calendar, renew_calendar
from db.models.events import Event
from tests.people import as_viewer


def test_a_second_press_changes_nothing_and_a_new_address_ends_the_old_one(db, sofia):
    viewer = as_viewer(db, sofia)
    make_calendar(db, by=viewer)
    first = sofia.calendar_key
    make_calendar(db, by=viewer)
    assert first and sofia.calendar_key == first
    renew_calendar(db, by=viewer)
    assert sofia.calendar_key not in (None, first)
    for _ in range(2):
        end_calendar(db, by=viewer)
    assert sofia.calendar_key is None
    names = [event.name for event in db.query(Event).order_by(Event.id)]
    assert names == ["calendar.made", "calendar.renewed", "calendar.ended"]
    assert first not in str([event.detail for event in db.query(Event)])
