"""Every route is named, guarded and sampled, and answers as every route of the house does."""

import re
from collections import Counter
from typing import Any

import pytest

from app.access.permissions import Permission
from app.access.rules import RULES
from tests.house.routes import Route, all_routes
from tests.house.samples import SAMPLES
from tests.house.source import files, text
from tests.worlds import World

GETS = [route.name for route in all_routes() if not route.writes]
POSTS = [route.name for route in all_routes() if route.writes]


def test_every_route_is_named_noun_verb_once(routes: tuple[Route, ...]) -> None:
    odd = [route for route in routes if not re.fullmatch(r"[a-z_]+\.[a-z_]+", route.name)]
    assert not odd
    assert not [name for name, times in Counter(r.name for r in routes).items() if times > 1]


def test_every_address_is_kebab_case(routes: tuple[Route, ...]) -> None:
    word = r"([a-z0-9]+(-[a-z0-9]+)*|\{[a-z_]+(:[a-z]+)?\})"
    address = re.compile(rf"/|(/{word})+(\.[a-z]+)?")  # a file says by its ending what it is
    odd = [route.path for route in routes if not address.fullmatch(route.path)]
    assert not odd


def test_every_route_names_a_permission(routes: tuple[Route, ...]) -> None:
    assert not [route for route in routes if route.allow not in set(Permission)]


def test_staff_pages_ask_for_the_password_again(routes: tuple[Route, ...]) -> None:
    staffs = [route for route in routes if route.path.startswith("/admin")]
    assert staffs
    assert not [route for route in staffs if not RULES[Permission(route.allow)].fresh]


def test_only_get_and_post_are_used(routes: tuple[Route, ...]) -> None:
    assert not [r for r in routes if r.methods not in ({"GET"}, {"GET", "HEAD"}, {"POST"})]


def test_every_permission_is_asked_by_a_route(routes: tuple[Route, ...]) -> None:
    asked = {Permission(route.allow) for route in routes}
    # What depends on a form, or is about a part of a page, is asked by its handler.
    handlers = "".join(text(path) for path in files(".py", under="app/controllers/"))
    asked |= {one for one in Permission if f"(request.viewer, Permission.{one.name})" in handlers}
    assert not set(Permission) - asked


def test_every_route_has_a_sample_that_leads_to_it(routes: tuple[Route, ...]) -> None:
    assert {route.name for route in routes} == set(SAMPLES)
    for route in routes:
        address = re.sub(
            r"\{\w+\}", "x", SAMPLES[route.name][0].replace("{stylesheet}", "/static/x")
        ).split("?")[0]
        assert route.pattern.fullmatch(address), f"{address} is not {route.path}"


@pytest.mark.parametrize("name", GETS)
def test_every_get_answers_a_plain_browser_with_a_whole_page(opened: Any, name: str) -> None:
    browser, address = opened(name)
    answer = browser.get(address)
    if name.endswith(".open"):  # a link from a mail leads on to the page it is for
        answer = answer.follow()
    assert answer.is_good, answer


@pytest.mark.parametrize("name", GETS)
def test_every_get_answers_htmx_with_a_fragment_or_a_way_out(opened: Any, name: str) -> None:
    browser, address = opened(name)
    answer = browser.send("GET", address)
    if not answer.headers["content-type"].startswith("text/html"):
        return
    answer = browser.htmx.get(address)
    assert answer.is_good or answer.is_nothing_new, answer
    assert bool(answer.response.content) != bool(answer.location) or answer.is_nothing_new


@pytest.mark.parametrize("name", POSTS)
def test_a_post_route_does_nothing_for_get(opened: Any, name: str, world: World) -> None:
    browser, address = opened(name)
    answer = browser.get(address)
    others = [r for r in all_routes() if not r.writes and r.pattern.fullmatch(address)]
    assert answer.status == 405 or others, answer


@pytest.mark.parametrize(
    "name", [r.name for r in all_routes() if not RULES[Permission(r.allow)].for_guests]
)
def test_a_guest_is_let_in_nowhere_else(browser: Any, world: World, name: str) -> None:
    address, _ = world.sample(name)
    answer = browser.post(address) if name in POSTS else browser.get(address)
    assert answer.asks_to_sign_in or answer.is_not_found, answer


@pytest.mark.parametrize("name", [r.name for r in all_routes() if "{" in r.path])
def test_nonsense_in_an_address_is_not_found(opened: Any, world: World, name: str) -> None:
    browser, _ = opened(name)
    template = SAMPLES[name][0].replace("{stylesheet}", "/static/{file}")
    for odd in ("0", "-1", "1e3", "99999999999999999999", "%00", "%F0%9F%92%A9", "٣", "a.b", "%2e"):
        address = re.sub(r"\{\w+\}", odd, template)
        answer = browser.post(address) if name in POSTS else browser.get(address)
        assert answer.is_not_found, (address, answer)
