from datetime import UTC, date, datetime

import pytest

from app.forms import months
from app.forms.kinds import Wrong
from app.forms.months import read_month


@pytest.mark.parametrize(
    "typed",
    [
        "2021-03",
        "03/2021",
        "3/2021",
        "3.2021",
        "March 2021",
        "march, 2021",
        "Mar 2021",
        "mar. 2021",
    ],
)
def test_a_month_is_read_as_people_write_it(typed):
    assert read_month(f" {typed} ") == date(2021, 3, 1)


def test_all_twelve_have_their_names():
    for number, name in enumerate(months.MONTHS, 1):
        assert read_month(f"{name} 1999") == read_month(f"{name[:3]} 1999") == date(1999, number, 1)
    assert read_month("Sept 1999") == date(1999, 9, 1)


@pytest.mark.parametrize(
    "typed",
    ["2021", "2021-13", "2021-00", "13/2021", "Marc 2021", "Mars 2021", "2021-03-01", "٢٠٢١-٠٣",
     "03/21", "-2021-03", "March", "x" * 5000],
)  # fmt: skip
def test_anything_else_is_no_month(typed):
    with pytest.raises(Wrong, match="Write a month such as March 2021"):
        read_month(typed)


def test_nothing_begins_before_1900_or_in_a_month_that_has_begun_nowhere(monkeypatch):
    assert read_month("1900-01") == date(1900, 1, 1)
    with pytest.raises(Wrong, match="1900"):
        read_month("December 1899")
    monkeypatch.setattr(months, "now", lambda: datetime(2026, 11, 30, 9, tzinfo=UTC))
    with pytest.raises(Wrong, match="not begun"):
        read_month("2026-12")
    monkeypatch.setattr(months, "now", lambda: datetime(2026, 11, 30, 10, tzinfo=UTC))
    assert read_month("2026-12") == date(2026, 12, 1)  # on Kiritimati it is December already
