"""What coaches show of their work, as others read it and as its owner orders it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, null, select, union_all
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


class PortfolioCard(msgspec.Struct, frozen=True):
    """One piece of work with its links, each with what the coach calls it, and its skills."""

    id: int
    category: Category
    title: str
    description: str
    removed: bool  # off the list, and can still be put back
    thumbnail: str | None  # the token in its address
    links: list[tuple[str, str]] = []
    skills: list[str] = []


def cards(db: Session, account_id: int) -> list[PortfolioCard]:
    """A coach's portfolio in its order, for everybody who may see the coach."""
    return _read(db, _of(account_id, shown(PortfolioItem, None)).limit(MOST_ITEMS))


def lines(db: Session, account_id: int, *, at: datetime | None = None) -> list[PortfolioCard]:
    """The same for its owner; with `at`, also what was removed shortly before."""
    return _read(db, _of(account_id, shown(PortfolioItem, at)))


def one(db: Session, item_id: int) -> PortfolioCard:
    """A single item, which the viewer has been allowed to see."""
    [card] = _read(db, _items().where(PortfolioItem.id == item_id))
    return card


def links_of(db: Session, item_id: int) -> Sequence[PortfolioLink]:
    """The links of an item in their order, to be changed."""
    query = select(PortfolioLink).where(PortfolioLink.item_id == item_id)
    return db.scalars(query.order_by(PortfolioLink.position)).all()


def skills_of(db: Session, item_id: int) -> Sequence[PortfolioSkill]:
    """The skills of an item in their order, to be changed."""
    query = select(PortfolioSkill).where(PortfolioSkill.item_id == item_id)
    return db.scalars(query.order_by(PortfolioSkill.position)).all()


def _items() -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [
        PortfolioItem.id,
        PortfolioItem.category,
        PortfolioItem.title,
        PortfolioItem.description,
        PortfolioItem.removed_at.is_not(None),
        Picture.token,
    ]
    return select(*columns).outerjoin(Picture, Picture.id == PortfolioItem.thumbnail_id)


def _of(account_id: int, these: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    query = _items().where(PortfolioItem.account_id == account_id, these)
    return query.order_by(PortfolioItem.position, PortfolioItem.id)


def _read(db: Session, query: Select[*tuple[Any, ...]]) -> list[PortfolioCard]:
    by_id = {row[0]: PortfolioCard(*row) for row in db.execute(query)}
    if not by_id:
        return []
    place = PortfolioLink.position.label("position")
    links = select(PortfolioLink.item_id, place, PortfolioLink.address, PortfolioLink.label).where(
        PortfolioLink.item_id.in_(by_id)
    )
    skills = (
        select(PortfolioSkill.item_id, PortfolioSkill.position, Skill.name, null())
        .join(Skill, Skill.id == PortfolioSkill.skill_id)
        .where(PortfolioSkill.item_id.in_(by_id))
    )
    found: Sequence[Any] = db.execute(union_all(links, skills).order_by("position")).all()
    for item_id, _, words, label in found:
        if label is None:
            by_id[item_id].skills.append(words)
        else:
            by_id[item_id].links.append((words, label))
    return list(by_id.values())
