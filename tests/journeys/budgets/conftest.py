"""A site as the world sees it, behind TLS and HTTP/2; and what was measured, as a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db.engine import Database
from tests.chromium import (
    DEVICES,
    QUIET,
    WATCH,
    Site,
    Watched,
    program,
    serving,
    sign_in,
)
from tests.journeys.budgets.table import BUDGETS
from tests.journeys.conftest import names_in
from tests.journeys.front import Front

REPORT = Path(__file__).parents[3] / "docs/budgets.md"
FOUND = pytest.StashKey[dict[str, tuple[float, str]]]()
TOP = """# Budgets

What Skileez costs people, and may cost at most. Written by `./test budgets`, which measures all of
it; the limits stand in `tests/journeys/budgets/table.py`. The figures are of the demo world.

| Budget | Limit | Measured | How | Where |
|---|---|---|---|---|
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-budgets", action="store_true", help="write what was measured to docs/budgets.md"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FOUND] = {}


@pytest.fixture
def keeps(pytestconfig: pytest.Config) -> Callable[..., None]:
    """`keeps("bookmark", 412, "/requests")`: notes the worst, and holds it against its limit."""

    def note(name: str, figure: float, of: str = "") -> None:
        budget, found = BUDGETS[name], pytestconfig.stash[FOUND]
        worst = found.get(name)
        if worst is None or (figure < worst[0] if budget.least else figure > worst[0]):
            found[name] = (figure, of)
        assert budget.holds(figure), f"{name}: {figure} {budget.unit} {of}, limit {budget.limit}"

    return note


def shown(figure: float, unit: str) -> str:
    number = f"{figure:,.0f}" if figure >= 1 or figure == 0 else f"{figure:.3g}"
    return f"{number} {unit}".strip()


def row(name: str, found: dict[str, tuple[float, str]]) -> str:
    """One line of the table, as the document and the terminal show it."""
    one = BUDGETS[name]
    limit = f"{'≥ ' if one.least else ''}{shown(one.limit, one.unit)}"
    measured = "not in this run"
    if name in found:
        figure, of = found[name]
        measured = f"{shown(figure, one.unit)}{f', {of}' if of else ''}"
    return f"| {name} | {limit} | {measured} | {one.how} | `{one.where}` |"


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    found = config.stash.get(FOUND, {})
    for name in found:
        terminalreporter.write_line("  ".join(row(name, found).split(" | ")[:3])[2:])
    if config.getoption("--write-budgets", False):
        rows = [row(name, found) for name in BUDGETS]
        REPORT.write_text(TOP + "\n".join(rows) + "\n", encoding="utf-8")


@dataclass
class Fronted:
    """The site, what stands before it, and what the samples' names stand for in it."""

    front: Front
    site: Site
    world: Database
    ids: dict[str, Any]


@pytest.fixture(scope="session")
def fronted(engines: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fronted]:
    """A site of these tests' own, whose address is https and which knows it."""
    front = Front()
    folder = tmp_path_factory.mktemp("fronted")
    with serving(engines, folder, PUBLIC_URL=front.address) as site:
        front.to = site.address
        world = Database(site.database_url)
        yield Fronted(front, site, world, names_in(site, world))
        world.dispose()
    front.stop()


@pytest.fixture(scope="session")
def trusting(chromium: Any, fronted: Fronted) -> Iterator[Any]:
    """A Chromium that trusts the front."""
    trust = f"--ignore-certificate-errors-spki-list={fronted.front.key}"
    browser = chromium.browser_type.launch(executable_path=program(), args=[*QUIET, trust])
    yield browser
    browser.close()


@pytest.fixture
def open_front(trusting: Any, fronted: Fronted) -> Iterator[Callable[..., Any]]:
    """`open_front("sofia")`: a page of a new phone on the https site, watched as any other."""
    watched: list[Watched] = []

    def open_one(who: str = "", **options: Any) -> Any:
        context = trusting.new_context(
            base_url=fronted.front.address, reduced_motion="reduce", **DEVICES["phone"], **options
        )
        context.set_default_timeout(30_000)
        context.add_init_script(WATCH)
        page = context.new_page()
        watched.append(Watched(page, fronted.front.address))
        watched[-1].listen()
        if who:
            sign_in(page, who)
            page.wait_for_load_state("networkidle")
        return page

    yield open_one
    for one in watched:
        one.page.context.close()
    assert not [fault for one in watched for fault in one.faults]
