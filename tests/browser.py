"""A browser for tests: it signs in as anybody, speaks htmx, and inspects every page it opens."""

import hashlib
import secrets
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
from litestar.testing import TestClient

from app.clock import now
from tests.answer import Answer, Files, Pairs, Settle
from tests.factories import make_sign_in
from tests.inspection import fragment_faults, page_faults

HOME = "https://skileez.test"
COOKIE = "__Host-session"
FORM = "application/x-www-form-urlencoded"

Data = dict[str, Any] | Pairs | bytes | None


class Browser:
    """`browser.as_(sofia).get("/dashboard")`; without as_ it is a guest. Nothing is followed."""

    def __init__(self, client: TestClient, db: Any, settle: Settle) -> None:
        self.client = client
        self.db = db
        self.settle = settle
        self.cookies: dict[str, str] = {}
        self.tokens: dict[int, str] = {}
        self.person: Any = None

    # Who is looking.

    def as_(self, person: Any) -> "Browser":
        """A browser in which this person has signed in (the same sign-in each time)."""
        if person.id not in self.tokens:
            self.tokens[person.id] = secrets.token_urlsafe(32)
            digest = hashlib.sha256(self.tokens[person.id].encode()).digest()
            make_sign_in(self.db, person, token_hash=digest, seen_at=now())
        twin = self.as_guest()
        twin.person = person
        twin.cookies[COOKIE] = self.tokens[person.id]
        return twin

    def as_guest(self) -> "Browser":
        """A browser with no cookies at all."""
        twin = Browser(self.client, self.db, self.settle)
        twin.tokens = self.tokens
        return twin

    # What it does.

    @property
    def htmx(self) -> "Htmx":
        """The same browser, asking as htmx asks; it insists on fragments."""
        return Htmx(self)

    @property
    def plain(self) -> "Browser":
        return self

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        answer = self.send(
            "GET", path, headers={**_arriving("navigate", "document"), **(headers or {})}
        )
        return self.inspected(answer)

    def post(
        self, path: str, data: Data = None, headers: dict[str, str] | None = None,
        files: Files | None = None,
    ) -> Answer:  # fmt: skip
        """Send a form; with `files` (field → name and content, or none) as multipart."""
        kind, body = (FORM, data) if files is None else multipart(data, files)
        arriving = {**_arriving("navigate", "document"), "Origin": HOME, "Content-Type": kind}
        answer = self.send("POST", path, body, headers={**arriving, **(headers or {})})
        return self.inspected(answer)

    def send(
        self, method: str, path: str, data: Data = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Exactly this request, uninspected: for odd methods, bodies and headers."""
        self.settle()
        headers = dict(headers or {})
        if self.cookies and "Cookie" not in headers:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = data if isinstance(data, bytes) else urlencode(data or {}, doseq=True).encode()
        response = self.client.request(
            method, path, content=body if method != "GET" else None, headers=headers,
            follow_redirects=False,
        )  # fmt: skip
        self._keep(response)
        return Answer(response, self, path)

    def inspected(self, answer: Answer) -> Answer:
        """Look at the page as every page is looked at (a file or an empty answer has no page)."""
        _check_headers(answer)
        if answer.response.content and answer.headers.get("content-type", "").startswith(
            "text/html"
        ):
            faults = page_faults(answer.text, answer.headers.get("content-security-policy", ""))
            assert not faults, f"{answer.path}: " + "; ".join(faults)
        return answer

    def _keep(self, response: httpx.Response) -> None:
        for line in response.headers.get_list("set-cookie"):
            for name, cookie in SimpleCookie(line).items():
                if cookie["max-age"] == "0" or not cookie.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = cookie.value


class Htmx:
    """Requests as htmx 4 sends them for a part of the page."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def as_(self, person: Any) -> "Htmx":
        return Htmx(self.browser.as_(person))

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        answer = self.browser.send("GET", path, headers={**self._asking(), **(headers or {})})
        return self.inspected(answer)

    def post(
        self, path: str, data: Data = None, headers: dict[str, str] | None = None,
        files: Files | None = None,
    ) -> Answer:  # fmt: skip
        kind, body = (FORM, data) if files is None else multipart(data, files)
        asking = {**self._asking(), "Origin": HOME, "Content-Type": kind}
        answer = self.browser.send("POST", path, body, headers={**asking, **(headers or {})})
        return self.inspected(answer)

    def _asking(self) -> dict[str, str]:
        return {**_arriving("cors", "empty"), "HX-Request": "true", "HX-Request-Type": "partial"}

    def inspected(self, answer: Answer) -> Answer:
        _check_headers(answer)
        assert not 300 <= answer.status < 304, f"htmx would follow this unseen: {answer!r}"
        if answer.response.content:
            faults = fragment_faults(answer.text)
            if "hx-request-type" not in answer.headers.get("vary", "").lower():
                faults.append("no Vary: HX-Request-Type")
            if "no-store" not in answer.headers.get("cache-control", ""):
                faults.append("no Cache-Control: no-store")
            assert not faults, f"{answer.path} for htmx: " + "; ".join(faults)
        return answer


def multipart(data: Data, files: Files) -> tuple[str, bytes]:
    """A form as browsers send one that has file fields: its content type, and its body."""
    boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
    assert not isinstance(data, bytes)
    pairs = parse_qsl(urlencode(data or {}, doseq=True), keep_blank_values=True)
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
        for name, value in pairs
    ]
    for field, (name, content) in files.items():
        heading = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
        parts.append(f"{heading}\r\nContent-Type: image/jpeg\r\n\r\n".encode() + content)
    body = b"".join(b"--%b\r\n%b\r\n" % (boundary.encode(), part) for part in parts)
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


def _arriving(mode: str, wanted: str) -> dict[str, str]:
    return {
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
        "Accept-Encoding": "identity",
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-Mode": mode,
        "Sec-Fetch-Dest": wanted,
        "User-Agent": "Tests/1.0",
    }


def _check_headers(answer: Answer) -> None:
    assert answer.status != 500, f"broken: {answer!r}"
    if answer.status in (204, 304):
        return  # nothing that a browser could misread; a quiet poll has to be small
    for name, value in {"x-content-type-options": "nosniff", "x-frame-options": "DENY"}.items():
        assert answer.headers.get(name) == value, f"{answer.path} is without {name}"
    assert "content-security-policy" in answer.headers, f"{answer.path} has no content policy"
    if answer.location is not None:
        assert answer.location.startswith("/"), f"leads away: {answer.location}"
