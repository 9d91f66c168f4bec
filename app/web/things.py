"""From an address to the thing it is about, as far as this viewer may see it."""

import re
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from app.access.locks import hold_first
from app.access.permissions import Permission
from app.access.rows import Row, read_as
from app.access.scopes import ONCE_VISIBLE, VISIBLE, Scope
from app.errors import NotFound
from app.forms.form import clean_line
from db.queries.standings import Standing
from db.queries.viewers import Viewer
from db.statements import KEY

T = TypeVar("T")

LARGEST_ID = 2**63 - 1
PLAIN_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)


def by_id(
    db: Session, viewer: Viewer, model: type[T], key: str, permission: Permission, *, hold: bool
) -> T:
    """The thing with this id; with `hold`, nobody else changes it before this is over."""
    row = read_as(cast("Any", model))
    visible = ONCE_VISIBLE.get(permission, VISIBLE[row.model])
    if hold:
        hold_first(db, row.model, plain_id(key))
    query = _by_id(row, visible, viewer.standing, hold=hold)
    return cast("T", _one(db, row, query, {"key": plain_id(key), "viewer": viewer.id}))


def by_name(db: Session, viewer: Viewer, model: type[T], **columns: str) -> T:
    """The thing that is addressed by a readable name."""
    if any(value != clean_line(value) for value in columns.values()):
        raise NotFound  # no name of ours, and PostgreSQL fails on some of them
    row = read_as(cast("Any", model))
    query = _by_name(row, viewer.standing, *columns)
    return cast("T", _one(db, row, query, columns | {"viewer": viewer.id}))


def plain_id(key: str) -> int:
    """An id as an address may spell it: plain digits, 1 to 2^63 - 1. Raises NotFound."""
    if not is_plain_id(key):
        raise NotFound
    return int(key)


def is_plain_id(key: str) -> bool:
    """Whether an address may spell an id like this."""
    return PLAIN_ID.fullmatch(key) is not None and int(key) <= LARGEST_ID


@cache
def _by_id(row: Row, visible: Scope, standing: Standing, *, hold: bool) -> Any:
    [column] = row.model.__table__.primary_key
    query = row.query.where(column == KEY, visible(standing))
    return query.with_for_update(of=row.model) if hold else query


@cache
def _by_name(row: Row, standing: Standing, *columns: str) -> Any:
    named = [getattr(row.model, name) == bindparam(name) for name in columns]
    return row.query.where(*named, VISIBLE[row.model](standing))


def _one(db: Session, row: Row, query: Any, values: dict[str, Any]) -> Any:
    if (thing := row.one(db, query, values)) is None:
        raise NotFound
    return thing
