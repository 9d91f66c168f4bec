"""How hot pages grow with the database: the same ones at 1,000 open requests, and at many more."""

import asyncio
import gc
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

import click

from bench.asking import Statement
from bench.measuring import CARD, WARM_UP, address, cards
from bench.pages import HOT, Page
from bench.plans import explain
from bench.results import Result
from bench.world import World, world
from db.engine import Database

MOST_RATIO, MOST_STATEMENTS = 1.5, 10
COACHES = 5  # requests for each of them


def growth(
    sizes: Sequence[int], engine: str, rounds: int, folder: Path | None, *, plans: bool = False
) -> Iterator[Result]:
    """The time of each page in the largest database by that in the smallest, and what it asks."""
    with ExitStack() as open_:
        home = folder or Path(open_.enter_context(tempfile.TemporaryDirectory()))
        find = open_.enter_context(databases(engine, home))
        worlds = [
            open_.enter_context(
                world(f"{size:,}", find(f"of{size}"), home, (size, size // COACHES))
            )
            for size in sizes
        ]
        gc.freeze()
        click.echo(f"{'ms of a page':<34}" + "".join(f"{one.name:>12}" for one in worlds))
        for page in HOT:
            yield from asyncio.run(grown(page, worlds, f"{engine}, {sizes[-1]:,}", rounds, plans))


async def grown(
    page: Page, worlds: Sequence[World], where: str, rounds: int, plans: bool
) -> list[Result]:
    """The rows of one page."""
    took: list[list[float]] = [[] for _ in worlds]
    path, shown = page.path.split("?")[0], set[int]()
    for turn in range(WARM_UP + rounds):
        for times, each in zip(took, worlds, strict=True):
            answer = await each.site.get(each.person(page.who), address(page, each))
            if answer.status != 200:
                return [Result(page.name, where, 0, 0, faults=[f"answered {answer.status}"])]
            if turn >= WARM_UP:
                times.append(answer.seconds)
            elif path in CARD:
                shown.add(len(cards(path, answer)))
    if len(shown) > 1:
        return [Result(page.name, where, 0, 0, faults=[f"shows {sorted(shown)} cards"])]
    middles = [median(times) for times in took]
    click.echo(f"{page.name:<34}" + "".join(f"{one * 1000:>12.1f}" for one in middles))
    asked = [await _asked(page, each) for each in worlds]
    numbers = [len(one) for one in asked]
    # Fewer are no fault: 200 coaches do not fill a page with those who share a skill, and two
    # statements more find the rest of it.
    more = [f"{numbers} statements"] if max(numbers) > numbers[0] else []
    ratio = Result(page.name, where, middles[-1] / middles[0], MOST_RATIO, unit=" × the time")
    if plans and not ratio.is_good:
        click.echo(explain(worlds[-1].site.database, asked[-1]))
    return [
        ratio,
        Result(f"{page.name}: statements", where, max(numbers), MOST_STATEMENTS, faults=more),
    ]


async def _asked(page: Page, where: World) -> list[Statement]:
    with where.site.listening() as statements:
        await where.site.get(where.person(page.who), address(page, where))
    return statements


@contextmanager
def databases(engine: str, home: Path) -> Iterator[Callable[[str], Database]]:
    """From a name to the database; PostgreSQL is the tests' own server, and gone afterwards."""
    if engine == "sqlite":
        yield lambda name: Database(f"sqlite:///{home}/{name}.db")
        return
    from tests import postgres

    server = postgres.Server()
    try:
        yield lambda name: Database(postgres.clone(str(server.folder), name, "template1"))
    finally:
        server.stop()
