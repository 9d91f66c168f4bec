"""What came back: a page or fragment that can be read, and forms that can be filled and sent."""

import json
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from bs4 import BeautifulSoup, Tag

from tests.inspection import parsed

Pairs = list[tuple[str, str]]
Files = dict[str, tuple[str, bytes]]
LEADING = ("location", "hx-redirect", "hx-location")


class Answer:
    """One answer of the application, and the browser that got it."""

    def __init__(self, response: httpx.Response, browser: Any, path: str) -> None:
        self.response = response
        self.browser = browser
        self.path = path
        self.status = response.status_code
        self.headers = response.headers
        self.text = response.text

    def __repr__(self) -> str:
        words = " ".join((self.page.body or self.page).get_text(" ", strip=True).split())
        return f"<{self.status} for {self.path} {self.location or ''} {words[:600]!r}>"

    @cached_property
    def page(self) -> BeautifulSoup:
        """The answer read as a page: of most nobody asks more than the status."""
        is_xml = "xml" in self.headers.get("content-type", "")
        return parsed("" if is_xml else self.text)

    # What kind of answer it is.

    @property
    def is_good(self) -> bool:
        return self.status == 200

    @property
    def is_redisplay(self) -> bool:
        return self.status == 422

    @property
    def is_not_found(self) -> bool:
        return self.status == 404

    @property
    def is_not_allowed(self) -> bool:
        return self.status == 403

    @property
    def is_conflict(self) -> bool:
        return self.status == 409

    @property
    def is_nothing_new(self) -> bool:
        return self.status in (204, 304) and not self.response.content

    @property
    def location(self) -> str | None:
        """Where the answer leads: a redirect's own path, or what htmx is told to open."""
        address = next((self.headers[name] for name in LEADING if name in self.headers), None)
        if address is None:
            return None
        if address.startswith("{"):
            address = json.loads(address)["path"]
        parts = urlsplit(address)
        return parts._replace(scheme="", netloc="").geturl()

    def leads_to(self, path: str) -> bool:
        """A 303 (or htmx's own redirect) to this path, whatever query follows."""
        return self.location is not None and self.location.split("?")[0].split("#")[0] == path

    @property
    def asks_to_sign_in(self) -> bool:
        return self.leads_to("/sign-in")

    def follow(self) -> "Answer":
        assert self.location, f"leads nowhere: {self!r}"
        return self.browser.get(self.location)

    # What it says.

    def says(self, words: str) -> bool:
        return words in " ".join(self.page.get_text(" ").split())

    def has(self, selector: str) -> bool:
        return bool(self.page.select(selector))

    def all(self, selector: str) -> list[Tag]:
        return self.page.select(selector)

    def one(self, selector: str) -> Tag:
        found = self.page.select(selector)
        assert len(found) == 1, f"{len(found)} of {selector!r} in {self!r}"
        return found[0]

    def texts(self, selector: str) -> list[str]:
        return [" ".join(tag.get_text(" ").split()) for tag in self.page.select(selector)]

    def error_of(self, field: str) -> str:
        """The sentence beside a field, found the way a screen reader finds it."""
        for tag in self.page.find_all(attrs={"name": field, "aria-invalid": "true"}):
            said = [
                self.page.find(id=name) for name in str(tag.get("aria-describedby", "")).split()
            ]
            return " ".join(" ".join(note.get_text(" ").split()) for note in said if note)
        return ""

    # What can be done with it.

    def form(self, wanted: str) -> "Form":
        """A form by its id, its action or the action's last word, or a CSS selector."""
        forms = [form for form in self.page("form") if wanted in _words_for(form)]
        if not forms and not wanted.startswith("/"):
            forms = self.page.select(wanted)
        there = [form.get("action") for form in self.page("form")]
        assert len(forms) == 1, f"{len(forms)} forms {wanted!r}; there are {there}"
        return Form(forms[0], self)

    def click(self, words: str) -> "Answer":
        """Follow the one link with these words."""
        links = {
            link["href"]
            for link in self.page.select("a[href]")
            if words in (" ".join(link.get_text(" ").split()), link.get("aria-label"))
        }
        assert len(links) == 1, f"{len(links)} links say {words!r} in {self!r}"
        return self.browser.get(links.pop())


