"""How long coaches wait, and what they are told of what was decided."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import AccountStatus
from db.models.profiles import CoachProfile, CoachStatus
from db.queries import coach_approvals
from tests.factories import make_coach, make_decision

HOUR = timedelta(hours=1)


def profile(db, coach):
    return db.get_one(CoachProfile, coach.id)


def test_petra_waits_behind_those_who_sent_theirs_before(db, petra, carla, noor):
    petras = profile(db, petra)
    petras.submitted_at = now() - 2 * HOUR
    for hours in (3, 4, 1):
        make_coach(db, status=CoachStatus.SUBMITTED, submitted_at=now() - hours * HOUR)
    assert coach_approvals.ahead(db, petras) == 2


def test_who_is_suspended_stands_in_nobodys_way(db, petra):
    gone = make_coach(db, status=CoachStatus.SUBMITTED, submitted_at=now() - 99 * HOUR)
    gone.status = AccountStatus.SUSPENDED
    db.flush()
    assert coach_approvals.ahead(db, profile(db, petra)) == 0


def test_noor_who_has_not_sent_hers_waits_behind_nobody(db, petra, noor):
    assert coach_approvals.ahead(db, profile(db, noor)) == 0


@pytest.mark.parametrize(
    ("hours", "usual"), [((), None), ((1, 2), None), ((1, 30, 2), 2), ((1, 2, 4, 9), 3)]
)
def test_the_usual_wait_is_the_one_in_the_middle(db, petra, mina, hours, usual):
    for number in hours:
        make_decision(db, petra, mina, submitted_at=now() - number * HOUR, decided_at=now())
    found = coach_approvals.usual_wait(db)
    assert found is None if usual is None else abs(found - usual * HOUR) < timedelta(seconds=1)


def test_only_the_last_twenty_decisions_tell_the_usual_wait(db, petra, mina):
    for days in range(100, 130):
        then = now() - timedelta(days=days)
        make_decision(db, petra, mina, submitted_at=then - 50 * HOUR, decided_at=then)
    for number in range(20):
        then = now() - timedelta(days=number)
        make_decision(db, petra, mina, submitted_at=then - HOUR, decided_at=then)
    assert coach_approvals.usual_wait(db) == HOUR


def test_what_is_asked_for_stands_beside_its_step_until_it_is_sent_again(db, petra, mina):
    old, new = now() - 9 * HOUR, now()
    outcome = CoachStatus.CHANGES_REQUESTED
    make_decision(db, petra, mina, outcome=outcome, decided_at=old, comments={"goal": "Old."})
    said = {"headline": "Say whom you help.", "skills": "Name two more."}
    make_decision(db, petra, mina, outcome=outcome, decided_at=new, comments=said)
    assert coach_approvals.comments(db, petra.id) == {}
    profile(db, petra).status = outcome
    db.flush()
    assert coach_approvals.comments(db, petra.id) == said
    profile(db, petra).status = CoachStatus.SUBMITTED
    db.flush()
    assert coach_approvals.comments(db, petra.id) == {}


def test_the_reason_of_a_no_is_told_to_whom_it_was_said(db, petra, noor, mina):
    make_decision(
        db, petra, mina, outcome=CoachStatus.REJECTED, reason="The links lead to other people."
    )
    profile(db, petra).status = CoachStatus.REJECTED
    db.flush()
    assert coach_approvals.rejection_reason(db, petra.id) == "The links lead to other people."
    assert coach_approvals.rejection_reason(db, noor.id) == ""
