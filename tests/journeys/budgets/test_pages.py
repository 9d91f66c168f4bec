"""The weight of every page and file, as a browser that reads Brotli gets it from the site."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest

from app.jinja import assets
from tests.factories import PASSWORD
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.journeys.test_every_page import MORE, NO_PAGES

PEOPLE = ("guest", "sofia", "carla", "dora", "mina")
# Pages made of a list of twenty or more, or of several lists.
LISTS = {
    "bookmarks.index", "contracts.show", "earnings.index", "learning_requests.index",
    "learning_sessions.index", "messages.new", "notices.index", "profiles.coach",
    "profiles.coaches", "proposals.index", "proposals.mine", "threads.show",
}  # fmt: skip
FILES = {
    "app.css": "stylesheet", "app.js": "script", "icons.svg": "icons", "inter.woff2": "font",
    "inter-ext.woff2": "font of other letters",
}  # fmt: skip
OF_SERVERS = {"date", "server"}  # any server says these


@dataclass
class Got:
    """An answer: its head with the bytes of it, and how many of a body there are."""

    status: int
    headers: list[tuple[str, str]]
    body: int

    @property
    def head(self) -> int:
        return len("HTTP/1.1 200 OK\r\n\r\n") + sum(len(f"{n}: {v}\r\n") for n, v in self.headers)

    def has(self, name: str, value: str = "") -> bool:
        return any(n == name and v.startswith(value) for n, v in self.headers)


class Reader:
    """Asks the site as somebody's browser does, with one connection."""

    def __init__(self, host: str) -> None:
        self.line = http.client.HTTPConnection(host, timeout=60)
        self.key = ""

    def ask(
        self, path: str, *, seen: bool = True, form: dict[str, str] | None = None, **more: str
    ) -> Got:
        cookies = [*(["seen=1"] if seen else []), *([self.key] if self.key else [])]
        headers = {"Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Site": "same-origin", **more}
        headers |= {"Cookie": "; ".join(cookies)} if cookies else {}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        method = "POST" if form else "GET"
        self.line.request(method, path, urlencode(form) if form else None, headers)
        answer = self.line.getresponse()
        told = [(name.lower(), value) for name, value in answer.getheaders()]
        return Got(answer.status, told, len(answer.read()))

    def signs_in(self, who: str) -> None:
        form = {"email": f"{who}@skileez.example", "password": PASSWORD}
        told = self.ask("/sign-in", form=form).headers
        cookies = [value.partition(";")[0] for name, value in told if name == "set-cookie"]
        self.key = next(one for one in cookies if one.startswith("__Host-session="))


@pytest.fixture
def reader(fronted: Any) -> Iterator[Reader]:
    reader = Reader(fronted.site.address.removeprefix("http://"))
    yield reader
    reader.line.close()


@pytest.fixture
def addresses(fronted: Any) -> dict[str, bool]:
    """Every page of the samples, and whether it is a list."""
    reads = [route.name for route in all_routes() if not route.writes]
    named = {SAMPLES[name][0]: name in LISTS for name in reads if name not in NO_PAGES}
    lists = tuple(address.partition("?")[0] for address, is_list in named.items() if is_list)
    more = {address: address.partition("?")[0] in lists for address in MORE}
    more["/contracts/{ended_contract}"] = True
    return {address.format(**fronted.ids): one for address, one in (more | named).items()}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_light(reader, addresses, keeps, who):
    if who != "guest":
        reader.signs_in(who)
    heavy = []
    for address, is_list in addresses.items():
        got = reader.ask(address)
        if got.has("content-type", "text/html") and got.status not in (302, 303):
            try:
                keeps("page that is a list" if is_list else "page", got.body, f"{address} ({who})")
            except AssertionError as fault:
                heavy.append(str(fault))
    assert not heavy, "\n".join(heavy)


def test_the_first_answer_to_a_guest_fits_the_first_round_trip(reader, addresses, keeps):
    heavy = []
    for address, is_list in addresses.items():
        got = reader.ask(address, seen=False)
        # A mail's link that leads on keeps its secret in a cookie: it was given, not found.
        if got.has("content-type", "text/html") and got.status not in (302, 303):
            keeps("cookies before signing in", got.has("set-cookie"), address)
            name = "first answer, a list" if is_list else "first answer"
            try:
                keeps(name, got.head + got.body, address)
            except AssertionError as fault:
                heavy.append(str(fault))
    assert not heavy, "\n".join(heavy)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_light(reader, keeps, name):
    got = reader.ask(assets().address(name))
    assert got.status == 200
    keeps(FILES[name], got.body)


def test_a_poll_without_news_says_little(reader, fronted, keeps):
    reader.signs_in("sofia")
    address = f"/messages/{fronted.ids['thread']}/new"
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-PTag": "99.99.1"}
    for path in (address, "/messages/unread"):
        got = reader.ask(path, **htmx)
        if got.status == 204:
            own = [(n, v) for n, v in got.headers if n not in OF_SERVERS]
            keeps("headers of a poll without news", sum(len(n) + len(v) + 4 for n, v in own), path)
    assert got.status in (200, 204)
