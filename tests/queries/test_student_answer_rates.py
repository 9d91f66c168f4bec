from datetime import timedelta

import pytest

from app.clock import now
from db.models.proposals import ProposalStatus
from db.queries.student_answer_rates import Answered, answered_by
from tests.factories import make_coach, make_proposal, make_request

DAY = timedelta(days=1)


def sent(db, student, *statuses, ago=DAY * 10):
    wanted = make_request(db, student)
    for status in statuses:
        at = now() - ago
        make_proposal(
            db, wanted, make_coach(db), status=ProposalStatus(status), submitted_at=at,
            created_at=at,
        )  # fmt: skip


def test_what_sofia_answered_is_counted_from_three_on(db, sofia):
    sent(db, sofia, "declined", "expired")
    assert answered_by(db, sofia.id, at=now()) is None
    sent(db, sofia, "not_selected")
    assert answered_by(db, sofia.id, at=now()) == Answered(2, 3)


@pytest.mark.parametrize(
    ("status", "counted"),
    [
        ("shortlisted", Answered(3, 4)), ("accepted", Answered(4, 4)),
        ("declined", Answered(4, 4)), ("not_selected", Answered(4, 4)),
        ("expired", Answered(3, 4)), ("submitted", Answered(3, 4)),
        ("withdrawn", Answered(3, 3)), ("draft", Answered(3, 3)),
    ],
)  # fmt: skip
def test_each_end_says_something_or_nothing(db, sofia, status, counted):
    sent(db, sofia, "declined", "declined", "declined")
    sent(db, sofia, status)
    assert answered_by(db, sofia.id, at=now()) == counted


def test_who_waits_for_less_than_a_week_is_not_left_waiting(db, sofia):
    sent(db, sofia, "declined", "declined", "declined")
    sent(db, sofia, "submitted", "shortlisted", ago=DAY * 6)
    assert answered_by(db, sofia.id, at=now()) == Answered(3, 3)


def test_long_ago_and_other_students_do_not_count(db, sofia, sam):
    sent(db, sofia, "declined", "declined", "declined", ago=DAY * 91)
    sent(db, sam, "declined", "declined", "declined")
    assert answered_by(db, sofia.id, at=now()) is None
