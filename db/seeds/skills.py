"""The skills every database has. The list only ever adds: what members named stays theirs."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec
from sqlalchemy import Insert, Table, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.base import Base
from db.engine import Database
from db.models.skills import Skill, SkillSynonym
from db.queries import search_entries, skill_names
from db.search_text import fold
from db.seeds.related_skills import missing_pairs, relate_skills

FOLDER = Path(__file__).parent / "skill_list"
# Any number will do, as long as every node of Skileez uses the same one.
_LOCK = 7_534_533_902


class Listed(msgspec.Struct, frozen=True):
    """A skill of the list: as it is written here, and what else it is called."""

    topic: str
    name: str
    others: tuple[str, ...]


@cache
def listed() -> dict[str, Listed]:
    """The list by name. A file is a topic, a line is a skill: `Name: other name, other name`."""
    files = (path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt")))
    return {one.name: one for lines in files for one in _read(lines.splitlines())}


def _read(lines: list[str]) -> Iterator[Listed]:
    topic, _, *rest = lines
    for line in rest:
        name, _, others = line.partition(": ")
        yield Listed(topic, name, tuple(others.split(", ")) if others else ())


def add_missing_skills(database: Database, *, at: datetime) -> None:
    """Add what the list has and this database lacks; safe while other nodes do the same."""
    with database.reading() as db:
        if not _lacks_some(db):
            return
    with database.writing() as db:
        list_skills(db, at=at)


def list_skills(db: Session, *, at: datetime) -> dict[str, int]:
    """The number of every listed skill by its name, after adding those that are missing."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    names = {fold(name): one for name, one in listed().items()}
    known = skill_names.numbers_of(db, _folded())
    rows = [
        {"name": one.name, "folded": folded, "topic": one.topic, "created_at": at}
        for folded, one in names.items()
        if folded not in known
    ]
    _insert(db, Skill, rows)
    _sort_into_topics(db, names)
    known = skill_names.numbers_of(db, _folded())
    _add_synonyms(db, known)
    relate_skills(db, known)
    return {one.name: known[folded] for folded, one in names.items()}


def _add_synonyms(db: Session, known: dict[str, int]) -> None:
    last = db.scalar(select(func.max(SkillSynonym.id))) or 0
    others = [(one, name, fold(name)) for one in listed().values() for name in one.others]
    rows = [
        {"skill_id": known[fold(one.name)], "name": name, "folded": folded}
        for one, name, folded in others
        if folded not in known
    ]
    _insert(db, SkillSynonym, rows)
    if rows:
        _let_them_find(db, last)


def _let_them_find(db: Session, last: int) -> None:
    # Requests and coaches that were there before these names were known.
    named = select(SkillSynonym.skill_id).where(SkillSynonym.id > last).distinct()
    search_entries.write_for_skills(db, db.scalars(named).all())


def _sort_into_topics(db: Session, names: dict[str, Listed]) -> None:
    # A member may have named a skill before the list did.
    unsorted = select(Skill).where(Skill.topic == "", Skill.folded.in_(names))
    skills = db.scalars(unsorted).all()
    for skill in skills:
        skill.topic = names[skill.folded].topic
    db.flush()
    search_entries.write_for_skills(db, [skill.id for skill in skills])


def _lacks_some(db: Session) -> bool:
    known = skill_names.numbers_of(db, _folded())
    if len(known) < len(_folded()) or missing_pairs(db, known):
        return True
    return skill_names.has_unsorted(db, map(fold, listed()))


@cache
def _folded() -> tuple[str, ...]:
    return tuple(fold(name) for one in listed().values() for name in (one.name, *one.others))


def _insert(db: Session, model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    table, rows = cast(Table, model.__table__), list(rows)
    if not rows:
        return
    # A member may name one of them at this very moment.
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    insert: Insert = (
        sqlite.insert(table).on_conflict_do_nothing()
        if is_sqlite
        else postgresql.insert(table).on_conflict_do_nothing()
    )
    db.execute(insert, rows)
