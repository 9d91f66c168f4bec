"""The page that says how matching works, made of what it is counted from; and one match."""

import pytest

from app.matching import KEPT_PLACE, MOST, NEW_FROM, NONE_ABOVE
from db.models.learning_requests import RequestStatus
from tests.factories import make_proposal, make_request
from tests.statements import statements


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


# On the page of a request.


def test_carla_reads_on_a_request_why_it_matches(browser, database, db, sofia, carla):
    wanted = make_request(db, sofia)
    carlas = browser.as_(carla)
    carlas.get("/requests")
    with statements(database) as sent:
        page = carlas.send("GET", f"/requests/{wanted.id}")
    why = page.one("main details:has(a[href='/how-matching-works'])").get_text(" ", strip=True)
    assert "Why " in why and "Skills 40 of 40: Spanish" in why and "Language" in why
    asked = [one for one in sent if one.lstrip("( ").startswith(("SELECT", "WITH"))]
    assert len(asked) <= 13, asked


@pytest.mark.parametrize(
    ("who", "status"),
    [("sofia", "open"), ("dora", "open"), ("carla", "closed"), ("carla", "paused")],
)
def test_only_a_coach_who_fits_what_runs_reads_it(browser, db, cast, who, status):
    wanted = make_request(db, cast["sofia"], status=RequestStatus(status))
    make_proposal(db, wanted, cast["carla"])
    page = browser.as_(cast[who]).get(f"/requests/{wanted.id}")
    assert page.is_good and page.has("main details a[href='/how-matching-works']") is (
        status == "paused"
    )


@pytest.fixture
def cast(sofia, carla, dora):
    return {"sofia": sofia, "carla": carla, "dora": dora}
