"""Every cell of the matrix holds, and nothing is missing from it."""

from collections import Counter

import pytest
from sqlalchemy.orm import Session

from app.access.enforce import may
from app.access.permissions import Permission
from app.access.rules import RULES
from app.access.scopes import VISIBLE
from db.models.accounts import Account, Side
from tests.access.scene import MAKERS, Row, about, is_visible, make_thing, rows
from tests.people import CAST, as_viewer

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_every_cell_holds(db: Session, everybody: dict[str, Account], row: Row) -> None:
    permission, state, expected = row
    cast = everybody
    thing = make_thing(db, cast, about(permission), state)
    found = {}
    for who in expected:
        viewer = as_viewer(db, cast.get(who))
        found[who] = (thing is None or is_visible(db, viewer, thing)) and may(
            viewer, permission, thing
        )
    assert found == expected


@pytest.mark.parametrize("view", list(Side))
def test_the_role_view_grants_nothing(
    db: Session, everybody: dict[str, Account], view: Side
) -> None:
    cast = everybody
    for person in cast.values():
        person.role_view = view
    wanted = make_thing(db, cast, about(Permission.SUBMIT_PROPOSAL), "open")
    for permission, state, expected in ROWS:
        if about(permission) not in (None, type(wanted)) or state not in ("-", "open"):
            continue
        thing = wanted if about(permission) else None
        for who, yes in expected.items():
            viewer = as_viewer(db, cast.get(who))
            seen = thing is None or is_visible(db, viewer, thing)
            assert (seen and may(viewer, permission, thing)) is yes, (permission, who)


def test_every_permission_has_a_rule_and_rows() -> None:
    assert set(RULES) == set(Permission)
    assert {row[0] for row in ROWS} == set(Permission)


def test_every_row_is_there_once_and_names_the_whole_cast() -> None:
    twice = [key for key, times in Counter((row[0], row[1]) for row in ROWS).items() if times > 1]
    assert not twice
    assert all(set(row[2]) == {"guest", *CAST} for row in ROWS)


def test_every_thing_with_a_rule_has_a_condition_and_a_scene() -> None:
    models = {rule.about for rule in RULES.values()} - {None}
    assert models == set(VISIBLE) == set(MAKERS)
