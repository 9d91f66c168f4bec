"""Chromium and a running site for tests/journeys: every page is watched while a test uses it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import guard
from tests.factories import PASSWORD
from tests.patience import until

ROOT = Path(__file__).parent.parent
PROGRAMS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "small": {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
}
WATCH = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`))"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FAULTS_ONLY = {"resultTypes": ["violations"]}  # to describe what is good takes it longest
JOURNEYS = "tests/journeys/"  # what stands in there needs a browser, and nothing else does


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(JOURNEYS):
            item.add_marker("chromium")


@dataclass
class Site:
    """A site served by its own processes, with the demo world in it."""

    address: str
    folder: Path
    database_url: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until it does."""
        log = self.folder / "log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "run"],
                cwd=ROOT, env=self.environment, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        _wait_for(self.address, self.process, log)

    def kill(self) -> None:
        """All its processes at once, as when the power fails."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)

    def stop(self) -> None:
        """As a machine does before it restarts."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


@dataclass
class Watched:
    """A page and everything that must not happen on it."""

    page: Any
    host: str
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", self._broke)
        self.page.context.on("request", self._asked)

    def _broke(self, error: Any) -> None:
        # Chromium's own word on a transition between pages that it gave up, when it is busy.
        if "Transition was " not in str(error):
            self.faults.append(f"script error: {error}")

    def _said(self, message: Any) -> None:
        # Chromium notes an answer with an error status as well, and htmx a network that is away;
        # those are tested elsewhere.
        known = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")
        if message.type == "error" and not message.text.startswith(known):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Any) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((self.host, "data:", "blob:", "about:")):
            self.faults.append(f"a request to another host: {request.url}")


@pytest.fixture(scope="session")
def site(engines: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as ./run serves it: own processes, own folder, demo world, two workers."""
    with serving(engines, tmp_path_factory.mktemp("site")) as site:
        yield site


@contextmanager
def serving(engines: Any, folder: Path, **more: str) -> Iterator[Site]:
    """A site with a database of its own; `more` is what its environment says besides."""
    with engines.database(migrated=False) as database, socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
        found.close()
        url = database.url.render_as_string(hide_password=False)
        environment = {
            **os.environ, "DATA_DIR": str(folder), "DATABASE_URL": url, "HOST": "127.0.0.1",
            "PORT": str(port), "DEMO": "1", "WORKERS": "2", "LIMITS": "1000",
            **guard.environment(), **more,
        }  # fmt: skip
        site = Site(f"http://127.0.0.1:{port}", folder, url, environment)
        try:
            site.start()
            yield site
        finally:
            site.stop()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    def is_ready() -> bool:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    try:
        until(is_ready, unless=lambda: process.poll() is not None)
    except AssertionError:
        raise RuntimeError(f"The site did not start:\n{log.read_text()}") from None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium itself."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(QUIET))
        yield browser
        browser.close()


def program() -> str | None:
    """The Chromium of this machine; without one Playwright's own is started."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture
def open_browser(chromium: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """`open_browser("sofia", device="phone", dark=True, script=False)` → a page of a new browser.

    Without a name it is a guest's. At the end no page may have broken the content policy, asked
    another host or met a script error. The worker that keeps pages is not there unless
    `service_workers="allow"`: tests could not see what passes through it.
    """
    watched: list[Watched] = []

    def open_one(
        who: str | None = None, *, device: str = "desktop", dark: bool = False,
        script: bool = True, address: str = "", **options: Any,
    ) -> Any:  # fmt: skip
        address = address or site.address
        context = chromium.new_context(
            base_url=address,
            service_workers=options.pop("service_workers", "block"),
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            **DEVICES[device],
            **options,
        )
        context.set_default_timeout(30_000)
        if script:
            context.add_init_script(WATCH)
        page = context.new_page()
        watched.append(Watched(page, address))
        watched[-1].listen()
        if who:
            sign_in(page, who)
        return page

    yield open_one
    faults = [fault for one in watched for fault in one.faults]
    for one in watched:
        one.page.context.close()
    assert not faults, faults


def sign_in(page: Any, who: str) -> None:
    """Sign in by the form, as a person does."""
    page.goto("/sign-in")
    page.fill("input[name=email]", f"{who}@skileez.example" if "@" not in who else who)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def assert_accessible(page: Any, rules: Any = RULES) -> None:
    """No violation of axe-core's rules (WCAG 2.2 AA and good practice) in the page as it is."""
    import axe_playwright_python

    if not page.evaluate("typeof window.axe === 'object'"):
        folder = Path(axe_playwright_python.__file__).parent
        page.evaluate(next(folder.rglob("axe.min.js")).read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {json.dumps(rules | FAULTS_ONLY)})")["violations"]
    said = [
        f"{one['id']}: {one['help']}: {[n['html'][:120] for n in one['nodes']]}" for one in found
    ]
    assert not said, f"{page.url}: " + "\n".join(said)


def assert_fits(page: Any) -> None:
    """Nothing makes the page scroll sideways."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} pixels too wide"
