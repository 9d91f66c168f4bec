"""The time zone: looked for in words, chosen by a button."""

import pytest
import time_machine

from db.models.events import Event
from tests.test_wording import at

PATH = "/settings/time-zone"


@time_machine.travel(at(2026, 11, 25, 9, 5), tick=False)
def test_sofia_finds_madrid_and_chooses_it(browser, db, sofia):
    page = browser.as_(sofia).get("/settings").click("Change the time zone")
    found = page.form("[role=search]").fill(q="madrid").submit()
    assert found.says("Madrid Spain")
    assert found.says("10:05")
    answer = found.form("#places").submit("Europe/Madrid")
    assert answer.leads_to("/settings")
    assert answer.follow().says("You now see times as clocks in Madrid show them.")
    db.refresh(sofia)
    assert sofia.time_zone == "Europe/Madrid"
    assert db.query(Event).filter_by(name="settings.time_zone_set").count() == 1


def test_what_is_typed_is_answered_as_a_fragment(browser, db, sofia):
    hers = browser.as_(sofia).htmx
    assert hers.get(PATH + "?q=new+york").texts("li b") == ["New York"]
    assert hers.post(PATH, {"time_zone": "America/New_York"}).headers["HX-Redirect"] == "/settings"
    db.refresh(sofia)
    assert sofia.time_zone == "America/New_York"


def test_near_home_is_offered_first(browser, sofia):
    page = browser.as_(sofia).get(PATH)
    assert page.texts("#zones li b") == ["Nairobi"]


def test_nothing_found_says_what_helps(browser, sofia):
    page = browser.as_(sofia).get(PATH + "?q=<b>zzz</b>")
    assert page.says("No place is called “<b>zzz</b>” here. Try the largest city near you")
    assert not page.all("#zones li")


@pytest.mark.parametrize("zone", [
    "", "UTC", "Etc/UTC", "GMT", "Factory", "posix/Europe/Paris", "Nowhere/Land", "europe/madrid",
    "../../etc/passwd", "/etc/localtime", "\x00", "x" * 5000,
])  # fmt: skip
def test_only_a_place_of_the_list_will_do(browser, db, sofia, zone):
    for way in (browser.as_(sofia), browser.as_(sofia).htmx):
        answer = way.post(PATH, {"time_zone": zone})
        assert answer.is_redisplay
        assert answer.has("[role=alert]")
    db.refresh(sofia)
    assert sofia.time_zone == "Africa/Nairobi"


def test_an_older_name_becomes_the_one_of_today(browser, db, sofia):
    browser.as_(sofia).post(PATH, {"time_zone": "Asia/Calcutta"})
    db.refresh(sofia)
    assert sofia.time_zone == "Asia/Kolkata"


def test_the_zone_one_has_is_no_event(browser, db, sofia):
    assert browser.as_(sofia).post(PATH, {"time_zone": "Africa/Nairobi"}).leads_to("/settings")
    assert db.query(Event).count() == 0


def test_who_never_chose_is_told_gently(browser, db, sofia):
    assert not browser.as_(sofia).get("/settings").says("Times are shown in UTC")
    sofia.time_zone = "UTC"
    page = browser.as_(sofia).get("/settings")
    assert page.says("Times are shown in UTC, which may not be your time.")
    assert page.click("Choose your time zone").is_good


def test_a_zone_that_is_no_longer_known_breaks_nothing(browser, db, sofia):
    sofia.time_zone = "Nowhere/Land"
    for path in ("/settings", PATH, "/dashboard"):
        assert browser.as_(sofia).get(path).is_good
