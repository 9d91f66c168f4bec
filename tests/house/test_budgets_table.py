"""What docs/budgets.md says may be spent is what the tests hold to."""

from tests.house.source import ROOT, text
from tests.journeys.budgets.conftest import shown
from tests.journeys.budgets.table import BUDGETS


def test_the_document_has_the_limits_of_the_table() -> None:
    lines = [line for line in text("docs/budgets.md").splitlines() if line.startswith("| ")]
    rows = [line.split(" | ") for line in lines[1:]]
    said = {row[0].removeprefix("| "): (row[1], row[-1].strip("`| ")) for row in rows}
    assert said == {
        name: (f"{'≥ ' if one.least else ''}{shown(one.limit, one.unit)}", one.where)
        for name, one in BUDGETS.items()
    }


def test_every_budget_is_proven_where_it_says() -> None:
    for name, one in BUDGETS.items():
        assert f'"{name}"' in (ROOT / one.where).read_text(encoding="utf-8"), name
