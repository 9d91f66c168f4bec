"""What search engines are told: every page that is public, and no other."""

import re
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from app.access.permissions import Permission
from app.access.rules import RULES
from app.controllers import sitemaps
from db.models.accounts import AccountStatus
from db.models.profiles import CoachProfile, CoachStatus
from tests.factories import make_account, make_coach
from tests.house.routes import all_routes
from tests.statements import statements

HOME = "https://skileez.test"
XMLNS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ALWAYS = [f"{HOME}/", f"{HOME}/coaches", f"{HOME}/how-matching-works"]


def read(browser, path):
    """What the file names, and since when."""
    answer = browser.send("GET", path)
    assert answer.is_good
    assert answer.headers["content-type"].split(";")[0] == "application/xml"
    assert answer.headers["cache-control"] == "public, max-age=3600"
    root = ElementTree.fromstring(answer.response.content)
    return {
        one.findtext(f"{XMLNS}loc"): one.findtext(f"{XMLNS}lastmod") for one in root
    }, root.tag.removeprefix(XMLNS)


def test_exactly_the_listed_coaches_are_named(browser, db, carla, cole, noor, petra, sid):
    db.get(CoachProfile, carla.id).approved_at = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    db.get(CoachProfile, cole.id).hidden_from_search_engines = True
    for status in CoachStatus:
        if status is not CoachStatus.APPROVED:
            make_coach(db, status=status)
    make_coach(db, make_account(db, status=AccountStatus.SUSPENDED))
    found, kind = read(browser, "/sitemap.xml")
    assert kind == "urlset"
    assert found == dict.fromkeys(ALWAYS) | {f"{HOME}/coaches/carla-ruiz": "2026-03-04"}
    for address in found:
        assert not browser.get(address.removeprefix(HOME)).has("meta[name=robots]")


def test_many_coaches_are_named_in_parts(browser, db, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_PAGE", 3)
    for number in range(7):
        make_coach(db, make_account(db, first_name="Coach", last_name=str(number)))
    parts, kind = read(browser, "/sitemap.xml")
    assert kind == "sitemapindex"
    assert list(parts) == [f"{HOME}/sitemaps/{number}.xml" for number in (1, 2, 3)]
    named = [one for part in parts for one in read(browser, part.removeprefix(HOME))[0]]
    assert named == ALWAYS + [f"{HOME}/coaches/coach-{number}" for number in range(7)]
    assert browser.get("/sitemaps/4.xml").is_not_found


@pytest.mark.parametrize(
    "name", ["0.xml", "01.xml", "-1.xml", "1", "1.XML", "x.xml", "99999.xml", "%00.xml", "1.xml%0a"]
)
def test_other_parts_are_not_there(browser, carla, name):
    assert browser.get(f"/sitemaps/{name}").is_not_found


def test_a_site_without_coaches_has_a_map(browser):
    assert read(browser, "/sitemap.xml")[0] == dict.fromkeys(ALWAYS)
    assert read(browser, "/sitemaps/1.xml")[0] == dict.fromkeys(ALWAYS)


def test_it_is_the_same_for_everybody(browser, carla, sofia):
    for path in ("/sitemap.xml", "/robots.txt"):
        as_guest, as_sofia = browser.send("GET", path), browser.as_(sofia).send("GET", path)
        assert as_guest.response.content == as_sofia.response.content
        head = browser.send("HEAD", path)
        assert head.status == 200 and not head.response.content
        assert head.headers["cache-control"] == "public, max-age=3600"
        assert "set-cookie" not in head.headers


def test_it_takes_two_statements(browser, database, carla):
    with statements(database) as sent:
        browser.send("GET", "/sitemap.xml")
    assert len([one for one in sent if one.lstrip().startswith("SELECT")]) == 2


def test_a_long_one_travels_packed(browser, db):
    for number in range(30):
        make_coach(db, make_account(db, first_name="Coach", last_name=str(number)))
    answer = browser.send("GET", "/sitemap.xml", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "coach-29" in answer.text


# robots.txt


@pytest.fixture
def robots(browser):
    answer = browser.send("GET", "/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    parser = RobotFileParser()
    parser.parse(answer.text.splitlines())
    parser.text = answer.text
    return parser


def test_robots_are_told_of_the_map(robots):
    assert robots.site_maps() == [f"{HOME}/sitemap.xml"]


@pytest.mark.parametrize("path", [
    "/", "/coaches", "/coaches?topic=Languages", "/coaches/carla-ruiz", "/sign-up", "/sign-in",
    "/sitemap.xml", "/pictures/abc", "/static/app.0.css", "/sitemaps/1.xml",
])  # fmt: skip
def test_robots_may_read_what_is_public(robots, path):
    assert robots.can_fetch("AnyBot", HOME + path)


def test_robots_are_kept_from_everything_that_asks_to_sign_in(robots):
    disallowed = re.findall(r"^Disallow: (\S+)$", robots.text, re.MULTILINE)
    patterns = [re.compile(re.escape(one).replace(r"\*", ".*")) for one in disallowed]
    private = [
        route.path
        for route in all_routes()
        if not route.writes and not RULES[Permission(route.allow)].for_guests
    ]
    assert private
    assert not [path for path in private if not any(p.match(path) for p in patterns)]
