"""The page that says how matching works, made of what it is counted from."""

import pytest

from app.matching import KEPT_PLACE, MOST, NEW_FROM, NONE_ABOVE


def test_guest_reads_every_part_and_its_points(browser):
    page = browser.get("/how-matching-works")
    assert page.is_good
    rows = [row.get_text(" ", strip=True) for row in page.all("#parts tbody tr")]
    assert [row.split()[:2] for row in rows] == [[name, str(most)] for name, most in MOST.items()]
    assert f"0 at {NONE_ABOVE}% above" in rows[2]
    assert "native or fluent 20, conversational 12, basic 5" in rows[1]
    assert "between 7:00 and 22:00" in rows[3] and "6 to 12 o’clock" in rows[3]
    assert page.says(f"one place in {KEPT_PLACE}") and page.says(f"{NEW_FROM} points")


@pytest.mark.parametrize("constant", [("MOST", {"Skills": 41}), ("KEPT_PLACE", 7)])
def test_guest_reads_what_is_counted_and_not_what_once_was(browser, monkeypatch, constant):
    name, value = constant
    changed = MOST | value if isinstance(value, dict) else value
    monkeypatch.setattr(f"app.matching.{name}", changed)
    page = browser.get("/how-matching-works")
    assert page.says("41") if name == "MOST" else page.says("one place in 7")


def test_the_page_is_in_the_map_of_the_site_and_at_the_foot(browser):
    assert "/how-matching-works</loc>" in browser.get("/sitemap.xml").text
    assert browser.get("/").has("footer a[href='/how-matching-works']")


def test_carla_reads_it_in_her_own_frame(browser, carla):
    assert browser.as_(carla).get("/how-matching-works").has("nav.nav")
