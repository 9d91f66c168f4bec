"""Databases as they were before a migration, with rows that were stored then."""

import shutil
from datetime import datetime, timedelta

import pytest
from sqlalchemy import MetaData, insert

from db import migrate as migrating
from db.migrate import migrate
from tests.db.test_types import NOON


@pytest.fixture
def older(new_database, tmp_path, monkeypatch):
    """`older("0006")`: a database as it was before this migration, and what adds a row to it."""

    def make(number):
        folder = tmp_path / "migrations"
        shutil.copytree(migrating.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        for file in (folder / "versions").glob("0*.py"):
            if file.name[:4] >= number:
                file.unlink()
        database = new_database()
        with monkeypatch.context() as patched:
            patched.setattr(migrating, "FOLDER", folder)
            migrate(database)
        tables = MetaData()
        tables.reflect(database.engine)

        def add(db, into, **values):
            table = tables.tables[into]
            lacking = {
                column.name: blank(column) for column in table.columns
                if not column.nullable and column.name not in values and column.name != "id"
            }  # fmt: skip
            db.execute(insert(table).values(lacking | values))

        return database, add

    return make


def blank(column):
    kind = column.type.python_type
    if kind is datetime:
        return NOON - timedelta(days=9)
    return {str: "", int: 0, bool: False}.get(kind, [])
