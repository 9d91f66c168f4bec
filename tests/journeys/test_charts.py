"""Bars are seen where colours are taken away, and read by whoever does not see them."""

import pytest

PAINT = """() => [...document.querySelectorAll(".chart rect")].map((bar) => [
    bar.classList.contains("now"), getComputedStyle(bar).fill])"""
GROUND = "getComputedStyle(document.querySelector('.chart').closest('.panel')).backgroundColor"


@pytest.mark.parametrize("address", ["/earnings", "/dashboard"])
def test_carlas_bars_stand_out_without_colours(open_as, address):
    carla = open_as("carla", forced_colors="active")
    carla.goto(address)
    ground, bars = carla.evaluate(GROUND), carla.evaluate(PAINT)
    now, earlier = ({fill for is_now, fill in bars if is_now is one} for one in (True, False))
    assert len(now) == len(earlier) == 1 and not now & earlier
    assert ground not in now | earlier


def test_carlas_bars_are_read_as_a_table(open_as):
    carla = open_as("carla")
    carla.goto("/earnings")
    shown = carla.locator(".chart").first.locator("text").all_inner_texts()
    carla.get_by_text("These months as a table").first.click()
    table = carla.get_by_role("table").first
    rows = table.get_by_role("row")
    assert rows.count() == 13  # the head, and twelve months
    amounts = [row.get_by_role("cell").last.inner_text() for row in rows.all()[1:]]
    assert len([one for one in amounts if one.strip("€$0.")]) == len(shown)
    assert carla.locator(".chart").first.get_attribute("aria-hidden") == "true"
