"""Every figure that is promised of speed, by one command; docs/performance.md says what it says.

    .venv/bin/python -m bench                  # all of it, a quarter of an hour
    .venv/bin/python -m bench --quick --write  # in a few minutes, into docs/performance.md
    .venv/bin/python -m bench beside growth    # some parts only

It needs requirements/bench.txt, and ends with 1 where a limit is missed.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bench.beside import beside
from bench.growth import growth
from bench.memory import memory
from bench.polls import polls
from bench.report import write
from bench.results import HEAD, Result, line

PARTS = ("beside", "polls", "memory", "growth")
ENGINES = ("sqlite", "postgresql")
GROWTH, QUICK_GROWTH = (1_000, 10_000, 100_000, 1_000_000), (1_000, 10_000)


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(PARTS))
@click.option("--quick", is_flag=True, help="shorter, and no database of a million")
@click.option("--database", "engines", multiple=True, type=click.Choice(ENGINES), default=ENGINES)
@click.option("--workers", multiple=True, type=int, default=(1, 2), help="processes of a server")
@click.option("--only", default="", help="works with these words in their name")
@click.option("--rounds", default=0, help="turns of each; the middle one counts")
@click.option("--threads", default=15_000, show_default=True, help="open threads that poll")
@click.option("--sizes", multiple=True, type=int, help="open requests, the smallest first")
@click.option("--folder", type=click.Path(path_type=Path), help="keeps the databases of growth")
@click.option("--plans", is_flag=True, help="says of pages that grow how they are asked")
@click.option("--write", "writes", is_flag=True, help="writes docs/performance.md")
def main(
    parts: tuple[str, ...], quick: bool, engines: tuple[str, ...], workers: tuple[int, ...],
    only: str, rounds: int, threads: int, sizes: tuple[int, ...], folder: Path | None,
    plans: bool, writes: bool,
) -> None:  # fmt: skip
    """Time everything that is promised, beside plain Flask and in growing databases."""
    sizes = sizes or (QUICK_GROWTH if quick else GROWTH)

    def measured() -> Iterator[Result]:
        chosen = parts or PARTS
        if "beside" in chosen:
            yield from beside(
                engines, workers, rounds or (2 if quick else 5), 1 if quick else 3, only
            )
        if "polls" in chosen:
            yield from polls(threads, 5, 5 if quick else 15)
        if "memory" in chosen:
            yield from memory(20 if quick else 120)
        if "growth" in chosen:
            for engine in engines:
                yield from growth(
                    sizes, engine, rounds or (5 if quick else 15), folder, plans=plans
                )

    results = []
    click.echo(line(HEAD))
    for one in measured():
        click.echo(line(one.columns))
        results.append(one)
    missed = sum(not one.is_good for one in results)
    click.echo(f"\n{len(results) - missed} kept, {missed} missed.")
    if writes:
        write(results)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
