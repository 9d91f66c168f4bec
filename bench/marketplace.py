"""How the marketplace grows: every page with 1,000 and with 100,000 open requests.

    .venv/bin/python -m bench.marketplace [--size 100000] [--database postgresql]

Both databases are asked in one run, by turns, so that a slow machine is slow for both; only ratios
count. It fails when a page takes over four times as long, when a deep page costs over half again
as much as the first one, when a page sends too many statements, and when a filter finds what it
should not.
"""

import asyncio
import gc
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from bench.growth import databases
from bench.measuring import Row, compare, deepen
from bench.pages import DEEP, PAGES, Page
from bench.plans import explain
from bench.world import SMALL, World, world

MOST_RATIO = 4.0
MOST_DEEPER = 1.5


@click.command()
@click.option(
    "--size", default=100_000, show_default=True, help="open requests; a fifth as many coaches"
)
@click.option("--database", "engine", type=click.Choice(("sqlite", "postgresql")), default="sqlite")
@click.option("--rounds", default=15, show_default=True, help="how often each page is opened")
@click.option("--only", default="", help="pages with these words in their name")
@click.option("--folder", type=click.Path(path_type=Path), help="keeps the databases here")
@click.option("--plans", is_flag=True, help="says of slow pages how their statements are run")
def main(size: int, engine: str, rounds: int, only: str, folder: Path | None, plans: bool) -> None:
    """Time every page of the marketplace in a small and in a large database."""
    with ExitStack() as open_:
        home = folder or Path(open_.enter_context(tempfile.TemporaryDirectory()))
        home.mkdir(parents=True, exist_ok=True)
        find = open_.enter_context(databases(engine, home))
        small = open_.enter_context(world("small", find("small"), home, SMALL))
        large = open_.enter_context(world("large", find(f"large{size}"), home, (size, size // 5)))
        sys.exit(0 if asyncio.run(_measure(small, large, rounds, only, plans)) else 1)


async def _measure(small: World, large: World, rounds: int, only: str, plans: bool) -> bool:
    gc.freeze()
    click.echo(f"\n{'page':<44}{'small':>9}{'large':>9}{'ratio':>8}{'asked':>7}")
    bad = []
    for page in _chosen(PAGES, only):
        row = await compare(page, small, large, rounds)
        if row.ratio > MOST_RATIO:  # or was somebody else busy just then?
            row = min(row, await compare(page, small, large, 3 * rounds), key=Row.by_ratio)
        bad += _judged(row, row.ratio > MOST_RATIO, large, plans)
    click.echo(f"\n{'page':<44}{'first':>9}{'deep':>9}{'ratio':>8}{'number':>7}")
    for page in _chosen(DEEP, only):
        row = await deepen(page, large, rounds)
        if row.ratio > MOST_DEEPER:
            row = min(row, await deepen(page, large, 3 * rounds), key=Row.by_ratio)
        bad += _judged(row, row.ratio > MOST_DEEPER, large, plans)
    click.echo(f"\n{len(bad)} bad" if bad else "\nAll good.")
    return not bad


def _chosen(pages: tuple[Page, ...], only: str) -> list[Page]:
    return [page for page in pages if only in page.name]


def _judged(row: Row, is_slow: bool, large: World, plans: bool) -> list[Row]:
    faults = [*row.faults, *(["slow"] if is_slow else [])]
    click.echo(row.line + "".join(f"  <- {fault}" for fault in faults))
    if is_slow and plans:
        click.echo(explain(large.site.database, row.statements))
    return [row] if faults else []


if __name__ == "__main__":
    main()
