"""Whatever somebody does, searches find everything as it is afterwards."""

from typing import Any

import pytest

from tests.house.filled import FILLED
from tests.search_entries import assert_indexed


@pytest.mark.parametrize("name", sorted(FILLED))
def test_searches_find_all_as_it_is_after_each_form(sent: Any, db: Any, name: str) -> None:
    assert_indexed(db)
    sent(name)
    assert_indexed(db)
