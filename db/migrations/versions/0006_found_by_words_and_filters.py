"""What searches look into: coded words and facts, in their order, for SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

from db.search_entries import Named, coach_entry, place_of, request_entry

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 500
# FTS table, its table, the column that is its rowid, and the state in which a row is found.
INDEXES = (
    ("request_search", "learning_requests", "posting", "open"),
    ("coach_search", "coach_profiles", "listing", "approved"),
)
COLUMNS = ("search_title", "search_text", "search_facets")

FTS = """
CREATE VIRTUAL TABLE {name} USING fts5(
  title, text, facets, tokenize = 'ascii', prefix = '1 2 3', columnsize = 0
)
"""
FILL = """
INSERT INTO {name} (rowid, title, text, facets)
SELECT {place}, search_title, search_text, search_facets FROM {table}
WHERE status = '{state}' AND {place} IS NOT NULL ORDER BY {place}
"""
ADDED = """
CREATE TRIGGER {name}_added AFTER INSERT ON {table}
WHEN NEW.status = '{state}' AND NEW.{place} IS NOT NULL BEGIN
  INSERT INTO {name} (rowid, title, text, facets)
  VALUES (NEW.{place}, NEW.search_title, NEW.search_text, NEW.search_facets);
END
"""
CHANGED = """
CREATE TRIGGER {name}_changed
AFTER UPDATE OF status, {place}, search_title, search_text, search_facets ON {table}
WHEN OLD.status IS NOT NEW.status OR OLD.{place} IS NOT NEW.{place}
  OR OLD.search_title <> NEW.search_title OR OLD.search_text <> NEW.search_text
  OR OLD.search_facets <> NEW.search_facets
BEGIN
  DELETE FROM {name} WHERE rowid = OLD.{place};
  INSERT INTO {name} (rowid, title, text, facets)
  SELECT NEW.{place}, NEW.search_title, NEW.search_text, NEW.search_facets
  WHERE NEW.status = '{state}' AND NEW.{place} IS NOT NULL;
END
"""
REMOVED = """
CREATE TRIGGER {name}_removed AFTER DELETE ON {table} WHEN OLD.{place} IS NOT NULL BEGIN
  DELETE FROM {name} WHERE rowid = OLD.{place};
