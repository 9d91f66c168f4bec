"""Changing a state: only along the table of moves, and only if nobody else was quicker."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar, cast

from sqlalchemy import CursorResult, and_, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

S = TypeVar("S", bound=StrEnum)
Moves: TypeAlias = Mapping[S, frozenset[S]]


class Movable(Protocol):
    moves: ClassVar[Mapping[Any, frozenset[Any]]]
    status: Any


class WrongMove(Exception):
    """The thing is not, or not any more, in a state that leads where it was asked to go."""

    def __init__(self, thing: Movable, was: StrEnum, to: StrEnum) -> None:
        super().__init__(f"A {type(thing).__name__} that is {was} cannot become {to}.")
        self.thing = thing
        self.was = was
        self.to = to


def move(thing: Movable, to: StrEnum) -> None:
    """Bring a thing into a state its table of moves allows; who comes second gets a WrongMove."""
    was = thing.status
    if to not in thing.moves.get(was, frozenset()):
        raise WrongMove(thing, was, to)
    db = inspect(thing, raiseerr=True).session
    if db is None or inspect(thing, raiseerr=True).identity is None:
        thing.status = to
        return
    if not _claim(db, thing, was, to):
        raise WrongMove(thing, was, to)
    set_committed_value(thing, "status", to)


def _claim(db: Session, thing: Movable, was: StrEnum, to: StrEnum) -> bool:
    # One conditional UPDATE, because on PostgreSQL two people may both have read the old state.
    state = inspect(thing, raiseerr=True)
    table = state.mapper.local_table
    same_row = and_(
        *(column == value for column, value in zip(table.primary_key, state.identity, strict=True))
    )
    db.flush()
    result = db.execute(update(table).where(same_row, table.c.status == was).values(status=to))
    return cast("CursorResult[Any]", result).rowcount == 1
