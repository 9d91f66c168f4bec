"""How messages grow: a thread with 50 and with 5,000 of them, an inbox of 20 and of 1,000 threads.

    .venv/bin/python -m bench.threads [--database postgresql]

The small and the large one are opened by turns in one run; only ratios count. It fails when the
large one takes over half again as long (the inbox: three times, since its rows are sorted), when
it asks more, or when what a thread sends first is over 10 KB on the line.
"""

import asyncio
import gc
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

import brotli
import click
from sqlalchemy import insert

from app.clock import now
from bench.asking import Site
from bench.plans import explain
from db.engine import Database
from db.migrate import migrate
from db.models.accounts import Account
from db.models.messages import Message
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from db.models.threads import Thread

SMALL, LARGE = 50, 5_000
FEW, MANY = 20, 1_000
MOST_BYTES = 10 * 1024
WARM_UP = 3
Opened = tuple[int, str]
PAGES: tuple[tuple[str, Opened, Opened, float], ...] = (
    ("a thread", (1, "/messages/1"), (1, "/messages/2"), 1.5),
    ("what came before", (1, "/messages/1?before=40"), (1, "/messages/2?before=2500"), 1.5),
    ("an inbox", (2, "/messages"), (3, "/messages"), 3.0),
)
WORDS = (
    "Thursday at six would suit me well, and we could begin where we stopped last time.",
    "I have read the chapter twice. The second half is still hard to follow for me.",
    "Good. Write down three sentences with each of the new words, then we go through them.",
)


@click.command()
@click.option("--database", "engine", type=click.Choice(("sqlite", "postgresql")), default="sqlite")
@click.option("--rounds", default=40, show_default=True, help="how often each page is opened")
@click.option("--plans", is_flag=True, help="says how slow statements are run")
def main(engine: str, rounds: int, plans: bool) -> None:
    """Time threads and inboxes, small and large, in one database."""
    with ExitStack() as open_:
        folder = Path(open_.enter_context(tempfile.TemporaryDirectory()))
        database = open_.enter_context(_database(engine, folder))
        migrate(database)
        _fill(database)
        site = Site(database, folder)
        for person in (1, 2, 3):
            site.sign_in(person)
        gc.freeze()
        sys.exit(0 if asyncio.run(_measure(site, rounds, plans)) else 1)


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[Database]:
    if engine == "sqlite":
        yield Database(f"sqlite:///{folder}/threads.db")
        return
    from tests import postgres

    server = postgres.Server()
    database = Database(postgres.clone(str(server.folder), "threads", "template1"))
    try:
        yield database
    finally:
        database.dispose()
        server.stop()


def _fill(database: Database) -> None:
    """Student 1 has both threads; coach 2 few and coach 3 many, each with as many students."""
    at = now()
    people = [_person(number, at) for number in range(1, MANY + 4)]
    pairs = [(1, 2), (1, 3)]
    pairs += [(number, 2) for number in range(4, FEW + 3)]
    pairs += [(number, 3) for number in range(4, MANY + 3)]
    with database.writing() as db:
        db.execute(insert(Account), people)
        db.execute(insert(StudentProfile), [_side(person["id"], at) for person in people])
        db.execute(insert(CoachProfile), [_coach(number, at) for number in (2, 3)])
        for number, (student, coach) in enumerate(pairs, start=1):
            size = {1: SMALL, 2: LARGE}.get(number, 3)
            began = at - timedelta(minutes=2 * size + number)
            sent = [began + timedelta(minutes=2 * each) for each in range(1, size + 1)]
            db.execute(
                insert(Thread),
                {
                    "id": number, "student_id": student, "coach_id": coach, "created_at": began,
                    "student_wrote_at": began, "last_number": size, "last_message_at": sent[-1],
                    "last_text": WORDS[size % 3], "last_sender_id": student, "coach_read": size,
                    "student_read": size,
                },
            )  # fmt: skip
            rows = [
                {
                    "thread_id": number, "number": each, "created_at": sent[each - 1],
                    "sender_id": (student, coach)[each % 2], "text": f"{WORDS[each % 3]} ({each})",
                }
                for each in range(1, size + 1)
            ]  # fmt: skip
            db.execute(insert(Message), rows)
    if not database.is_sqlite:
        with database.writing() as db:
            db.connection().exec_driver_sql("ANALYZE")


async def _measure(site: Site, rounds: int, plans: bool) -> bool:
    bad = 0
    click.echo(f"{'page':<34}{'small':>9}{'large':>9}{'ratio':>8}{'asked':>7}{'bytes':>8}")
    for name, small, large, most in PAGES:
        less, more = await _by_turns(site, small, large, rounds)
        if more / less > most:  # or was somebody else busy just then?
            less, more = await _by_turns(site, small, large, 3 * rounds)
        with site.listening() as statements:
            await site.get(*small)
        fewer = len(statements)
        with site.listening() as statements:
            answer = await site.get(*large)
        size = len(brotli.compress(answer.body, quality=5))
        faults = [
            *(["slow"] if more / less > most else []),
            *(["asks more"] if len(statements) > fewer else []),
            *(["heavy"] if size > MOST_BYTES else []),
        ]
        bad += len(faults)
        times = f"{less * 1000:>7.1f}ms{more * 1000:>7.1f}ms{more / less:>8.2f}"
        said = "".join(f"  <- {fault}" for fault in faults)
        click.echo(f"{name:<34}{times}{len(statements):>7}{size:>8}{said}")
        if faults and plans:
            click.echo(explain(site.database, statements))
    click.echo(f"\n{bad} bad" if bad else "\nAll good.")
    return not bad


async def _by_turns(site: Site, small: Opened, large: Opened, rounds: int) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for turn in range(WARM_UP + rounds):
        for place, (who, path) in enumerate((small, large)):
            answer = await site.get(who, path)
            if answer.status != 200:
                raise click.ClickException(f"{path} answered {answer.status}")
            if turn >= WARM_UP:
                took[place].append(answer.seconds)
    return median(took[0]), median(took[1])


def _person(number: int, at: object) -> dict[str, object]:
    email = f"person{number}@skileez.example"
    return {
        "id": number, "first_name": f"Person{number}", "last_name": "Example", "email": email,
        "email_folded": email, "password_hash": "-", "created_at": at, "email_confirmed_at": at,
        "country": "KE", "role_view": "coach" if number in (2, 3) else "student",
    }  # fmt: skip


def _side(number: object, at: object) -> dict[str, object]:
    return {"account_id": number, "created_at": at}


def _coach(number: int, at: object) -> dict[str, object]:
    return {
        "account_id": number, "handle": f"person-{number}", "headline": "Spanish, step by step",
        "status": CoachStatus.APPROVED, "created_at": at,
    }  # fmt: skip


if __name__ == "__main__":
    main()
