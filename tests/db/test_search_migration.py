"""What was there before searches had their own columns is found by them afterwards."""

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import func, literal_column, select, text, true

from app.clock import now
from db.migrate import migrate
from db.models.accounts import Side
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.threads import Thread
from db.queries import coach_searches, message_searches, request_searches
from db.queries.coach_searches import CoachFilter
from db.queries.request_searches import RequestFilter
from db.queries.viewers import GUEST
from db.search_terms import read_terms
from tests.search_entries import assert_indexed

pytestmark = pytest.mark.usefixtures("real_database")
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


@pytest.fixture
def before(older):
    """A database as it was before, with a coach and two requests that came in one moment."""
    database, add_row = older("0006")
    with database.writing() as db:
        add = partial(add_row, db)
        add("accounts", id=1, first_name="Carla", last_name="Ruiz", status="active")
        add("skills", id=1, name="Spanish", folded="spanish", topic="Languages")
        add("skill_synonyms", id=1, skill_id=1, name="Castellano", folded="castellano")
        add("coach_profiles", account_id=1, status="approved", bio="Döner", approved_at=NOON)
        add("coach_skills", account_id=1, skill_id=1, level="any")
        for number, status in ((1, "open"), (2, "open"), (3, "closed"), (4, "draft")):
            posted = None if status == "draft" else NOON
            add(
                "learning_requests", id=number, student_id=1, title="C++", status=status,
                description="Größe", posted_at=posted, search_text="", currency="USD",
            )  # fmt: skip
            add("learning_request_skills", request_id=number, skill_id=1)
        add_a_talk(add)
    return database


def add_a_talk(add):
    """Sofia wrote to Carla, and has not read the answer."""
    add("accounts", id=2, first_name="Sofia", last_name="Mwangi", email_folded="s", status="active")
    add("sign_ins", id=1, account_id=2, token_hash=b"t" * 32)
    add(
        "threads", id=1, student_id=2, coach_id=1, last_number=2, last_message_at=NOON,
        last_sender_id=1, student_read=1, coach_read=2,
    )  # fmt: skip
    for number, sender, words in ((1, 2, "Hello from Größe"), (2, 1, "About herons")):
        add("messages", thread_id=1, number=number, sender_id=sender, text=words)


def test_older_messages_are_found_and_what_is_unread_is_told_of(before):
    migrate(before)
    with before.writing() as db:
        for side, person, typed, number in (
            (Side.STUDENT, 2, "heron", 2), (Side.COACH, 1, "grosse", 1),
        ):  # fmt: skip
            found = message_searches.messages(db, person, side, read_terms(typed), at=now())
            assert [hit.number for hit in found.items] == [number]
        assert (
            message_searches.messages(db, 1, Side.STUDENT, read_terms("heron"), at=now()).items
            == []
        )
        thread = db.get_one(Thread, 1)
        assert (thread.student_waits_at, thread.coach_waits_at) == (NOON, None)
        assert (thread.hidden, thread.is_blocked) == (0, False)
        assert db.scalar(text("SELECT count(*) FROM sign_ins")) == 1


def test_everything_is_found_afterwards(before):
    migrate(before)
    with before.writing() as db:
        assert_indexed(db)
        is_open = LearningRequest.status == RequestStatus.OPEN
        for typed in ("castellano", "c++", "grosse", "-c#"):
            wanted = RequestFilter(terms=read_terms(typed))
            found = request_searches.newest(db, GUEST, is_open, wanted, most=9)
            assert [one.id for one in found] == [2, 1]
        for typed in ("carla ru", "doner", "spanish"):
            wanted = CoachFilter(terms=read_terms(typed))
            assert coach_searches.newest(db, true(), wanted, most=9)[0].id == 1
        places = db.execute(text("SELECT posting FROM learning_requests ORDER BY id")).scalars()
        first = int(NOON.timestamp()) * 1_000_000
        assert places.all() == [first, first + 1, first + 2, None]


def test_sqlite_keeps_in_the_search_what_is_open_and_nothing_else(before):
    if not before.is_sqlite:
        pytest.skip("about SQLite")
    migrate(before)
    with before.writing() as db:

        def there_are(number):
            for name in ("request_search", "request_titles"):
                db.execute(text(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')"))
                assert db.scalar(select(func.count()).select_from(text(name))) == number

        def in_titles(word):
            found = text("SELECT count(*) FROM request_titles WHERE request_titles MATCH :word")
            return db.scalar(found, {"word": word})

        there_are(2)
        db.execute(text("UPDATE learning_requests SET status = 'open' WHERE id = 3"))
        there_are(3)
        db.execute(text("UPDATE learning_requests SET search_title = 'herons' WHERE id = 3"))
        assert (in_titles('"her" *'), in_titles("herons")) == (1, 1)
        db.execute(text("UPDATE learning_requests SET search_text = 'storks' WHERE id = 3"))
        assert (in_titles("storks"), in_titles("herons")) == (0, 1)
        db.execute(text("DELETE FROM learning_request_skills"))
        db.execute(text("DELETE FROM learning_requests WHERE id = 3"))
        there_are(2)
        assert in_titles("herons") == 0
        triggers = select(literal_column("count(*)")).select_from(text("sqlite_master"))
        made = triggers.where(text("type = 'trigger' AND tbl_name <> 'messages'"))
        for kind in ("search", "titles"):
            assert db.scalar(made.where(text(f"name LIKE '%_{kind}_%'"))) == 6
