"""How coaches answer, compared with cases counted by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from app.clock import now
from db.models.accounts import AccountStatus
from db.models.invitations import InvitationStatus
from db.queries.answer_rates import AnswerRate, answer_rate, rate_of
from tests.factories import (
    make_invitation,
    make_message,
    make_request,
    make_student,
    make_thread,
)
from tests.statements import statements

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def ago(days=0, **but):
    return NOON - timedelta(days=days, **but)


def asked(*took, days=10):
    """First messages of some days ago, and so many hours until each was answered, or None."""
    wrote = ago(days)
    return [(wrote, None if hours is None else wrote + timedelta(hours=hours)) for hours in took]


@pytest.mark.parametrize(("took", "rate"), [
    ([], None),
    ([1, 1], None),
    ([1, 2, 3], AnswerRate(3, 3, 2)),
    ([None, None, None], AnswerRate(0, 3, None)),
    ([1, 2, None], AnswerRate(2, 3, None)),
    ([0.1, 0.2, 0.3, None], AnswerRate(3, 4, 1)),
    ([2, 2.01, 90], AnswerRate(3, 3, 3)),
    ([1, 3, 4, 100], AnswerRate(4, 4, 4)),
    ([0, 0, 0], AnswerRate(3, 3, 1)),
    ([*[3] * 9, None], AnswerRate(9, 10, 3)),
])  # fmt: skip
def test_what_is_said_of_answers(took, rate):
    assert rate_of(asked(*took), at=NOON) == rate


def test_carla_has_a_day_before_silence_counts():
    answered = asked(1, 1, 1)
    waiting = [(ago(hours=23, minutes=59), None)]
    late = [(ago(hours=24), None)]
    assert rate_of(answered + waiting, at=NOON) == AnswerRate(3, 3, 1)
    assert rate_of(answered + late, at=NOON) == AnswerRate(3, 4, 1)
    quick = [(ago(hours=2), ago(hours=1))]
    assert rate_of(asked(1, 1) + quick, at=NOON) == AnswerRate(3, 3, 1)


def wrote(db, coach, *, days=10.0, hours=None, coach_first=False):
    """A student who wrote to this coach, and the answer so many hours later, if there was one."""
    at, student = now() - timedelta(days=days), make_student(db)
    thread = make_thread(db, student, coach, created_at=at, student_wrote_at=at)
    if coach_first:
        make_message(db, thread, coach, created_at=at - timedelta(hours=1))
    make_message(db, thread, student, created_at=at)
    make_message(db, thread, student, "Are you there?", created_at=at + timedelta(minutes=5))
    if hours is not None:
        make_message(db, thread, coach, created_at=at + timedelta(hours=hours))
        make_message(db, thread, coach, created_at=at + timedelta(hours=hours + 40))
    return student


def test_the_first_answer_to_each_student_who_wrote_first_counts(db, carla, cole):
    for hours in (1, 2.5, 6):
        wrote(db, carla, hours=hours)
    wrote(db, carla)
    wrote(db, carla, coach_first=True)  # she wrote first, as after an accepted proposal
    wrote(db, cole, hours=1)
    assert answer_rate(db, carla.id, at=now()) == AnswerRate(3, 4, 3)
    assert answer_rate(db, cole.id, at=now()) is None


def test_students_who_are_suspended_count_like_everybody(db, carla):
    for hours in (1, 1, None):
        wrote(db, carla, hours=hours).status = AccountStatus.SUSPENDED
    db.flush()
    assert answer_rate(db, carla.id, at=now()) == AnswerRate(2, 3, None)


def test_ninety_days_count_and_the_newest_fifty(db, carla):
    for _ in range(3):
        wrote(db, carla, days=90.01, hours=1)
    assert answer_rate(db, carla.id, at=now()) is None
    for number in range(50):
        wrote(db, carla, days=20 + number / 10, hours=2)
    assert answer_rate(db, carla.id, at=now()) == AnswerRate(50, 50, 2)
    wrote(db, carla, days=19)
    assert answer_rate(db, carla.id, at=now()) == AnswerRate(49, 50, 2)


def test_an_empty_thread_says_nothing(db, carla):
    for _ in range(3):
        make_thread(db, make_student(db), carla, student_wrote_at=None)
    assert answer_rate(db, carla.id, at=now()) is None


def test_it_is_one_statement(db, database, carla):
    wrote(db, carla, hours=1)
    with statements(database) as sent:
        answer_rate(db, carla.id, at=now())
    assert len(sent) == 1


def test_invitations_count_and_what_was_taken_back_does_not(db, carla):
    hours = {
        InvitationStatus.ANSWERED: 2, InvitationStatus.DECLINED: 4, InvitationStatus.OPEN: None,
        InvitationStatus.EXPIRED: 9, InvitationStatus.WITHDRAWN: 1,
    }  # fmt: skip
    for status, took in hours.items():
        sent = ago(5)
        wanted = make_request(db, make_student(db))
        ended_at = None if took is None else sent + timedelta(hours=took)
        make_invitation(db, wanted, carla, status=status, created_at=sent, ended_at=ended_at)
    assert answer_rate(db, carla.id, at=NOON) == AnswerRate(2, 4, None)
    wanted = make_request(db, make_student(db))
    make_invitation(db, wanted, carla, status=InvitationStatus.ANSWERED, created_at=ago(1),
                    ended_at=ago(1) + timedelta(hours=3))  # fmt: skip
    assert answer_rate(db, carla.id, at=NOON) == AnswerRate(3, 5, 3)
