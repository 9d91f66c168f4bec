"""Whose day lies where, on real days: also in the week in which clocks change."""

from datetime import date

import pytest

from app.waking_hours import is_known, shared_minutes
from db.models.learning_requests import TIMES

DAY = date(2026, 11, 26)


def test_all_times_of_a_week_are_there():
    assert set(shared_minutes("Africa/Nairobi", "Europe/Madrid", DAY)) == set(TIMES)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (date(2026, 10, 20), 240),  # six hours apart: until 16:00 in New York
        (date(2026, 10, 26), 300),  # five, while only Madrid has changed
        (date(2026, 11, 10), 240),
    ],
)
def test_the_week_in_which_only_one_clock_has_changed(day, minutes):
    # Carla’s day ends at 22:00.
    shared = shared_minutes("America/New_York", "Europe/Madrid", day)
    assert shared["tue_afternoon"][0] == minutes


def test_both_sides_of_the_date_line():
    # Monday evening in Samoa is Sunday evening in Hawaii.
    shared = shared_minutes("Pacific/Apia", "Pacific/Honolulu", DAY)
    assert shared["mon_evening"] == (180, 240)


@pytest.mark.parametrize("zone", ["", "UTC", "Mars/Phobos", "../etc", "Africa"])
def test_what_nobody_chose_is_not_known(zone):
    assert not is_known(zone)
    assert is_known("Africa/Nairobi")