END
"""
VECTOR = """
ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS (
  setweight(to_tsvector('simple'::regconfig, search_title), 'A')
  || setweight(to_tsvector('simple'::regconfig, search_text), 'D')
  || setweight(to_tsvector('simple'::regconfig, search_facets), 'B')
) STORED
"""
ASKED = """
SELECT u.request_id AS owner, s.id, s.name, s.topic FROM learning_request_skills u
JOIN skills s ON s.id = u.skill_id WHERE u.request_id IN :ids ORDER BY u.position, s.id
"""
TAUGHT = """
SELECT u.account_id AS owner, s.id, s.name, s.topic FROM coach_skills u
JOIN skills s ON s.id = u.skill_id WHERE u.account_id IN :ids ORDER BY u.position, s.id
"""


def upgrade() -> None:
    add_columns()
    fill("learning_requests", "id", "posted_at", "posting", request_entries)
    fill("coach_profiles", "account_id", "approved_at", "listing", coach_entries)
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, place, state in INDEXES:
        words = {"name": name, "table": table, "place": place, "state": state}
        if is_sqlite:
            for statement in (FTS, FILL, ADDED, CHANGED, REMOVED):
                op.execute(statement.format(**words))
        else:
            op.execute(VECTOR.format(**words))
            op.create_index(f"ix_{table}_search", table, ["search"], postgresql_using="gin")


def add_columns() -> None:
    for _, table, place, _ in INDEXES:
        for name in COLUMNS:
            if (table, name) == ("learning_requests", "search_text"):
                continue  # it was there; its words are coded now
            op.add_column(table, Column(name, sa.Text(), nullable=False, server_default=""))
        op.add_column(table, Column(place, Id))
        op.create_index(f"ix_{table}_{place}", table, [place], unique=True)
    op.add_column("learning_requests", Column("budget_top", Id))
    op.add_column("coach_profiles", Column("rating", sa.Integer()))
    reviews = Column("review_count", sa.Integer(), nullable=False, server_default="0")
    op.add_column("coach_profiles", reviews)
    op.drop_index("ix_learning_requests_status_posted_at_id")
    op.drop_index("ix_learning_requests_status_expires_at")
    index("learning_requests", "status", "posting")
    index("learning_requests", "status", "expires_at", "posting")
    index("learning_requests", "status", "currency", "budget_top", "posting")
    index("coach_profiles", "status", "listing")
    index("coach_profiles", "status", "currency", "rate", "listing")
    index("coach_profiles", "status", "rating", "review_count", "listing")


def index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def fill(table: str, key: str, moment: str, place: str, entries: Any) -> None:
    """What each row is found by, and its place: the moment it came, and never the same twice."""
    last = 0
    rows = sa.table(table, sa.column(key, Id), sa.column(moment, sa.DateTime(timezone=True)))
    order = sa.select(rows).order_by(rows.c[moment], rows.c[key])
    known = [row._mapping for row in op.get_bind().execute(order)]
    columns = (*COLUMNS, place) + ("budget_top",) * (table == "learning_requests")
    kept = sa.table(table, *map(sa.column, (key, *columns)))
    update = kept.update().where(kept.c[key] == sa.bindparam("of"))
    update = update.values({name: sa.bindparam(name) for name in columns})
    for some in batches(known):
        found = entries([row[key] for row in some])
        changes = []
        for row in some:
            at = row[moment]
            if at is not None:
                last = max(place_of(at.replace(tzinfo=at.tzinfo or UTC)), last + 1)
            changes.append({**found[row[key]], "of": row[key], place: last if at else None})
        op.get_bind().execute(update, changes)


def request_entries(ids: list[int]) -> dict[int, Any]:
    skills = skills_of(ASKED, ids)
    live = select(
        "SELECT request_id, count(*) FROM proposals WHERE request_id IN :ids"
        " AND status IN ('submitted', 'shortlisted') GROUP BY request_id", ids,
    )  # fmt: skip
    waiting = {row[0]: row[1] for row in live}
    rows = select(
        "SELECT id, title, description, level, format, language, budget_from, budget_to, currency"
        " FROM learning_requests WHERE id IN :ids", ids,
    )  # fmt: skip
    return {
        row.id: request_entry(dict(row._mapping), skills.get(row.id, []), waiting.get(row.id, 0))
        for row in rows
    }


def coach_entries(ids: list[int]) -> dict[int, Any]:
    skills = skills_of(TAUGHT, ids)
    languages: dict[int, list[tuple[str, str]]] = {}
    for row in select(
        "SELECT account_id, language, level FROM coach_languages WHERE account_id IN :ids"
        " AND removed_at IS NULL ORDER BY position, id", ids,
    ):  # fmt: skip
        languages.setdefault(row.account_id, []).append((row.language, row.level))
    rows = select(
        "SELECT account_id, first_name, last_name, country, headline, bio, rate, currency, rating"
        " FROM coach_profiles JOIN accounts ON accounts.id = account_id WHERE account_id IN :ids",
        ids,
    )
    return {
        row.account_id: coach_entry(
            dict(row._mapping), skills.get(row.account_id, []), languages.get(row.account_id, [])
        )
        for row in rows
    }


def skills_of(statement: str, ids: list[int]) -> dict[int, list[Named]]:
    uses = select(statement, ids)
    others: dict[int, list[str]] = {}
    for row in op.get_bind().execute(
        sa.text("SELECT skill_id, name FROM skill_synonyms ORDER BY skill_id, id")
    ):
        others.setdefault(row.skill_id, []).append(row.name)
    found: dict[int, list[Named]] = {}
    for row in uses:
        named = Named(row.id, row.topic, (row.name, *others.get(row.id, [])))
        found.setdefault(row.owner, []).append(named)
    return found


def select(statement: str, ids: list[int]) -> list[Any]:
    bound = sa.text(statement).bindparams(sa.bindparam("ids", expanding=True))
    return list(op.get_bind().execute(bound, {"ids": ids}))


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    for begin in range(0, len(rows), BATCH):
        yield rows[begin : begin + BATCH]