class Form:
    """A form as a person meets it: only what it offers can be filled in and sent."""

    def __init__(self, form: Tag, answer: Answer) -> None:
        self.tag = form
        self.answer = answer
        self.method = str(form["method"]).lower()
        self.action = str(form["action"])
        outside = answer.page.find_all(attrs={"form": form.get("id") or "-"})
        self.controls = [
            tag
            for tag in [*form(["input", "select", "textarea", "button"]), *outside]
            if tag.get("name")
            and not tag.has_attr("disabled")
            and tag.get("form") in (None, form.get("id"))
        ]
        self.typed: dict[str, list[str]] = {}
        places = [str(tag["name"]) for tag in self.controls if tag.get("type") == "file"]
        # A file field in which nothing is chosen is sent as an empty file without a name.
        self.files: Files = dict.fromkeys(places, ("", b""))

    def value(self, name: str) -> str:
        """What a field holds now."""
        values = [value for field, value in self._pairs() if field == name]
        return values[0] if values else ""

    def values(self, name: str) -> list[str]:
        return [value for field, value in self._pairs() if field == name]

    @property
    def fields(self) -> set[str]:
        return {str(tag["name"]) for tag in self.controls if tag.name != "button"}

    def fill(self, **values: str | int | list[str] | bool) -> "Form":
        """Type into fields; True and False tick and clear a single box, a list ticks several."""
        for name, value in values.items():
            tags = [tag for tag in self.controls if tag["name"] == name and tag.name != "button"]
            assert tags, f"the form has no field {name!r}, only {sorted(self.fields)}"
            if isinstance(value, bool):
                value = [str(tags[0].get("value", "on"))] if value else []
            typed = [str(item) for item in value] if isinstance(value, list) else [str(value)]
            for item in typed:
                assert item in (offered := list(_offered(tags, item))), f"{name}: only {offered}"
            self.typed[name] = typed
        return self

    def attach(self, **files: tuple[str, bytes]) -> "Form":
        """Choose files, each by its name and its content."""
        assert self.files.keys() >= files.keys(), f"only {sorted(self.files)} take a file"
        self.files |= files
        return self

    def submit(self, press: str | None = None, *, htmx: bool = False) -> Answer:
        """Send it, by the first button or the one with this value or these words."""
        pairs = [*self._pairs(), *self._button(press)]
        browser = self.answer.browser.htmx if htmx else self.answer.browser.plain
        if self.method == "get":
            return browser.get(f"{self.action.split('?')[0]}?{urlencode(pairs)}")
        carries_files = self.tag.get("enctype") == "multipart/form-data"
        assert carries_files or not self.files, f"{self.action} would send names of files only"
        return browser.post(self.action, pairs, files=self.files if carries_files else None)

    def _button(self, press: str | None) -> Pairs:
        buttons = [
            tag
            for tag in [*self.tag(["button", "input"]), *self.controls]
            if tag.get("type", "submit" if tag.name == "button" else "text") == "submit"
        ]
        for tag in buttons:
            said = (tag.get("value"), " ".join(tag.get_text(" ").split()))
            if press is None or press in said:
                return [(str(tag["name"]), str(tag.get("value", "")))] if tag.get("name") else []
        assert press is None, f"no button {press!r} in the form {self.action}"
        return []

    def _pairs(self) -> Pairs:
        pairs: Pairs = []
        told = set()
        for tag in self.controls:
            name = str(tag["name"])
            if name not in self.typed:
                pairs += [(name, value) for value in _held(tag)]
            elif name not in told:
                told.add(name)
                pairs += [(name, value) for value in self.typed[name]]
        return pairs


def _words_for(form: Tag) -> Iterator[str]:
    action = str(form.get("action", "")).split("?")[0]
    yield from (action, action.rsplit("/", 1)[-1], str(form.get("id", "")))


def _held(tag: Tag) -> list[str]:
    if tag.name == "button" or tag.get("type") in ("submit", "button", "image", "file"):
        return []
    if tag.name == "textarea":
        return [tag.get_text().removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")]
    if tag.name == "select":
        chosen = tag.select("option[selected]") or (
            [] if tag.has_attr("multiple") else tag("option")[:1]
        )
        return [_option(option) for option in chosen]
    if tag.get("type") in ("checkbox", "radio"):
        return [str(tag.get("value", "on"))] if tag.has_attr("checked") else []
    return [str(tag.get("value", ""))]


def _offered(tags: list[Tag], typed: str) -> Iterator[str]:
    """The values a person could enter: what is listed, or anything at all."""
    for tag in tags:
        if tag.name == "select":
            yield from (_option(option) for option in tag("option"))
        elif tag.get("type") in ("checkbox", "radio"):
            yield str(tag.get("value", "on"))
        elif tag.get("type") != "hidden":
            yield typed


def _option(option: Tag) -> str:
    return str(option.get("value", option.get_text(strip=True)))


Settle = Callable[[], None]
