"""Somebody at work, as others see them, and what the doctor says."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import text

from app.doctor.finding import Finding, Verdict
from db.engine import Database
from db.working import NAME, working


@contextmanager
def somebody_at_work(database: Database) -> Iterator[None]:
    """What others see of a process that does what is due."""
    there = Database(database.url.render_as_string(hide_password=False), name=NAME)
    try:
        with working(there), there.reading_engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            connection.rollback()
            yield
    finally:
        there.dispose()


def worst(findings: Iterable[Finding]) -> dict[str, Finding]:
    """What the doctor says of each thing, the worst of it; only what is well needs no remedy."""
    found: dict[str, Finding] = {}
    for one in findings:
        assert bool(one.remedy) == (one.verdict is not Verdict.OK)
        if one.about not in found or one.verdict is not Verdict.OK:
            found[one.about] = one
    return found
