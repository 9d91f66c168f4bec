"""When a session is, by the clocks of both: left out hours, hours that come twice, odd zones."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.session_times import (
    both_meant,
    instant_of,
    place_of,
    session_time,
    start_time,
    their_time,
    typed_time,
    weekday_and_day,
)
from app.time_zones import zones
from db.models.session_states import SLOT

HOUR = timedelta(hours=1)
NEW_YORK, BERLIN, NAIROBI = "America/New_York", "Europe/Berlin", "Africa/Nairobi"
LORD_HOWE, KATHMANDU = "Australia/Lord_Howe", "Asia/Kathmandu"
KIRITIMATI, PAGO_PAGO = "Pacific/Kiritimati", "Pacific/Pago_Pago"


def seen_from(zone: str, locale: str = "en") -> Any:
    return {"viewer": SimpleNamespace(time_zone=zone, locale=locale)}


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def typed(text: str) -> datetime:
    return datetime.fromisoformat(text)


def refusal(local: datetime, zone: str, fold: str | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        instant_of(local, zone, fold)
    return refused.value


def test_both_read_the_same_hour_by_their_own_clocks():
    starts, ends = utc(2026, 12, 1, 14), utc(2026, 12, 1, 15)
    sofia = seen_from(NAIROBI)
    assert session_time(sofia, starts, ends) == "Tue 1 Dec 2026, 17:00 to 18:00"
    assert their_time(sofia, starts, ends, "Europe/Madrid") == "15:00 to 16:00"
    assert start_time(sofia, starts) == "Tue 1 Dec 2026, 17:00"
    assert session_time({}, starts.isoformat(), ends.isoformat(), NAIROBI).endswith(
        "17:00 to 18:00"
    )
    assert place_of("Asia/Calcutta") == "Kolkata"
    assert place_of("UTC") == "UTC"


@pytest.mark.parametrize(
    ("starts", "new_york", "berlin", "nairobi"),
    [  # what is 10:00 in New York all year is another hour elsewhere, twice for some weeks
        (utc(2026, 3, 7, 15), "10:00 to 11:00", "16:00 to 17:00", "18:00 to 19:00"),
        (utc(2026, 3, 8, 14), "10:00 to 11:00", "15:00 to 16:00", "17:00 to 18:00"),
        (utc(2026, 3, 28, 14), "10:00 to 11:00", "15:00 to 16:00", "17:00 to 18:00"),
        (utc(2026, 3, 29, 14), "10:00 to 11:00", "16:00 to 17:00", "17:00 to 18:00"),
        (utc(2026, 10, 24, 14), "10:00 to 11:00", "16:00 to 17:00", "17:00 to 18:00"),
        (utc(2026, 10, 25, 14), "10:00 to 11:00", "15:00 to 16:00", "17:00 to 18:00"),
        (utc(2026, 10, 31, 14), "10:00 to 11:00", "15:00 to 16:00", "17:00 to 18:00"),
        (utc(2026, 11, 1, 15), "10:00 to 11:00", "16:00 to 17:00", "18:00 to 19:00"),
    ],
)
def test_three_cities_over_both_changes(starts: datetime, new_york: str, berlin: str, nairobi: str):
    local = starts.astimezone(ZoneInfo(NEW_YORK)).replace(tzinfo=None)
    assert instant_of(local, NEW_YORK) == starts
    shown = [
        their_time({}, starts, starts + HOUR, zone, NEW_YORK)
        for zone in (NEW_YORK, BERLIN, NAIROBI)
    ]
    assert shown == [new_york, berlin, nairobi]


def test_an_hour_that_is_left_out_is_refused_in_words():
    wrong = refusal(typed("2026-03-08T02:30"), NEW_YORK)
    assert wrong.field == "starts"
    assert wrong.sentence == (
        "02:30 is left out on Sun 8 Mar 2026 in New York, where the clocks go forward."
        " Choose another time."
    )
    assert instant_of(typed("2026-03-08T03:00"), NEW_YORK) == utc(2026, 3, 8, 7)
    assert refusal(typed("2026-03-29T02:30"), BERLIN, "1").field == "starts"
    assert refusal(typed("2026-10-04T02:15"), LORD_HOWE).field == "starts"  # half an hour
    assert instant_of(typed("2026-10-04T02:30"), LORD_HOWE) == utc(2026, 10, 3, 15, 30)


def test_an_hour_that_comes_twice_is_asked_about():
    local = typed("2026-11-01T01:30")
    wrong = refusal(local, NEW_YORK)
    assert (wrong.field, "comes twice" in wrong.sentence) == ("fold", True)
    first, second = both_meant(local, NEW_YORK)
    assert (first.words, second.words) == ("The first 01:30, UTC-4", "The second 01:30, UTC-5")
    assert instant_of(local, NEW_YORK, "0") == first.instant == utc(2026, 11, 1, 5, 30)
    assert instant_of(local, NEW_YORK, "1") == second.instant == utc(2026, 11, 1, 6, 30)
    assert refusal(local, NEW_YORK, "2").field == "fold"
    # The session of an hour from the first to the second, and whoever else reads it.
    shown = session_time(seen_from(NEW_YORK), first.instant, second.instant)
    assert shown == "Sun 1 Nov 2026, 01:30 (UTC-4) to 01:30 (UTC-5)"
    assert their_time({}, first.instant, second.instant, NAIROBI, NEW_YORK) == "08:30 to 09:30"
    assert not both_meant(typed("2026-11-01T02:00"), NEW_YORK)
    assert not both_meant(None, NEW_YORK)


def test_half_an_hour_comes_twice_on_lord_howe():
    local = typed("2026-04-05T01:45")
    first, second = both_meant(local, LORD_HOWE)
    assert second.instant - first.instant == timedelta(minutes=30)
    assert first.words.endswith("UTC+11")
    assert second.words.endswith("UTC+10:30")
    assert not both_meant(typed("2026-04-05T01:25"), LORD_HOWE)
    shown = session_time({}, first.instant, first.instant + HOUR, LORD_HOWE)
    assert shown == "Sun 5 Apr 2026, 01:45 (UTC+11) to 02:15"


def test_kathmandu_is_45_minutes_off_and_meets_on_the_same_slots():
    assert instant_of(typed("2026-12-01T17:00"), KATHMANDU) == utc(2026, 12, 1, 11, 15)
    assert refusal(typed("2026-12-01T17:02"), KATHMANDU).field == "starts"


def test_casablanca_leaves_its_summer_in_ramadan():
    casablanca = "Africa/Casablanca"
    before, during = typed("2026-02-14T17:00"), typed("2026-02-16T17:00")
    assert instant_of(before, casablanca) == utc(2026, 2, 14, 16)
    assert instant_of(during, casablanca) == utc(2026, 2, 16, 17)
    assert instant_of(typed("2026-03-23T17:00"), casablanca) == utc(2026, 3, 23, 16)
    assert refusal(typed("2026-03-22T02:30"), casablanca).field == "starts"
    assert refusal(typed("2026-02-15T02:30"), casablanca).field == "fold"
    shown = their_time({}, utc(2026, 2, 16, 17), utc(2026, 2, 16, 18), casablanca, "Europe/Madrid")
    assert shown == "17:00 to 18:00"


def test_a_day_lies_between_kiritimati_and_pago_pago():
    starts = instant_of(typed("2026-12-01T09:00"), KIRITIMATI)
    assert starts == utc(2026, 11, 30, 19)
    assert their_time(seen_from(KIRITIMATI), starts, starts + HOUR, PAGO_PAGO) == (
        "Mon 30 Nov 2026, 08:00 to 09:00"
    )
    late = instant_of(typed("2026-12-31T23:30"), PAGO_PAGO)
    assert session_time(seen_from(PAGO_PAGO), late, late + HOUR) == (
        "Thu 31 Dec 2026, 23:30 to Fri 1 Jan, 00:30"
    )


@time_machine.travel(utc(2026, 11, 30, 12), tick=False)
def test_the_tile_has_the_day_of_who_looks():
    starts = utc(2026, 11, 30, 19)
    assert weekday_and_day(seen_from(PAGO_PAGO), starts) == ("Today", "30")
    assert weekday_and_day(seen_from(KIRITIMATI), starts) == ("Today", "1")
    assert weekday_and_day({}, starts, "Europe/Madrid") == ("Today", "30")
    assert weekday_and_day({}, starts + 5 * HOUR, "Europe/Madrid") == ("Tue", "1")


def test_a_morocco_without_summer_time_is_known_whatever_the_machine_knows():
    # Until tzdata 2026f it had an hour more outside of Ramadan; the machine may have less new data.
    assert utc(2026, 12, 1).astimezone(ZoneInfo("Africa/Casablanca")).hour == 0


@given(st.sampled_from(sorted(zones())), st.integers(0, 3 * 365 * 24 * 12))
def test_what_a_clock_shows_leads_back_to_the_instant(zone: str, slot: int):
    instant = utc(2026, 1, 1) + slot * SLOT
    local = datetime.fromisoformat(typed_time(instant, zone))
    meant = both_meant(local, zone)
    if meant:
        assert instant in [instant_of(local, zone, one.fold) for one in meant]
    else:
        assert instant_of(local, zone) == instant
