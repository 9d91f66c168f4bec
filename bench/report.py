"""The page of documentation that holds the last figures."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from app.clock import now
from bench.results import Result, table

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->"


def write(results: Sequence[Result]) -> None:
    """Put the table of this run into docs/performance.md; the words around it stay."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    load = os.getloadavg()[0]
    about = (
        f"{now():%-d %B %Y}: {os.cpu_count()} cores, {platform.system()} on {platform.machine()},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}. When it ended,"
        f" {load:.0f} processes wanted a core.\n\n"
    )
    PAGE.write_text(f"{before}{BEGIN}\n{about}{table(results)}\n\n{END}{after}")
