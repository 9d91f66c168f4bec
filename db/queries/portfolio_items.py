"""What coaches show of their work, as others read it and as its owner orders it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, CompoundSelect, Select, null, select, union_all
from sqlalchemy.orm import Session

from db.models.pictures import Picture
from db.models.portfolio_items import (
    MOST_ITEMS,
    Category,
    PortfolioItem,
    PortfolioLink,
    PortfolioSkill,
)
from db.models.skills import Skill
from db.queries.list_items import shown
from db.statements import KEY, ask

Rows = Select[*tuple[Any, ...]]
Words = CompoundSelect[*tuple[Any, ...]]


class PortfolioCard(msgspec.Struct, frozen=True):
    """One piece of work with its links, each with what the coach calls it, and its skills."""

    id: int
    category: Category
    title: str
    description: str
    removed: bool  # off the list, and can still be put back
    thumbnail: str | None  # the token in its address
    links: tuple[tuple[str, str], ...] = ()
    skills: tuple[str, ...] = ()


def cards(db: Session, account_id: int) -> list[PortfolioCard]:
    """A coach's portfolio in its order, for everybody who may see the coach."""
    return _read(db, *_cards(), account_id)


def lines(db: Session, account_id: int, *, at: datetime | None = None) -> list[PortfolioCard]:
    """The same for its owner; with `at`, also what was removed shortly before."""
    these = (PortfolioItem.account_id == KEY, shown(PortfolioItem, at))
    return _read(db, _items(*these), _words(*these), account_id)


def one(db: Session, item_id: int) -> PortfolioCard:
    """A single item, which the viewer has been allowed to see."""
    [card] = _read(db, *_one(), item_id)
    return card


def links_of(db: Session, item_id: int) -> Sequence[PortfolioLink]:
    """The links of an item in their order, to be changed."""
    query = select(PortfolioLink).where(PortfolioLink.item_id == item_id)
    return db.scalars(query.order_by(PortfolioLink.position)).all()


def skills_of(db: Session, item_id: int) -> Sequence[PortfolioSkill]:
    """The skills of an item in their order, to be changed."""
    query = select(PortfolioSkill).where(PortfolioSkill.item_id == item_id)
    return db.scalars(query.order_by(PortfolioSkill.position)).all()


@cache
def _cards() -> tuple[Rows, Words]:
    these = (PortfolioItem.account_id == KEY, shown(PortfolioItem, None))
    return _items(*these).limit(MOST_ITEMS), _words(*these)


@cache
def _one() -> tuple[Rows, Words]:
    this = PortfolioItem.id == KEY
    return _items(this), _words(this)


def _items(*these: ColumnElement[bool]) -> Rows:
    columns: list[Any] = [
        PortfolioItem.id,
        PortfolioItem.category,
        PortfolioItem.title,
        PortfolioItem.description,
        PortfolioItem.removed_at.is_not(None),
        Picture.token,
    ]
    query = select(*columns).outerjoin(Picture, Picture.id == PortfolioItem.thumbnail_id)
    return query.where(*these).order_by(PortfolioItem.position, PortfolioItem.id)


def _words(*these: ColumnElement[bool]) -> Words:
    """The links of these items, each with what it is called, and the names of their skills."""
    place = PortfolioLink.position.label("position")
    links = select(PortfolioLink.item_id, place, PortfolioLink.address, PortfolioLink.label).join(
        PortfolioItem, PortfolioItem.id == PortfolioLink.item_id
    )
    skills = (
        select(PortfolioSkill.item_id, PortfolioSkill.position, Skill.name, null())
        .join(Skill, Skill.id == PortfolioSkill.skill_id)
        .join(PortfolioItem, PortfolioItem.id == PortfolioSkill.item_id)
    )
    return union_all(links.where(*these), skills.where(*these)).order_by("position")


def _read(db: Session, items: Rows, words: Words, key: int) -> list[PortfolioCard]:
    found = ask(db, items, key=key).all()
    said: dict[int, list[tuple[str, str | None]]] = {row[0]: [] for row in found}
    for item_id, _, one, label in ask(db, words, key=key) if found else ():
        said.get(item_id, []).append((one, label))
    return [_card(row, said[row[0]]) for row in found]


def _card(row: Any, words: Sequence[tuple[str, str | None]]) -> PortfolioCard:
    # Links have a label, if an empty one, and skills have none.
    links = tuple((address, label) for address, label in words if label is not None)
    skills = tuple(name for name, label in words if label is None)
    facts: list[Any] = [*row, links, skills]
    return PortfolioCard(*facts)
