"""What a database must be once it has been brought up to date, from wherever it came."""

from pathlib import Path
from typing import Any

from litestar.testing import TestClient
from sqlalchemy import MetaData, func, select, text

from app.main import create_app
from db.base import Base
from db.engine import Database
from db.migrate import drift, newest_version, version
from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from tests.browser import HOME, Browser
from tests.conftest import settings_for
from tests.databases import keep_no_cookies
from tests.db.released import Rows, stored
from tests.rating_sums import assert_summed
from tests.search_entries import assert_indexed

SHIPPED = {"skills", "skill_synonyms", "related_skills"}  # each version brings more of them
PAGES = {
    "guest": ("/", "/coaches"),
    "sofia": ("/dashboard", "/messages", "/contracts", "/notices"),
    "carla": ("/requests", "/proposals", "/bookmarks", "/earnings"),
    "mina": ("/admin",),
}


def assert_arrived(database: Database, known: MetaData, before: Rows, folder: Path) -> None:
    """The newest schema, every row of before, sound, and a site that works on it."""
    assert version(database) == newest_version()
    assert drift(database) == []
    assert_sound(database)
    after = stored(database, known)
    for table, rows in before.items():
        assert rows <= after[table], f"{table} lost {list(rows - after[table])[:3]}"
        assert table in SHIPPED or len(rows) == len(after[table]), f"{table} has more"
    with database.writing() as db:
        for mapper in Base.registry.mappers:
            assert len(db.scalars(select(mapper.class_)).all()) >= 0
        assert_indexed(db)
        assert_summed(db)
        if "learning_sessions" not in known.tables:
            agreed = db.scalar(select(func.sum(Contract.sessions)))
            assert db.scalar(select(func.count(LearningSession.id))) == (agreed or 0)
    assert_serves(database, folder)


def assert_sound(database: Database) -> None:
    with database.reading_engine.connect() as connection:
        if database.is_sqlite:
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        else:
            doubted = "SELECT conname FROM pg_constraint WHERE NOT convalidated"
            assert connection.execute(text(doubted)).all() == []


def assert_serves(database: Database, folder: Path) -> None:
    """People of before open their pages, and one of them signs in anew."""
    site: Any = create_app(settings_for(database, folder), database)
    with TestClient(site, base_url=HOME) as client, database.session(write=True) as db:
        keep_no_cookies(client)
        guest = Browser(client, db, db.commit)
        for name, paths in PAGES.items():
            person = db.scalar(
                select(Account).where(Account.email_folded == f"{name}@skileez.example")
            )
            assert (person is None) == (name == "guest")
            browser = guest if person is None else guest.as_(person)
            for path in paths:
                assert browser.get(path).status == 200, f"{name} at {path}"
