"""A crowd many times over, by the database itself: from 10,000 requests to a million in minutes.

Every row of the crowd is copied with all numbers moved on by one step, so that each copy is a
crowd of its own: its students, coaches, requests, proposals, contracts and reviews.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    cast,
    func,
    literal,
    select,
)

from db.base import Base
from db.engine import Database
from db.models.accounts import Account
from db.models.bookmarks import Bookmark
from db.models.contracts import Contract
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest, RequestSkill
from db.models.learning_sessions import LearningSession
from db.models.portfolio_items import PortfolioItem, PortfolioLink, PortfolioSkill
from db.models.profiles import CoachProfile, CoachSkill, StudentProfile, StudentSkill
from db.models.proposals import Proposal
from db.models.reviews import Review

COPIED: tuple[type[Base], ...] = (
    Account, StudentProfile, StudentSkill, StudentLanguage, CoachProfile, CoachSkill,
    CoachLanguage, Experience, Education, PortfolioItem, PortfolioLink, PortfolioSkill,
    LearningRequest, RequestSkill, Bookmark, Proposal, Contract, LearningSession, Review,
)  # fmt: skip
NAMES = {"email", "email_folded", "handle"}  # nobody else may have them
PLACES = {"posting", "listing"}  # nor these; see db/seeds/search_entries.py
SECOND = 1_000_000
ROUND = 7  # a step that shares no factor with a second is one more than a round number


def grow(database: Database, copies: int, *, progress: Callable[[int], None]) -> None:
    """Add so many copies of all people and requests that are there, each in one transaction."""
    tables: list[Any] = [model.__table__ for model in COPIED]
    with database.writing() as db:
        highest = [
            db.scalar(select(func.max(table.c.id))) or 0 for table in tables if "id" in table.c
        ]
    step = -(-max(highest) // 10) * 10 + ROUND
    for number in range(1, copies + 1):
        with database.writing() as db:
            if database.is_sqlite:  # what is lost can be made again
                db.connection().exec_driver_sql("PRAGMA cache_size = -1000000")
            for table in tables:
                _copy(db.connection(), table, tables, number * step, step)
        progress(number)


def _copy(
    connection: Connection, table: Table, tables: Sequence[Table], moved: int, step: int
) -> None:
    columns = [_moved(column, table, tables, moved) for column in table.columns]
    rows = select(*columns)
    key: Any = table.c.id if "id" in table.c else _owner(table, tables)
    connection.execute(table.insert().from_select(table.columns.keys(), rows.where(key < step)))


def _moved(
    column: Column[Any], table: Table, tables: Sequence[Table], moved: int
) -> ColumnElement[Any]:
    if _is_number(column, tables):
        return (column + literal(moved)).label(column.key)
    if column.name in NAMES:
        return (cast(literal(moved), String) + "-" + column).label(column.key)
    if column.name in PLACES:
        key: Any = table.c.id if "id" in table.c else table.c.account_id
        begun = column - column % SECOND
        return (begun + (key + literal(moved)) % literal(SECOND, Integer)).label(column.key)
    return column


def _is_number(column: Column[Any], tables: Sequence[Table]) -> bool:
    return column.name == "id" or any(key.column.table in tables for key in column.foreign_keys)


def _owner(table: Table, tables: Sequence[Table]) -> Column[Any]:
    return next(column for column in table.primary_key if _is_number(column, tables))
