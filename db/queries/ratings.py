"""What is said of somebody in reviews that are open: the numbers, and to anybody, the words.

A sealed review is part of nothing here, nor is it counted or ordered by.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select, true
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.models.learning_requests import LearningRequest
from db.models.reviews import SHOWN_FROM, Review
from db.queries.paging import Found, page
from db.statements import AT, KEY

STARS = (5, 4, 3, 2, 1)

_given = another(Review)


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
    """What anybody reads of a student's review: nothing of who wrote it."""

    id: int
    stars: int
    text: str
    is_ongoing: bool
    opened_at: datetime
    reply: str


class ReviewOfStudent(msgspec.Struct, frozen=True):
    """What a coach wrote, as its student reads it."""

    id: int
    stars: int
    text: str
    opened_at: datetime
    first_name: str
    last_name: str
    title: str
    is_ongoing: bool = False  # coaches write after the end

    @property
    def coach(self) -> str:
        """A coach's name is public."""
        return f"{self.first_name} {self.last_name}"


def average(total: int, count: int) -> int | None:
    """A mean in hundredths, half a hundredth rounded up; None of fewer than three."""
    return (200 * total + count) // (2 * count) if count >= SHOWN_FROM else None


# Conditions.


def is_open(at: Any, of: Any = Review) -> ColumnElement[bool]:
    """Published, or to be published by a job that is late."""
    return or_(of.published_at.is_not(None), of.opens_at <= at)


def about(account_id: Any, by: Side, at: Any) -> tuple[ColumnElement[bool], ...]:
    """What people of a side said of somebody, as far as it is open."""
    return Review.about_id == account_id, Review.side == by, is_open(at)


def opened_at() -> ColumnElement[datetime]:
    """When it opened, or will; a job that is late changes neither order nor month."""
    return func.coalesce(Review.published_at, Review.opens_at)


_NEWEST = (opened_at(), Review.id)


def tallies(coach_id: Any, at: Any, *, since: Any) -> Select[*tuple[Any, ...]]:
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
    return Rating(tuple((stars, given.get(stars, 0)) for stars in STARS))


@cache
def _of_coach() -> Select[*tuple[Any, ...]]:
    """Each review, how often every number of stars was given, and by what reviews are ordered."""
    theirs = about(KEY, Side.STUDENT, AT)
    counts = [func.count(case((Review.stars == stars, 1))) for stars in STARS]
    given = select(*counts).where(*theirs).subquery()
    columns = (Review.id, Review.stars, Review.text, Review.is_ongoing, opened_at(), Review.reply)
    return select(*columns, *given.c).where(*theirs).join(given, true())


def _row(*columns: Any) -> tuple[Any, ...]:
    return columns


def shown(
    db: Session, coach_id: int, at: datetime, *, after: str = "", size: int = 20
) -> tuple[Rating, Found[PublicReview]]:
    """The rating of a coach and a page of their reviews, in one look."""
    values = {"key": coach_id, "at": at}
    found = page(db, _of_coach(), key=_NEWEST, make=_row, after=after, size=size, values=values)
    items = [PublicReview(*row[: -len(STARS)]) for row in found.items]
    if found.items:
        rating = Rating(tuple(zip(STARS, found.items[0][-len(STARS) :], strict=True)))
    else:
        rating = rating_of(db, coach_id, at) if after else Rating(tuple((n, 0) for n in STARS))
    return rating, Found(items, found.next)


def average_of_student(student_id: Any, at: Any) -> Any:
    """The same as below for the student of a row, in hundredths of a star."""
    given = _given
    count, total = func.count(given.id), func.sum(given.stars)
    mean = (200 * total + count) // (2 * count)
    about_them = (given.about_id == student_id, given.side == Side.COACH, is_open(at, given))
    return select(case((count >= SHOWN_FROM, mean))).where(*about_them).scalar_subquery()


def of_student(
    db: Session, student_id: int, at: datetime, *, after: str = ""
) -> Found[ReviewOfStudent]:
    """What coaches wrote about a student, who alone reads it."""
    query = (
        select(
            Review.id, Review.stars, Review.text, opened_at(), Account.first_name,
            Account.last_name, LearningRequest.title,
        )
        .join(Account, Account.id == Review.author_id)
        .join(Contract, Contract.id == Review.contract_id)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .where(*about(student_id, Side.COACH, at))
    )  # fmt: skip
    return page(db, query, key=_NEWEST, make=ReviewOfStudent, after=after)


def student_average(db: Session, student_id: int, at: datetime) -> Average | None:
    """What coaches gave a student; None before there are three reviews."""
    query = select(func.sum(Review.stars), func.count()).where(*about(student_id, Side.COACH, at))
    total, count = db.execute(query).one()
    mean = average(total or 0, count)
    return None if mean is None else Average(mean, count)
