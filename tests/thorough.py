"""What `./test` leaves to `./test full`, and why: here, so that nobody has to look for marks.

`./test` is asked for after every change and has to answer while somebody waits, on two cores. It
keeps the test of every promise, and leaves out only what is the same again: further rounds of a
race, further odd values at the same place, further widths of the same page, pages that are made of
the same parts as one that was looked at, axe-core on pages that no journey passes (it judges the
journeys, and every state of a form), and on the second database what no database can change.
`./test full` sets THOROUGH=1 and leaves out nothing.
"""

import os
from collections.abc import Sequence
from typing import Any, TypeVar

import pytest

THOROUGH = os.environ.get("THOROUGH") == "1"
# Twenty rounds show what goes wrong now and then; what does so once in a hundred takes the others.
ROUNDS = 200 if THOROUGH else 20

# Whether a page's SQL works on PostgreSQL, what locks and commits do there and what it sorts,
# counts and refuses: that is asked of both databases every time. Who may open which page, what a
# form says and what a template shows was decided by code that does not know which database it is.
OF_DATABASES = (
    "tests/actions/",
    "tests/db/",
    "tests/jobs/",
    "tests/models/",
    "tests/queries/",
    "tests/races/",
    "tests/seeds/",
    "tests/access/test_scopes_agree.py",
    "tests/access/test_standing.py",
    "tests/access/test_states.py",
    "tests/controllers/test_coach_searches.py",
    "tests/controllers/test_earnings.py",
    "tests/controllers/test_learning_sessions_listed.py",
    "tests/controllers/test_payments.py",
    "tests/controllers/test_searches.py",
    "tests/controllers/polls/",
    "tests/controllers/threads/",
    # Every page and every form once, with a whole world in the database, and odd values in them.
    "tests/house/test_reading.py",
    "tests/house/test_searched.py",
    "tests/house/test_inputs.py::test_hostile_fields",
    "tests/house/test_inputs.py::test_odd_numbers",
    "tests/web/test_database_timeouts.py",
    "tests/web/test_errors.py",
    "tests/web/test_once.py",
    "tests/web/test_unit_of_work.py",
)
# A test that asks for a database of its own is about that database, wherever it stands.
OWN_DATABASE = {"real_database", "new_database"}
# But for these, which only need one under a whole site: about processes, logs, figures, letters and
# the file of a backup.
OF_OTHER_THINGS = (
    "tests/jobs/test_mail_server_away.py",
    "tests/test_ending.py::test_a_backup_",
    "tests/test_ending.py::test_what_a_killed_backup_",
    "tests/test_forged_backups.py::test_a_file_",
    "tests/test_forged_backups.py::test_a_row_without_end_",
    "tests/test_forged_backups.py::test_more_than_is_said_",
    "tests/test_forged_backups.py::test_other_ways_to_pack_",
    "tests/test_metrics.py",
    "tests/test_watching.py",
)

Some = TypeVar("Some")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database") != "postgresql":
        return
    for item in items:
        if not is_of_databases(item):
            item.add_marker("thorough")


def is_of_databases(item: Any) -> bool:
    if item.nodeid.startswith(OF_OTHER_THINGS):
        return False
    named = OWN_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(named) or item.nodeid.startswith(OF_DATABASES)


def turn(things: Sequence[Some], number: int, of: int = 4) -> Sequence[Some]:
    """One in four of them, others for each number; in a thorough run all."""
    return things if THOROUGH else things[number % of :: of]
