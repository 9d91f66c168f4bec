"""From an address to the thing it is about, as far as this viewer may see it."""

import re
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.access.locks import locked_first
from app.access.permissions import Permission
from app.access.scopes import LOADED, ONCE_VISIBLE, ROWS, VISIBLE, Row, Scope
from app.errors import NotFound
from app.forms.form import clean_line
from db.queries.standings import Standing
from db.queries.viewers import Viewer
from db.statements import KEY, ask, hold_rows

T = TypeVar("T")

LARGEST_ID = 2**63 - 1
PLAIN_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)


def by_id(
    db: Session, viewer: Viewer, model: type[T], key: str, permission: Permission, *, hold: bool
) -> T:
    """The thing with this id; with `hold`, nobody else changes it before this is over."""
    row = ROWS.get(model)
    about: Any = row.model if row else model
    visible = ONCE_VISIBLE.get(permission, VISIBLE[about])
    number = plain_id(key)
    if hold:
        parent = locked_first(about)
        if parent is not None:
            hold_rows(db, parent, key=number)
    query = _by_id(about, visible, viewer.standing, row, hold=hold)
    return cast("T", _one(db, query, {"key": number, "viewer": viewer.id}, row))


def by_name(db: Session, viewer: Viewer, model: type[T], **columns: str) -> T:
    """The thing that is addressed by a readable name."""
    if any(value != clean_line(value) for value in columns.values()):
        raise NotFound  # no name of ours, and PostgreSQL fails on some of them
    query = _by_name(cast("Any", model), viewer.standing, *columns)
    return cast("T", _one(db, query, columns | {"viewer": viewer.id}))


def plain_id(key: str) -> int:
    """An id as an address may spell it: plain digits, 1 to 2^63 - 1. Raises NotFound."""
    if not is_plain_id(key):
        raise NotFound
    return int(key)


def is_plain_id(key: str) -> bool:
    """Whether an address may spell an id like this."""
    return PLAIN_ID.fullmatch(key) is not None and int(key) <= LARGEST_ID


@cache
def _by_id(model: Any, visible: Scope, who: Standing, row: Row | None, *, hold: bool) -> Any:
    [column] = model.__table__.primary_key
    query = row.query if row else select(model).options(*LOADED[model])
    query = query.where(column == KEY, visible(who))
    return query.with_for_update(of=model) if hold else query


@cache
def _by_name(model: Any, standing: Standing, *columns: str) -> Any:
    named = [getattr(model, name) == bindparam(name) for name in columns]
    return select(model).where(*named, VISIBLE[model](standing)).options(*LOADED[model])


def _one(db: Session, query: Any, values: dict[str, Any], row: Row | None = None) -> Any:
    found: Any = ask(db, query, **values) if row else db.scalars(query, values)
    thing = found.one_or_none()
    if thing is None:
        raise NotFound
    return row.make(thing) if row else thing
