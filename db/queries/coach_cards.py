"""Coaches as anybody finds them: by topic, by words, the newest first."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.pictures import Picture
from db.models.profiles import CoachProfile, CoachSkill
from db.models.skills import Skill
from db.queries.learning_requests import lines
from db.queries.paging import Found, page

NEWEST_FIRST = (CoachProfile.approved_at, CoachProfile.account_id)


class CoachCard(msgspec.Struct, frozen=True):
    """A coach in a list; all of it is public."""

    id: int
    first_name: str
    last_name: str
    handle: str
    headline: str
    country: str | None
    rate: int | None
    currency: str
    picture: str | None
    rating: int | None
    review_count: int
    skills: tuple[str, ...]

    @property
    def name(self) -> str:
        """A coach's name is public."""
        return f"{self.first_name} {self.last_name}"

    @property
    def is_new(self) -> bool:
        """Whether there are too few reviews for a rating."""
        return self.rating is None


class Topic(msgspec.Struct, frozen=True):
    """A group of skills, and how many coaches teach one of them."""

    name: str
    coaches: int


# Builders.


def _skill_names() -> Any:
    # Ordered before it is joined into one text: old SQLites cannot order inside the aggregate.
    names = (
        select(Skill.name)
        .join(CoachSkill, CoachSkill.skill_id == Skill.id)
        .where(CoachSkill.account_id == CoachProfile.account_id)
        .order_by(CoachSkill.position)
        .correlate(CoachProfile)
        .subquery()
    )
    return select(func.aggregate_strings(names.c.name, "\n")).scalar_subquery()


def card_columns() -> Select[*tuple[Any, ...]]:
    """What a card shows, one row a coach; `make_card` makes the struct of it."""
    columns: Sequence[Any] = (
        CoachProfile.account_id,
        Account.first_name,
        Account.last_name,
        CoachProfile.handle,
        CoachProfile.headline,
        Account.country,
        CoachProfile.rate,
        CoachProfile.currency,
        Picture.token,
        CoachProfile.rating,
        CoachProfile.review_count,
        _skill_names(),
    )
    joined = select(*columns).join(Account, Account.id == CoachProfile.account_id)
    return joined.outerjoin(Picture, Picture.id == CoachProfile.picture_id)


def make_card(*row: Any) -> CoachCard:
    """A row of `card_columns` as a card."""
    facts: list[Any] = [*row[:-1], lines(row[-1])]
    return CoachCard(*facts)


# Finders.


def cards(
    db: Session, condition: ColumnElement[bool], *, after: str = "", size: int = 20
) -> Found[CoachCard]:
    """Coaches that meet the condition, those approved last first."""
    query = card_columns().where(condition)
    return page(db, query, key=NEWEST_FIRST, make=make_card, after=after, size=size)


def topics(db: Session, listed: ColumnElement[bool], most: int) -> list[Topic]:
    """The topics most coaches teach, each with its number of coaches."""
    coaches = func.count(CoachSkill.account_id.distinct())
    query = (
        select(Skill.topic, coaches)
        .join(CoachSkill, CoachSkill.skill_id == Skill.id)
        .join(CoachProfile, CoachProfile.account_id == CoachSkill.account_id)
        .where(listed, Skill.topic != "")
        .group_by(Skill.topic)
        .order_by(coaches.desc(), Skill.topic)
        .limit(most)
    )
    return [Topic(*row) for row in db.execute(query)]
