"""The counts of a home: a tile that asks by itself makes the site count no more than it shows."""

import pytest

from tests.statements import statements


@pytest.fixture
def queries(database):
    """The statements that the site asks."""
    with statements(database) as asked:
        yield asked


@pytest.mark.parametrize(
    ("tile", "tables"),
    [
        ("waiting", {"learning_sessions"}), ("proposals", set()), ("rating", {"reviews"}),
        ("bookmarks", {"bookmarks"}),
    ],
)  # fmt: skip
def test_a_tile_counts_only_what_it_shows(browser, carla, queries, tile, tables):
    hers = browser.as_(carla)
    assert hers.htmx.get(f"/dashboard/coach/{tile}?after=t").has("main, section")
    queries.clear()
    hers.htmx.get(f"/dashboard/coach/{tile}?after=t")
    asked = " ".join(queries)
    counted = {"learning_sessions", "reviews", "bookmarks", "notices"}
    assert {one for one in counted if f"FROM {one}" in asked} == tables
