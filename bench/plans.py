"""How a database runs what a page asked."""

import time

from bench.asking import Statement
from db.engine import Database

WORTH_SAYING = 0.002  # seconds


def explain(database: Database, statements: list[Statement]) -> str:
    """The slow ones of these statements, the slowest first, each with its plan."""
    said = []
    for words, values in statements:
        if not words.lstrip("( ").startswith(("SELECT", "WITH")):
            continue
        with database.reading_engine.connect() as connection:
            begun = time.perf_counter()
            connection.exec_driver_sql(words, values).fetchall()
            took = time.perf_counter() - begun
            if took < WORTH_SAYING:
                continue
            asking = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN (ANALYZE, BUFFERS)"
            plan = connection.exec_driver_sql(f"{asking} {words}", values).fetchall()
        lines = "\n".join(f"      {row[-1]}" for row in plan)
        said.append((took, f"    {took * 1000:.1f} ms: {words}\n      with {values}\n{lines}"))
    return "\n".join(text for _, text in sorted(said, reverse=True))
