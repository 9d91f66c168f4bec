"""Removing a little at a time, whatever plan the database makes of it."""

from datetime import timedelta

from sqlalchemy import text

from app.clock import now
from db.models.attempts import Attempt
from db.queries import outlived

# Without these PostgreSQL asks the inner query again for every row.
QUICK_PLANS = ("hashagg", "hashjoin", "mergejoin", "material", "sort", "memoize")


def test_no_more_go_than_were_asked_for(db, database):
    long_ago = now() - timedelta(days=9)
    db.add_all(Attempt(key=f"{n}", at=long_ago) for n in range(5))
    db.commit()
    if not database.is_sqlite:
        for plan in QUICK_PLANS:
            db.execute(text(f"SET LOCAL enable_{plan} = off"))
    found = outlived.attempts(now())
    assert [outlived.remove(db, found, 2) for _ in range(4)] == [2, 2, 1, 0]
