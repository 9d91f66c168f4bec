"""The statements of docs/scaling.md that part the messages, done to a database that has some."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.actions.messages import send_message
from app.clock import now
from app.forms.messages import MessageForm
from db.engine import Database
from db.migrate import drift, migrate
from db.models.accounts import Side
from db.models.messages import Message
from db.models.threads import Thread
from db.queries import message_searches, messages
from db.search_terms import read_terms
from tests import postgres
from tests.factories import make_message, make_thread
from tests.people import as_viewer, make_person

pytestmark = pytest.mark.full
GUIDE = Path(__file__).parents[2] / "docs" / "scaling.md"


@pytest.fixture
def database() -> Iterator[Database]:
    server = postgres.Server()
    made = Database(postgres.clone(str(server.folder), "parted", "template1"))
    try:
        migrate(made)
        yield made
    finally:
        made.dispose()
        server.stop()


def part(database: Database) -> None:
    [statements] = re.findall(r"```sql\n(.+?)```", GUIDE.read_text(), re.DOTALL)
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statements)


def test_parted_messages_are_read_written_and_found_as_before(database: Database) -> None:
    with database.writing() as db:
        sofia, carla = make_person(db, "sofia"), make_person(db, "carla")
        threads = [make_thread(db, sofia, carla), make_thread(db, make_person(db, "sam"), carla)]
        for thread in threads:
            for number in range(30):
                make_message(db, thread, carla, f"Word{number} about verbs")
        first, sofia_id = threads[0].id, sofia.id
    with database.reading() as db:
        before = messages.since(db, first, sofia_id, 0)
    part(database)
    assert drift(database) == []
    with database.reading() as db:
        assert messages.since(db, first, sofia_id, 0) == before
        terms = read_terms("word7")
        found = message_searches.messages(db, sofia_id, Side.STUDENT, terms, at=now())
        assert [hit.number for hit in found.items] == [8]
        count = "SELECT count(DISTINCT tableoid) FROM messages"
        assert db.scalar(text(count)) == 2
    with database.writing() as db:
        by = as_viewer(db, sofia)
        sent = send_message(db, db.get_one(Thread, first), MessageForm(text="Thank you"), by=by)
        assert sent.number == 31
    with database.reading() as db:
        assert db.get_one(Message, sent.id).text == "Thank you"
    with pytest.raises(IntegrityError), database.writing() as db:
        db.add(
            Message(thread_id=first, number=31, sender_id=sofia_id, text="Twice", created_at=now())
        )
