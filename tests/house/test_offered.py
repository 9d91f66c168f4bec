"""What a form does not offer cannot be set: every column of every table, sent with every form."""

from typing import Any

import msgspec
import pytest

from app.forms.form import NOT_OFFERED, Form, bind
from app.main import CONTROLLERS
from db.base import Base
from tests.house.filled import FILLED
from tests.house.test_reading import stored

COLUMNS = {name: set(table.c.keys()) for name, table in Base.metadata.tables.items()}
REFUSED = (400, 409)  # where a link has run out, that comes first
AT_ONCE = 50  # with those that are offered still fewer than a form may have
assert CONTROLLERS  # their import makes every form known


def forms(kind: type[Form] = Form) -> list[type[Form]]:
    return [kind, *(one for child in kind.__subclasses__() for one in forms(child))]


def offered(name: str) -> set[str]:
    """The fields of the forms that take what was filled in."""
    filled = {field.split("_{")[0] for field in FILLED[name]}
    every = [{field.name for field in msgspec.structs.fields(kind)} for kind in forms()]
    return set().union(*(fields for fields in every if filled and filled <= fields))


@pytest.mark.parametrize("kind", forms()[1:])
def test_a_form_refuses_each_column_it_has_no_field_for(kind: type[Form]) -> None:
    known = {field.name for field in msgspec.structs.fields(kind)}
    for column in set().union(*COLUMNS.values()) - known:
        assert bind(kind, {column: ["1"]}).problem == NOT_OFFERED, column


@pytest.mark.parametrize("name", sorted(FILLED))
def test_no_column_can_be_set_that_the_form_does_not_offer(sent: Any, db: Any, name: str) -> None:
    sent(name, {"is_staff": ["1"]})  # whoever sends it has signed in by now
    before = stored(db)
    others = sorted(set().union(*COLUMNS.values()) - offered(name))
    for columns in (others[at : at + AT_ONCE] for at in range(0, len(others), AT_ONCE)):
        answer = sent(name, {column: ["1"] for column in columns}, way="htmx")
        assert answer.status in REFUSED, f"{columns}: {answer!r}"
    assert stored(db) == before


@pytest.mark.parametrize("name", sorted(FILLED))
def test_the_refusal_says_so_and_keeps_what_was_typed(sent: Any, name: str) -> None:
    for way in ("plain", "htmx"):
        answer = sent(name, {"is_staff": ["1"]}, way=way)
        assert answer.status in REFUSED
        assert answer.says(NOT_OFFERED) or answer.status == 409
        typed = [one for [one] in answer.fields.values() if len(one) > 30]
        assert way == "htmx" or all(answer.says(one.strip()) for one in typed)
    assert sent(name).status != 400
