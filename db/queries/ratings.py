"""What is said of somebody in reviews that are open: the numbers, and to anybody, the words.

A sealed review is part of nothing here, nor is it counted or ordered by.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, Side
from db.models.reviews import SHOWN_FROM, Review
from db.queries.paging import Found, page


class Rating(msgspec.Struct, frozen=True):
    """How often a coach was given each number of stars, the most first."""

    stars: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many reviews there are."""
        return sum(count for _, count in self.stars)

    @property
    def average(self) -> int | None:
        """In hundredths of a star; None before there are three reviews."""
        return average(sum(stars * count for stars, count in self.stars), self.count)


class Average(msgspec.Struct, frozen=True):
    """What coaches give a student, in hundredths of a star."""

    average: int
    count: int


class PublicReview(msgspec.Struct, frozen=True):
    """What anybody reads of a student's review: who wrote it is known by their country only."""

    id: int
    stars: int
    text: str
    is_ongoing: bool
    country: str | None
    opened_at: datetime
    reply: str


def average(total: int, count: int) -> int | None:
    """A mean in hundredths, half a hundredth rounded up; None of fewer than three."""
    return (200 * total + count) // (2 * count) if count >= SHOWN_FROM else None


# Conditions.


def is_open(at: datetime, of: Any = Review) -> ColumnElement[bool]:
    """Published, or to be published by a job that is late."""
    return or_(of.published_at.is_not(None), of.opens_at <= at)


def about(account_id: Any, by: Side, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """What people of a side said of somebody, as far as it is open."""
    return Review.about_id == account_id, Review.side == by, is_open(at)


def opened_at() -> ColumnElement[datetime]:
    """When it opened, or will; a job that is late changes neither order nor month."""
    return func.coalesce(Review.published_at, Review.opens_at)


def tallies(coach_id: int, at: datetime, *, since: datetime) -> Select[*tuple[Any, ...]]:
    """What students gave a coach, as rows of a name and a number, inside of another query:
    "4 stars", and "4 stars lately" for what opened `since`."""
    lately = case((opened_at() > since, " stars lately"), else_=" stars")
    name = (cast(Review.stars, String) + lately).label("name")
    return select(name, func.count()).where(*about(coach_id, Side.STUDENT, at)).group_by(name)


def of_tallies(total: Mapping[str, int]) -> tuple[Rating, Rating]:
    """All of it, and what opened lately."""
    stars = (5, 4, 3, 2, 1)
    lately = {one: total.get(f"{one} stars lately", 0) for one in stars}
    ever = {one: total.get(f"{one} stars", 0) + lately[one] for one in stars}
    return Rating(tuple(ever.items())), Rating(tuple(lately.items()))


# Of one coach, and of one student.


def rating_of(db: Session, coach_id: int, at: datetime) -> Rating:
    """What students gave a coach, counted anew."""
    query = select(Review.stars, func.count()).where(*about(coach_id, Side.STUDENT, at))
    given = dict(db.execute(query.group_by(Review.stars)).all())
    return Rating(tuple((stars, given.get(stars, 0)) for stars in (5, 4, 3, 2, 1)))


def of_coach(
    db: Session, coach_id: int, at: datetime, *, after: str = "", size: int = 20
) -> Found[PublicReview]:
    """The reviews of a coach, those opened last first."""
    query = (
        select(
            Review.id, Review.stars, Review.text, Review.is_ongoing, Account.country, opened_at(),
            Review.reply,
        )
        .join(Account, Account.id == Review.author_id)
        .where(*about(coach_id, Side.STUDENT, at))
    )  # fmt: skip
    return page(db, query, key=(opened_at(), Review.id), make=PublicReview, after=after, size=size)


def student_average(db: Session, student_id: int, at: datetime) -> Average | None:
    """What coaches gave a student; None before there are three reviews."""
    query = select(func.sum(Review.stars), func.count()).where(*about(student_id, Side.COACH, at))
    total, count = db.execute(query).one()
    mean = average(total or 0, count)
    return None if mean is None else Average(mean, count)
