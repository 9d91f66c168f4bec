"""When a mail leaves: by the clocks of the person, never at night, and not a day too late."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.clock import now
from app.notify.mail_times import Hours, leaves, leaves_at
from db.models.notices import MailTiming, NoticeKind, NoticeSetting

NOW, BUNDLED, OFF = MailTiming.NOW, MailTiming.BUNDLED, MailTiming.OFF
NIGHT = (22 * 60, 7 * 60)
ZONES = [
    "Europe/Madrid", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe",
    "America/Santiago", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC",
]  # fmt: skip
CHANGES = [
    datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC), datetime(2026, 4, 4, 15, tzinfo=UTC),
]  # fmt: skip


def there(zone, *when, fold=0):
    return datetime(*when, tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("timing", "zone", "quiet", "at", "expected"),
    [
        (NOW, "Europe/Madrid", (None, None), (2026, 11, 27, 23, 0), (2026, 11, 27, 23, 0)),
        (NOW, "Europe/Madrid", NIGHT, (2026, 11, 27, 21, 59), (2026, 11, 27, 21, 59)),
        (NOW, "Europe/Madrid", NIGHT, (2026, 11, 27, 22, 0), (2026, 11, 28, 7, 0)),
        (NOW, "Europe/Madrid", NIGHT, (2026, 11, 28, 6, 59), (2026, 11, 28, 7, 0)),
        (NOW, "Europe/Madrid", NIGHT, (2026, 11, 28, 7, 0), (2026, 11, 28, 7, 0)),
        (NOW, "Asia/Kolkata", (780, 840), (2026, 11, 27, 13, 30), (2026, 11, 27, 14, 0)),
        # A night of eight hours in March, and one of ten in October.
        (NOW, "Europe/Madrid", NIGHT, (2026, 3, 28, 23, 0), (2026, 3, 29, 7, 0)),
        (NOW, "Europe/Madrid", NIGHT, (2026, 10, 24, 23, 0), (2026, 10, 25, 7, 0)),
        # Half past two is left out that night.
        (NOW, "Europe/Madrid", (60, 150), (2026, 3, 29, 1, 30), (2026, 3, 29, 3, 30)),
        (BUNDLED, "America/New_York", (None, None), (2026, 11, 27, 9, 0), (2026, 11, 28, 8, 0)),
        (BUNDLED, "America/New_York", (None, None), (2026, 11, 27, 7, 0), (2026, 11, 27, 8, 0)),
        (BUNDLED, "America/New_York", (0, 600), (2026, 11, 27, 7, 0), (2026, 11, 27, 10, 0)),
        (BUNDLED, "America/New_York", (None, None), (2026, 10, 31, 9, 0), (2026, 11, 1, 8, 0)),
        # Apia had no 30 December.
        (BUNDLED, "Pacific/Apia", (None, None), (2011, 12, 29, 9, 0), (2011, 12, 31, 8, 0)),
    ],
)
def test_it_leaves_by_the_clocks_of_the_person(timing, zone, quiet, at, expected):
    found = leaves(timing, Hours(zone, *quiet), there(zone, *at))
    assert found.astimezone(UTC) == there(zone, *expected).astimezone(UTC)


def test_an_hour_that_comes_twice_is_quiet_twice():
    hours = Hours("Europe/Madrid", 2 * 60, 2 * 60 + 30)
    first, second = (there("Europe/Madrid", 2026, 10, 25, 2, 15, fold=fold) for fold in (0, 1))
    quarter = timedelta(minutes=15)
    assert hours.when_awake(first) - first.astimezone(UTC) == quarter
    assert hours.when_awake(second) - second.astimezone(UTC) == quarter


def test_off_never_leaves_and_a_zone_nobody_knows_is_utc():
    at = there("UTC", 2026, 11, 27, 23, 0)
    assert leaves(OFF, Hours("UTC"), at) is None
    assert leaves(NOW, Hours("Nowhere/Odd", *NIGHT), at) == there("UTC", 2026, 11, 28, 7, 0)


@given(
    zone=st.sampled_from(ZONES), begin=st.integers(0, 1439), end=st.integers(0, 1439),
    change=st.sampled_from(CHANGES), minutes=st.integers(-4000, 4000),
    timing=st.sampled_from([NOW, BUNDLED]),
)  # fmt: skip
def test_never_in_quiet_hours_never_before_and_never_days_late(
    zone, begin, end, change, minutes, timing
):
    assume(begin != end)
    hours, at = Hours(zone, begin, end), change + timedelta(minutes=minutes)
    found = leaves(timing, hours, at)
    assert found >= at
    assert not hours.are_quiet(found)
    assert found - at <= timedelta(hours=49)
    if timing is NOW and not hours.are_quiet(at):
        assert found == at


# As a person has set it.


def test_who_has_set_nothing_is_mailed_at_once(db, sofia):
    at = now()
    for kind in NoticeKind:
        assert leaves_at(db, sofia, kind, at) == (NOW, at)


def test_each_kind_by_its_setting_and_what_staff_decide_at_once(db, sofia):
    sofia.time_zone, sofia.quiet_from, sofia.quiet_to = "Europe/Madrid", *NIGHT
    for kind, mail in ((NoticeKind.MESSAGE, OFF), (NoticeKind.PROPOSAL, BUNDLED)):
        db.add(NoticeSetting(account_id=sofia.id, kind=kind, mail=mail))
    db.flush()
    at = there("Europe/Madrid", 2026, 11, 27, 23, 0)
    morning = there("Europe/Madrid", 2026, 11, 28, 8, 0)
    assert leaves_at(db, sofia, NoticeKind.MESSAGE, at) == (OFF, None)
    assert leaves_at(db, sofia, NoticeKind.PROPOSAL, at) == (BUNDLED, morning)
    assert leaves_at(db, sofia, NoticeKind.REQUEST, at) == (NOW, morning - timedelta(hours=1))
    assert leaves_at(db, sofia, NoticeKind.CONDUCT, at) == (NOW, at)
