"""A table under another name, first used by several threads at once."""

import sys
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from db.aliases import another
from db.models.accounts import Account

THREADS, TURNS = 4, 300


@pytest.fixture
def quick_turns() -> Iterator[None]:
    """Threads that give way all the time, as they do where many wait."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.filterwarnings("ignore:Did not locate an expression")
@pytest.mark.usefixtures("quick_turns")
def test_no_column_of_another_is_taken_for_one_of_the_table_itself():
    """Made once when a module is read, and first used by whoever asks first."""
    wrong = 0
    for _ in range(TURNS):
        person, meet = another(Account), threading.Barrier(THREADS)

        def use(person=person, meet=meet) -> None:
            meet.wait()
            select(person.time_zone)

        threads = [threading.Thread(target=use) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wrong += "FROM accounts AS" not in str(select(person.time_zone))
    assert wrong == 0
