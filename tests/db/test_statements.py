"""A statement that is asked again goes straight to the driver, and nobody may notice."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import (
    Float,
    Numeric,
    bindparam,
    cast,
    event,
    func,
    insert,
    literal,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import (
    IntegrityError,
    OperationalError,
    PendingRollbackError,
    ProgrammingError,
    StatementError,
)

from app.access.moments import before
from app.clock import now
from db.models.accounts import Account, Side
from db.models.bookmarks import Bookmark
from db.models.learning_requests import LearningRequest
from db.models.sign_ins import SignIn
from db.models.skills import Skill
from db.statements import AT, KEY, VIEWER, ask
from tests.factories import make_request, make_sign_in
from tests.statements import statements

# The first is SQLAlchemy's own way; what is made for the second serves the third as well.
TURNS = range(3)
IDS = bindparam("ids", expanding=True)


def test_values_come_out_as_a_session_reads_them(db, sofia):
    make_sign_in(db, sofia)
    columns = (
        Account.role_view,
        Account.created_at,
        Account.staff_role,
        Account.must_reset_password,
        SignIn.token_hash,
        func.count(SignIn.id).over().label("number"),
        Account.created_at == now(),
    )
    query = select(*columns).join(SignIn, SignIn.account_id == Account.id)
    own = db.execute(query).one()
    for _ in TURNS:
        row = ask(db, query).one()
        assert [*row] == [*own]
        assert [*map(type, row)] == [*map(type, own)]
        assert row.role_view is Side.STUDENT
        assert row.number == 1


def test_values_go_in_as_a_session_hands_them_on(db, sofia):
    at = now()
    wanted = make_request(db, sofia, posted_at=at)
    query = select(LearningRequest.id).where(
        LearningRequest.student_id == VIEWER,
        LearningRequest.status == wanted.status,
        LearningRequest.posted_at <= AT,
    )
    for _ in TURNS:
        assert [*ask(db, query, viewer=sofia.id, at=at)] == [(wanted.id,)]
        early = at - timedelta(microseconds=1)
        assert ask(db, query, viewer=sofia.id, at=early).one_or_none() is None
        assert ask(db, query, viewer=sofia.id + 1, at=at).all() == []


def test_lists_may_be_longer_or_shorter_each_time(db, sofia):
    made = [make_request(db, sofia).id for _ in range(3)]
    query = select(LearningRequest.id).where(LearningRequest.id.in_(IDS)).order_by("id")
    for _ in TURNS:
        for ids in (made, made[:1], (), made[1:], tuple(made)):
            assert [key for (key,) in ask(db, query, ids=ids)] == [*ids]


def test_a_moment_inside_of_it_moves_on(db):
    query = select(literal(1)).where(before(timedelta(hours=1)) > AT)
    begun = now()
    for _ in TURNS:
        assert ask(db, query, at=begun).all() == []
    with time_machine.travel(begun + timedelta(hours=2), tick=False):
        assert ask(db, query, at=begun).scalar() == 1


def test_a_moment_in_two_places_is_one(db):
    moment = before(timedelta())
    query = select(literal(1)).where(moment == moment)
    assert [ask(db, query).scalar() for _ in TURNS] == [1, 1, 1]


def test_what_is_no_list_is_not_taken_for_an_empty_one(db, sofia):
    query = select(Account.id).where(Account.id.in_(IDS))
    for turn in TURNS:
        if turn:
            with pytest.raises(TypeError, match="ids"):
                ask(db, query, ids={sofia.id})
        else:
            assert ask(db, query, ids={sofia.id}).scalar() == sofia.id


def test_what_writes_does_so_every_time(db, sofia):
    wanted = make_request(db, sofia)
    change = update(LearningRequest).where(LearningRequest.id == KEY)
    said = change.values(posted_at=AT).returning(LearningRequest.id, LearningRequest.posted_at)
    ends = change.values(expires_at=AT)
    for number in TURNS:
        at = now() + timedelta(days=number)
        assert ask(db, ends, key=wanted.id, at=at).all() == []
        assert [*ask(db, said, key=wanted.id, at=at)] == [(wanted.id, at)]
        assert db.scalar(select(LearningRequest.posted_at).filter_by(id=wanted.id)) == at


def test_what_is_added_has_what_nobody_said(db, sofia, carla):
    add = insert(Bookmark)
    for number in TURNS:
        wanted = make_request(db, sofia)
        ask(db, add, coach_id=carla.id, request_id=wanted.id, created_at=now())
        found = db.scalars(select(Bookmark).filter_by(request_id=wanted.id)).one()
        assert (found.note, found.removed_at) == ("", None), number


def test_what_is_there_already_is_refused_as_in_a_session(db):
    add = insert(Skill).returning(Skill.id)
    said = {"name": "Quokka care", "folded": "quokka care", "topic": "", "created_at": now()}
    assert ask(db, add, **said).scalar_one()
    for _ in TURNS:
        with pytest.raises(IntegrityError), db.begin_nested():
            ask(db, add, **said)


def test_values_may_be_others_each_time(db):
    add = insert(Skill).returning(Skill.name, Skill.topic)
    for number in TURNS:
        name = f"Quokka care {number}"
        said = {"name": name, "folded": name.lower(), "created_at": now()}
        assert [*ask(db, add, **said)] == [(name, "")]
        said["folded"] += "!"
        assert [*ask(db, add, **said, topic="Animals")] == [(name, "Animals")]


def test_what_is_new_in_the_session_is_found(db, sofia):
    query = select(func.count(LearningRequest.id))
    before_ = [ask(db, query).scalar_one() for _ in TURNS]
    make_request(db, sofia)
    assert [*before_, ask(db, query).scalar_one()] == [0, 0, 0, 1]


def test_a_missing_value_is_not_guessed(db):
    query = select(literal(1)).where(KEY.is_(None))
    for _ in TURNS:
        with pytest.raises((KeyError, StatementError)):
            ask(db, query)


def test_what_fails_fails_as_it_does_in_a_session(real_database):
    query = select(literal(1)).select_from(table("nothing_of_this_name"))
    for _ in TURNS:
        with real_database.reading() as db, pytest.raises((OperationalError, ProgrammingError)):
            ask(db, query)


def test_who_counts_statements_hears_of_each(real_database):
    query = select(literal(1))
    with real_database.writing() as db, statements(real_database) as sent:
        for _ in TURNS:
            ask(db, query)
    assert sent[-3:] == 3 * sent[-1:] and "SELECT" in sent[-1]
    with real_database.reading() as db:
        heard = []
        event.listen(db.connection(), "after_cursor_execute", lambda *about: heard.append(about))
        for _ in TURNS:
            ask(db, query)
    assert len(heard) == len(TURNS)


def test_fractions_are_read_every_time(db, sofia):
    half = (cast(func.count(Account.id), Float) / 2).label("half")
    for _ in TURNS:
        assert ask(db, select(half, cast(literal("0.25"), Numeric(4, 2)))).one() == (0.5, 0.25)


def test_each_transaction_has_its_own_connection(real_database):
    query = select(func.count(Account.id))
    with real_database.session(write=False) as db:
        assert ask(db, query).scalar_one() == 0
        db.rollback()
        assert ask(db, query).scalar_one() == 0
        first = db.connection()
        db.commit()
        assert first.closed
        assert ask(db, query).scalar_one() == 0


def test_what_a_savepoint_wrote_goes_with_it(db):
    add, query = insert(Skill).returning(Skill.id), select(func.count(Skill.id))
    before_ = ask(db, query).scalar_one()
    for number in TURNS:
        name = f"Quokka care {number}"
        savepoint = db.begin_nested()
        ask(db, add, name=name, folded=name.lower(), topic="", created_at=now())
        assert ask(db, query).scalar_one() == before_ + 1
        savepoint.rollback()
        assert ask(db, query).scalar_one() == before_


def test_nothing_is_asked_in_what_has_failed(db, sofia):
    query = select(func.count(Account.id))
    assert ask(db, query).scalar_one() == 1
    broken = db.begin_nested()
    assert ask(db, query).scalar_one() == 1
    db.add(Account())
    with pytest.raises(IntegrityError):
        db.flush()
    with pytest.raises(PendingRollbackError):
        ask(db, query)
    broken.rollback()
    assert ask(db, query).scalar_one() == 1


def test_a_lost_line_is_told_and_used_no_more(real_database):
    if real_database.is_sqlite:
        pytest.skip("a file is on no line")
    query = select(func.count(Account.id))
    with real_database.reading() as db:
        assert [ask(db, query).scalar_one() for _ in TURNS] == [0, 0, 0]
        with real_database.engine.begin() as other:
            other.execute(text("SELECT pg_terminate_backend(:it)"), {"it": number_of(db)})
        with pytest.raises(OperationalError) as lost:
            ask(db, query)
        assert lost.value.connection_invalidated
        assert db.connection().invalidated
    with real_database.reading() as db:
        assert ask(db, query).scalar_one() == 0


def test_a_plan_is_kept_unless_it_is_to_be_made_anew(real_database):
    if real_database.is_sqlite:
        pytest.skip("a file keeps no plans")
    kept = select(func.count(Account.id))
    anew = select(func.max(Account.id)).execution_options(plan_anew=True)
    with real_database.reading() as db:
        for query in (kept, anew):
            for _ in range(10):
                ask(db, query)
        texts = db.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("count(accounts.id)" in one for one in texts)
    assert not any("max(accounts.id)" in one for one in texts)


def number_of(db):
    """Under which the server knows the connection."""
    return db.scalar(text("SELECT pg_backend_pid()"))
