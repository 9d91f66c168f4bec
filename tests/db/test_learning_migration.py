"""What was agreed on before sessions existed has its sessions afterwards."""

import pytest

from db.migrate import migrate
from db.models.learning_sessions import LearningSession
from db.models.session_states import SessionStatus
from tests.db.test_types import NOON

pytestmark = pytest.mark.usefixtures("real_database")


def test_sofias_older_contracts_get_all_their_sessions(older):
    database, add = older("0009")
    with database.writing() as db:
        for number, name in ((1, "Carla"), (2, "Sofia")):
            key = {"first_name": name, "email_folded": name, "status": "active"}
            add(db, "accounts", id=number, **key)
        for number, sessions in ((1, 3), (2, 1), (3, 50)):
            add(db, "learning_requests", id=number, student_id=2, status="filled", currency="USD")
            ids = {"request_id": number, "coach_id": 1}
            add(db, "proposals", id=number, **ids, status="accepted", currency="USD")
            add(
                db, "contracts", id=number, **ids, proposal_id=number, student_id=2,
                status="active", sessions=sessions, currency="USD", created_at=NOON,
            )  # fmt: skip
    migrate(database)
    with database.reading() as db:
        made = db.query(LearningSession).order_by(LearningSession.id).all()
    expected = [(one, n) for one, all_of in ((1, 3), (2, 1), (3, 50)) for n in range(1, all_of + 1)]
    assert [(one.contract_id, one.number) for one in made] == expected
    assert {
        (one.student_id, one.coach_id, one.status, one.offer, one.sequence, one.report,
         one.starts_at, one.updated_at) for one in made
    } == {(2, 1, SessionStatus.UNSCHEDULED, 0, 0, "", None, NOON)}  # fmt: skip


def test_where_nothing_was_agreed_on_there_is_nothing_to_add(older):
    database, _ = older("0009")
    migrate(database)
    with database.reading() as db:
        assert db.query(LearningSession).count() == 0
