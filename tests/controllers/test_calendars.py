"""Sessions for calendars: one as a file, all behind a secret address, read by another library."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from ics import Calendar

from app.clock import now
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, session_of

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
STARTS = datetime(2026, 12, 1, 14, tzinfo=UTC)
LINK = "https://meet.example/abc?x=1,2;3"
TITLE = (
    "Spanish, slowly; über Ñandú 🎉🎉🎉 and then some more words so that the line must be folded"
)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def contract(db, sofia, carla):
    sofia.time_zone, carla.time_zone = "Africa/Nairobi", "Europe/Madrid"
    sofia.calendar_key = "k" * 43
    found = make_contract(db, sofia, carla, title=TITLE)
    bring(db, found, 1, to=SessionStatus.SCHEDULED, starts_at=STARTS, link=LINK, sequence=3)
    db.commit()
    return found


def events(answer: Any) -> dict[str, Any]:
    """What an independent reader finds, by the names of the events."""
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    assert "attachment" in answer.headers["content-disposition"]
    assert "set-cookie" not in answer.headers
    lines = answer.text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75 and not any(b"\n" in line for line in lines)
    return {event.uid: event for event in Calendar(answer.text).events}


def test_the_file_of_a_session_says_when_and_with_whom(browser, db, sofia, carla, contract):
    session = session_of(db, contract)
    address = f"/sessions/{session.id}/calendar.ics"
    [event] = events(browser.as_(sofia).get(address)).values()
    assert event.uid.startswith(f"session-{session.id}@")
    assert (event.begin.datetime, event.end.datetime) == (STARTS, STARTS + timedelta(hours=1))
    assert event.name == f"{TITLE} with Carla Ruiz"
    assert event.description.splitlines()[:3] == [
        "Session 1 of 6",
        "Nairobi: Tue 1 Dec 2026, 17:00 to 18:00",
        "Madrid: Tue 1 Dec 2026, 15:00 to 16:00",
    ]
    assert event.description.endswith(f"/sessions/{session.id}")
    assert event.status == "CONFIRMED" and "SEQUENCE:3" in event.serialize()
    [coachs] = events(browser.as_(carla).get(address)).values()
    assert coachs.uid == event.uid and coachs.name.endswith("with Sofia Mwangi")


def test_only_its_two_people_get_it_and_only_with_a_time(browser, db, sofia, cole, mina, contract):
    session = session_of(db, contract)
    for person in (cole, mina):
        assert browser.as_(person).get(f"/sessions/{session.id}/calendar.ics").status == 404
    without = session_of(db, contract, 2)
    assert browser.as_(sofia).get(f"/sessions/{without.id}/calendar.ics").status == 409


def test_the_link_stands_in_it_from_an_hour_before(browser, contract):
    feed, guest = f"/calendar/{'k' * 43}.ics", browser.as_guest()
    assert "meet.example" not in guest.get(feed).text
    for before, shown in ((61, None), (60, LINK), (-119, LINK), (-120, None)):
        with time_machine.travel(STARTS - timedelta(minutes=before), tick=False):
            [event] = events(guest.get(feed)).values()
            assert event.location == shown


def test_the_feed_has_all_of_both_sides_and_what_was_called_off(browser, db, sofia, dora, contract):
    bring(db, contract, 2, to=SessionStatus.CANCELLED_EARLY, starts_at=STARTS, sequence=4)
    bring(db, contract, 3, to=SessionStatus.COMPLETED, starts_at=now() - timedelta(days=89))
    bring(db, contract, 4, to=SessionStatus.COMPLETED, starts_at=now() - timedelta(days=91))
    bring(db, contract, 5, to=SessionStatus.PROPOSED, starts_at=STARTS + timedelta(days=1))
    other = make_contract(db, dora, sofia)
    bring(db, other, 1, to=SessionStatus.SCHEDULED, starts_at=STARTS + timedelta(days=2))
    db.commit()
    found = events(browser.as_guest().get(f"/calendar/{'k' * 43}.ics"))
    states = sorted(event.status for event in found.values())
    assert states == ["CANCELLED", "CONFIRMED", "CONFIRMED", "CONFIRMED"]


def test_a_coach_knows_less_of_a_student_when_the_contract_is_long_over(
    browser, db, carla, contract
):
    session = bring(db, contract, 1, to=SessionStatus.COMPLETED, starts_at=AT - timedelta(days=1))
    contract.ended_at = AT - timedelta(days=91)
    db.commit()
    [event] = events(browser.as_(carla).get(f"/sessions/{session.id}/calendar.ics")).values()
    assert event.name.endswith("with Sofia") and "Nairobi" not in event.description


def test_sofia_makes_renews_and_ends_her_address(browser, db, sofia):
    page = browser.as_(sofia).get("/settings/calendar")
    guest, addresses = browser.as_guest(), []
    for button in ("make", "renew"):
        page = page.form(f'form[action="/settings/calendar/{button}"]').submit()
        page = page.follow() if page.location else page
        [address] = re.findall(r"/calendar/[^ <]{43}\.ics", page.text)
        addresses.append(address)
        assert events(guest.get(addresses[-1])) == {}
    first, second = addresses
    unknown = guest.get(f"/calendar/{'x' * 43}.ics")
    assert unknown.status == guest.get(first).status == 404
    assert guest.get("/calendar/short.ics").status == 404
    ended = page.form('form[action="/settings/calendar/end"]').submit()
    assert guest.get(second).status == 404 and ".ics" not in ended.text


def test_the_feed_of_somebody_suspended_has_ended(browser, db, sofia, contract):
    sofia.status = "suspended"
    db.commit()
    assert browser.as_guest().get(f"/calendar/{'k' * 43}.ics").status == 404


@pytest.mark.parametrize(
    ("mine", "theirs", "starts", "words"),
    [
        ("America/New_York", "Europe/Berlin", datetime(2026, 3, 9, 14, tzinfo=UTC),
         ("Mon 9 Mar 2026, 10:00 to 11:00", "Mon 9 Mar 2026, 15:00 to 16:00")),
        ("America/New_York", "Africa/Nairobi", datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
         ("Sun 1 Nov 2026, 01:30 (UTC-4) to 01:30 (UTC-5)", "Sun 1 Nov 2026, 08:30 to 09:30")),
        ("Australia/Lord_Howe", "Asia/Kathmandu", datetime(2026, 10, 3, 15, tzinfo=UTC),
         ("Sun 4 Oct 2026, 01:30 to 03:00", "Sat 3 Oct 2026, 20:45 to 21:45")),
        ("Africa/Casablanca", "Europe/Madrid", datetime(2026, 2, 16, 17, tzinfo=UTC),
         ("Mon 16 Feb 2026, 17:00 to 18:00", "Mon 16 Feb 2026, 18:00 to 19:00")),
        ("Pacific/Kiritimati", "Pacific/Pago_Pago", datetime(2026, 11, 30, 19, tzinfo=UTC),
         ("Tue 1 Dec 2026, 09:00 to 10:00", "Mon 30 Nov 2026, 08:00 to 09:00")),
    ],
)  # fmt: skip
def test_the_instant_and_the_words_agree_over_clock_changes(
    browser, db, sofia, carla, contract, mine, theirs, starts, words
):
    with time_machine.travel(starts - timedelta(days=3), tick=False):
        sofia.time_zone, carla.time_zone = mine, theirs
        session = bring(db, contract, 2, to=SessionStatus.SCHEDULED, starts_at=starts)
        db.commit()
        [event] = events(browser.as_(sofia).get(f"/sessions/{session.id}/calendar.ics")).values()
    assert event.begin.datetime == starts
    shown = [line.partition(": ")[2] for line in event.description.splitlines()[1:3]]
    assert tuple(shown) == words
