from pathlib import Path

import pytest

from db.addresses import asks_for_pgbouncer, normalised


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("postgres://sofia:pw@host/name", "postgresql+psycopg://sofia:pw@host/name"),
        ("postgresql://sofia:pw@host:6543/name", "postgresql+psycopg://sofia:pw@host:6543/name"),
        ("postgresql+psycopg://host/name", "postgresql+psycopg://host/name"),
        (" postgres://host/name\n", "postgresql+psycopg://host/name"),
        ("postgres:///name?host=/run/pg", "postgresql+psycopg:///name?host=%2Frun%2Fpg"),
        (
            "postgres://host/name?sslmode=require&channel_binding=require",
            "postgresql+psycopg://host/name?channel_binding=require&sslmode=require",
        ),
        (
            "postgres://host/name?options=endpoint%3Dcalm-sea&connect_timeout=5",
            "postgresql+psycopg://host/name?connect_timeout=5&options=endpoint%3Dcalm-sea",
        ),
        (
            "postgres://host/name?pgbouncer=true&connection_limit=1&schema=public&sslmode=require",
            "postgresql+psycopg://host/name?sslmode=require",
        ),
        (
            "postgres://sofia:p%40ss%2Fw@host/name",
            "postgresql+psycopg://sofia:p%40ss%2Fw@host/name",
        ),
        ("sqlite:////srv/skileez.db", "sqlite+pysqlite:////srv/skileez.db"),
        ("sqlite:////srv/skileez.db?mode=ro", "sqlite+pysqlite:////srv/skileez.db"),
        ("sqlite+pysqlite:////srv/skileez.db", "sqlite+pysqlite:////srv/skileez.db"),
    ],
)
def test_an_address_is_brought_into_one_form(address, opened):
    assert normalised(address).render_as_string(hide_password=False) == opened


def test_a_relative_path_does_not_move_with_the_process(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert normalised("sqlite:///data/skileez.db").database == str(tmp_path / "data/skileez.db")
    assert normalised("sqlite:///~/skileez.db").database == str(Path.home() / "skileez.db")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "skileez.db",
        "mysql://sofia:secret@host/name",
        "postgresql+asyncpg://sofia:secret@host/name",
        "postgres://sofia:secret@host:port/name",
        "postgres://sofia:pa@secret@host/name",
        "postgres://sofia:pa@secret/secret@host/name",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://skileez.db",
        "http://host/name",
    ],
)
def test_any_other_address_is_refused_in_a_sentence_without_the_password(address):
    with pytest.raises(ValueError, match=r"sqlite:///path/to/file\.db or postgresql://") as refused:
        normalised(address)
    assert "secret" not in str(refused.value)


def test_a_shared_connection_is_recognised():
    assert asks_for_pgbouncer("postgres://host/name?pgbouncer=true")
    assert not asks_for_pgbouncer("postgres://host/name?sslmode=require")
