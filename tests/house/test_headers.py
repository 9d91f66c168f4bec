"""What every answer says besides its body: all headers, how long to keep it, its cookies."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from litestar.testing import TestClient

from app.main import CONTROLLERS, bound, routed
from tests.browser import HOME
from tests.databases import keep_no_cookies
from tests.house.filled import FILLED
from tests.house.routes import all_routes
from tests.web.probe import Probe

GETS = sorted(route.name for route in all_routes() if not route.writes)
COMPLETE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000",
}
POLICY = {
    "default-src 'self'", "object-src 'none'", "script-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
NEVER_KEPT = (
    "/settings", "/sign-in", "/parked-form", "/confirm-email", "/restore-email", "/forgot-password",
    "/reset-password", "/unsubscribe/", "/admin", "/dev/", "/earnings",
)  # fmt: skip
# No fragment is one.
OF_DOCUMENTS = {"referrer-policy", "cross-origin-opener-policy", "permissions-policy"}
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
OURS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


FILE_POLICY = "default-src 'none'; frame-ancestors 'none'"  # of what is no page
WORKERS_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"


def faults(answer: Any) -> Iterator[str]:
    """What this answer lacks, or says and should not."""
    said = answer.headers
    yield from cookie_faults(said.get_list("set-cookie"))
    yield from keeping_faults(answer, said.get("cache-control"))
    if "server" in said or "x-powered-by" in said:
        yield "tells what it is made of"
    if answer.status in (204, 304):
        if set(said) - {"cache-control", "vary", "etag", "hx-ptag", "x-content-type-options"}:
            yield f"too much for nothing: {dict(said)}"
        return
    if said.get("referrer-policy") == "no-referrer":  # where a link's secret is in the address
        said = {**said, "referrer-policy": COMPLETE["referrer-policy"]}
    needed = COMPLETE.keys() - (OF_DOCUMENTS if answer.asked_in_part else set())
    yield from (f"no {name}" for name in needed if said.get(name) != COMPLETE[name])
    policy = said.get("content-security-policy", "")
    is_page = said.get("content-type", "").startswith("text/html") and not answer.asked_in_part
    other = WORKERS_POLICY if (answer.path, answer.status) == ("/worker.js", 200) else FILE_POLICY
    if (POLICY - set(policy.split("; "))) if is_page else policy != other:
        yield "not the whole content policy"
    if "unsafe" in policy or len(said["x-request-id"]) != 12:
        yield "an odd policy or number"


def keeping_faults(answer: Any, said: str | None) -> Iterator[str]:
    path = answer.path.split("?")[0]
    wanted = ["no-store"]
    if path.startswith("/static/") and answer.status == 200:
        wanted = ["public, max-age=31536000, immutable"]
    elif path == "/worker.js" and answer.status == 200:
        wanted = ["public, max-age=86400"]
    elif path.startswith("/pictures/") and answer.status == 200:  # Sofia's, for her alone
        wanted = ["private, no-cache"]
    elif path.endswith(".ics") and answer.status == 200:
        wanted += ["private, no-store"]
    elif re.fullmatch(r"/robots\.txt|/sitemap\.xml|/sitemaps/1\.xml", path):
        wanted = ["public, max-age=3600"]
    elif answer.asked_in_part or path.startswith(NEVER_KEPT) or path in ("/healthz", "/readyz"):
        pass
    elif answer.status == 200:
        wanted = ["private, no-cache"]
    elif answer.status in (409, 422):  # the page again, or an error's
        wanted += ["private, no-cache"]
    if said not in wanted:
        yield f"cache-control is {said}, not {wanted}"


def cookie_faults(lines: list[str]) -> Iterator[str]:
    for line in lines:
        [(name, cookie)] = SimpleCookie(line).items()
        if not name.startswith("__Host-"):
            yield f"{name} is not __Host-"
        if not (cookie["secure"] and cookie["httponly"]) or cookie["domain"]:
            yield f"{name} goes too far: {line}"
        if cookie["samesite"].lower() != "lax" or cookie["path"] != "/":
            yield f"{name} is for elsewhere: {line}"


def look(asking: Any, method: str, path: str, data: Any = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = asking.send(method, path, data, headers=named)
    answer.asked_in_part = headers.get("HX-Request-Type") == "partial"
    found = list(faults(answer))
    assert not found, f"{method} {path} ({answer.status}): {found}"
    return answer


@pytest.mark.parametrize("name", GETS)
def test_what_every_page_and_fragment_says(opened: Any, name: str) -> None:
    asking, address = opened(name)
    look(asking, "GET", address)
    look(asking, "GET", address, **PARTIAL)
    look(asking, "HEAD", address)
    look(asking, "GET", address, Cookie="__Host-flash=Hello; seen=1")
    look(asking.as_guest(), "GET", address)
    look(asking.as_guest(), "GET", address, **PARTIAL)


@pytest.mark.parametrize("name", sorted(FILLED))
def test_what_the_answer_to_every_form_says(sent: Any, opened: Any, name: str) -> None:
    asking, address = opened(name)
    for headers in (OURS, OURS | PARTIAL):
        look(asking, "POST", address, {"is_staff": "1"}, **headers)
        look(asking.as_guest(), "POST", address, FILLED[name], **headers)
    for way in ("htmx", "plain"):
        answer = sent(name, way=way)
        answer.asked_in_part = way == "htmx"
        assert not list(faults(answer))


@pytest.fixture(scope="module")
def every_trouble() -> Any:
    return routed([*CONTROLLERS, Probe])


@pytest.fixture
def troubled(every_trouble: Any, settings: Any, database: Any) -> Iterator[TestClient[Any]]:
    app = bound(every_trouble, settings, database)
    with TestClient(app, base_url=HOME, raise_server_exceptions=False) as client:
        keep_no_cookies(client)
        yield client


TROUBLES = [
    (400, "POST", "/sign-in", {"Content-Length": "1", "body": "%"}),
    (403, "POST", "/sign-in", {"Sec-Fetch-Site": "cross-site"}),
    (403, "POST", "/probe/trouble/not-allowed", {}),
    (404, "GET", "/nowhere", {}),
    (404, "GET", "/static/nothing.css", {}),
    (404, "GET", "/requests/0", {}),
    (405, "PUT", "/sign-in", {}),
    (409, "POST", "/probe/trouble/wrong-state", {}),
    (413, "POST", "/sign-in", {"body": "text=" + "x" * 70_000}),
    (415, "POST", "/sign-in", {"Content-Type": "text/plain"}),
    (422, "POST", "/probe/form", {"body": "name=x"}),
    (429, "POST", "/probe/trouble/too-many", {}),
    (431, "GET", "/", {"X-Long": "x" * 17_000}),
    (500, "POST", "/probe/trouble/bug", {}),
    (500, "POST", "/probe/trouble/lost-template", {}),
    (503, "POST", "/probe/trouble/busy", {}),
    (503, "POST", "/probe/trouble/disk-full", {}),
]


@pytest.mark.parametrize("in_part", [False, True])
@pytest.mark.parametrize(("status", "method", "path", "but"), TROUBLES)
def test_what_every_refusal_says(
    troubled: Any, browser: Any, sofia: Any, in_part: bool,
    status: int, method: str, path: str, but: dict[str, str],
) -> None:  # fmt: skip
    asking = browser.as_(sofia)
    asking.client = troubled
    headers = {**OURS, **(PARTIAL if in_part else {}), **but}
    headers.pop("Content-Length", None)
    body = headers.pop("body", "").encode()
    assert look(asking, method, path, body, **headers).status == status
