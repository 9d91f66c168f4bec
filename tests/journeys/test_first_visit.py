"""What a first visit to the landing page costs on the wire, counted as Chromium receives it."""

from typing import Any

import pytest

from tests.chromium import sign_in
from tests.journeys.wire import KB, Wire
from tests.patience import until


@pytest.fixture
def guest(open_browser: Any) -> Any:
    return open_browser(device="phone")


def test_the_first_screen_fits_the_first_round_trip(guest):
    wire = Wire(guest)
    guest.goto("/", wait_until="load")
    document = wire.bytes[guest.url]
    assert document <= 14.6 * KB
    assert sum(wire.bytes.values()) <= 31 * KB, wire.bytes
    assert len(wire.bytes) <= 4, wire.bytes


def test_what_is_fetched_when_idle_stays_small_and_makes_the_next_page_light(guest):
    wire = Wire(guest)
    guest.goto("/", wait_until="load")
    ahead = guest.evaluate("document.documentElement.dataset.next").split()
    until(lambda: guest.evaluate("document.cookie") == "seen=1" and wire.has(ahead))
    assert sum(wire.bytes.values()) <= 62 * KB, wire.bytes
    wire.forget()
    guest.goto("/sign-in", wait_until="networkidle")
    fresh = {url: size for url, size in wire.bytes.items() if size > 0}
    assert sum(fresh.values()) <= 6.5 * KB, fresh
    assert len(fresh) == 1, fresh


def test_ten_screens_from_signing_in_to_a_session_cost_150_kilobytes(guest, ids):
    wire = Wire(guest)
    guest.goto("/sign-in", wait_until="load")
    ahead = guest.evaluate("document.documentElement.dataset.next").split()
    # Nobody types faster than that.
    until(lambda: guest.evaluate("document.cookie") == "seen=1" and wire.has(ahead))
    sign_in(guest, "sofia")
    screens = (
        "/coaches?q=spanish", "/requests/{request}", "/requests/{request}/proposals",
        "/proposals/{proposal}", "/messages/{thread}", "/contracts/{contract}",
        "/sessions", "/sessions/{session}",
    )  # fmt: skip
    for address in screens:
        guest.goto(address.format(**ids), wait_until="networkidle")
    came = {url: size for url, size in wire.bytes.items() if size > 0}
    assert sum(came.values()) <= 150 * KB, came
    assert len(came) <= 30, came


def test_a_guest_gets_no_cookie_from_the_server(guest):
    guest.goto("/", wait_until="load")
    assert guest.context.cookies() == []


def test_with_less_data_nothing_is_fetched_when_idle(open_browser):
    saver = open_browser(device="phone", extra_http_headers={"Save-Data": "on"})
    saver.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    wire = Wire(saver)
    saver.clock.install()
    saver.goto("/", wait_until="load")
    saver.clock.run_for(10_000)
    saver.wait_for_load_state("networkidle")
    assert len(wire.bytes) <= 4, wire.bytes
    assert not [url for url in wire.bytes if url.endswith(".woff2")]
