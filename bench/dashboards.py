"""Homes of an account with 10,000 proposals and 2,000 sessions, against those of fresh ones.

    .venv/bin/python -m bench.dashboards [--rounds 30]

Both are asked in one run, by turns, on SQLite and, where DATABASE_URL names a server, in an empty
database there. It fails where a home takes over twice as long or sends over twelve statements.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

import click
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from app.actions.ledger import post_session
from app.clock import now
from bench.asking import Site
from db.engine import Database
from db.migrate import migrate
from db.models.accounts import Account, Side
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.ledger import PostingKind
from db.models.proposals import Proposal, ProposalStatus
from db.models.session_states import SessionStatus
from db.seeds import load
from tests.contract_factories import bring, make_contract, on_the_slot
from tests.factories import make_coach, make_coach_skill, make_request, make_student

MOST_RATIO, MOST_STATEMENTS, WARM_UP = 2.0, 12, 3
CONTRACTS, SESSIONS, PROPOSALS = 100, 20, 10_000
RARE = "Quokka care"  # or matches, of which all have as many, would take most of the time
NOBODYS = "-"  # nobody types a password here
ENDED = (ProposalStatus.NOT_SELECTED, ProposalStatus.DECLINED, ProposalStatus.EXPIRED)


@click.command()
@click.option("--rounds", default=30, show_default=True, help="how often each home is opened")
def main(rounds: int) -> None:
    """Time the homes of a large and of a fresh account."""
    with tempfile.TemporaryDirectory() as home:
        addresses = [f"sqlite:///{home}/dashboards.db", os.environ.get("DATABASE_URL", "")]
        good = [measured(url, Path(home), rounds) for url in addresses if url]
    sys.exit(0 if all(good) else 1)


def measured(url: str, folder: Path, rounds: int) -> bool:
    """Whether all is within its bounds on this database."""
    database = Database(url)
    try:
        migrate(database)
        people = filled(database)
        site = Site(database, folder)
        for pair in people.values():
            for one in pair:
                site.sign_in(one)
        click.echo(
            f"\n{database.engine.dialect.name:<14}{'fresh':>9}{'large':>9}{'ratio':>8}{'asked':>7}"
        )
        good = [asyncio.run(compared(site, side, *pair, rounds)) for side, pair in people.items()]
        return all(good)
    finally:
        database.dispose()


async def compared(site: Site, side: Side, large: int, fresh: int, rounds: int) -> bool:
    took: dict[int, list[float]] = {large: [], fresh: []}
    for turn in range(WARM_UP + rounds):
        for who in (fresh, large):
            answer = await site.get(who, "/dashboard")
            if answer.status != 200:
                raise SystemExit(f"answered {answer.status}")
            if turn >= WARM_UP:
                took[who].append(answer.seconds)
    with site.listening() as asked:
        await site.get(large, "/dashboard")
    less, more = median(took[fresh]), median(took[large])
    click.echo(
        f"{side:<14}{less * 1000:>7.1f}ms{more * 1000:>7.1f}ms{more / less:>8.2f}{len(asked):>7}"
    )
    return more <= MOST_RATIO * less and len(asked) <= MOST_STATEMENTS


def filled(database: Database) -> dict[Side, tuple[int, int]]:
    """A large and a fresh account of each side, in a crowd."""
    load.fill(
        database, 500, now=now(), password_hash=NOBODYS, coaches=100, talks=False,
        progress=lambda done, total: None,
    )  # fmt: skip
    with database.writing() as db:
        coach, student, new = make_coach(db), make_student(db), make_coach(db)
        for one in (coach, new):
            make_coach_skill(db, one, RARE)
        fresh = make_student(db)
        for one in (student, fresh):
            make_request(db, one, skills=(RARE,))
        learn(db, student, coach)
        propose(db, coach)
        people = {Side.COACH: (coach.id, new.id), Side.STUDENT: (student.id, fresh.id)}
    if not database.is_sqlite:  # what autovacuum does within a minute
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("VACUUM ANALYZE")
            )
    return people


def learn(db: Session, student: Account, coach: Account) -> None:
    """Contracts with sessions of every kind, and what they cost."""
    hours = times()
    for _ in range(CONTRACTS):
        contract = make_contract(db, student, coach, sessions=SESSIONS)
        for number in range(1, SESSIONS - 3):
            session = bring(
                db, contract, number, to=SessionStatus.COMPLETED,
                starts_at=on_the_slot(now() - timedelta(hours=100 + 2 * next(hours))),
            )  # fmt: skip
            post_session(db, contract, session, PostingKind.SESSION_COMPLETED)
        ahead = on_the_slot(now() + timedelta(hours=2 * next(hours)))
        bring(db, contract, SESSIONS - 2, to=SessionStatus.SCHEDULED, starts_at=ahead)
        bring(db, contract, SESSIONS - 1, to=SessionStatus.PROPOSED)


def times() -> Iterator[int]:
    yield from range(1, 10_000)


def propose(db: Session, coach: Account) -> None:
    """All but a few of the proposals have ended long ago."""
    wanted = db.scalars(
        select(LearningRequest.id).where(LearningRequest.status != RequestStatus.DRAFT)
    )
    requests = wanted.all()
    at = now() - timedelta(days=90)
    rows = [
        {
            "request_id": requests[number % len(requests)], "coach_id": coach.id,
            "status": ENDED[number % len(ENDED)], "message": "Hello", "sessions": 3, "minutes": 60,
            "price": 2000, "currency": "USD", "created_at": at, "updated_at": at,
            "submitted_at": at, "ended_at": at,
        }
        for number in range(PROPOSALS)
    ]  # fmt: skip
    db.execute(insert(Proposal), rows)


if __name__ == "__main__":
    main()
