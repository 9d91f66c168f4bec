"""What Mina's decisions write, and that each looks once more before it does."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import joinedload

from app.actions.coach_approvals import (
    CLAIM_HOLDS,
    approve_coach,
    claim_application,
    mark_looked_at,
    reject_coach,
    release_application,
    request_changes,
)
from app.clock import now
from app.errors import WrongState
from app.forms.coach_approvals import ChangesForm, RejectForm
from db.models.coach_decisions import CoachDecision, StepComment
from db.models.events import Event
from db.models.outgoing_mail import OutgoingMail
from db.models.profiles import COACH_MOVES, CoachProfile, CoachStatus
from tests.factories import make_changed, make_claimed

CHANGES = ChangesForm(comment_goal="Choose one.", comment_details="Add a time zone.")
NO = RejectForm(reason="The links lead to other people.")
DECISIONS = {
    "approve": lambda db, coach, by: approve_coach(db, coach, by=by),
    "request_changes": lambda db, coach, by: request_changes(db, coach, CHANGES, by=by),
    "reject": lambda db, coach, by: reject_coach(db, coach, NO, by=by),
}
DEEDS = DECISIONS | {"claim": lambda db, coach, by: claim_application(db, coach, by=by)}
UNDECIDABLE = [status for status in CoachStatus if status is not CoachStatus.SUBMITTED]


def profile(db, coach):
    """As request.allowed finds it: with its account."""
    db.flush()
    whole = {"options": [joinedload(CoachProfile.account)], "populate_existing": True}
    return db.get_one(CoachProfile, coach.id, **whole)


@pytest.fixture
def petras(db, petra):
    return profile(db, petra)


def test_a_claim_holds_for_half_an_hour(db, petras, mina, viewer):
    claim_application(db, petras, by=viewer(mina))
    assert timedelta(minutes=30) == CLAIM_HOLDS
    assert abs(petras.claimed_until - now() - CLAIM_HOLDS) < timedelta(seconds=5)
    release_application(db, petras, by=viewer(mina))
    assert petras.claimed_by_id is petras.claimed_until is None


@pytest.mark.parametrize("deed", DECISIONS)
def test_a_decision_is_a_row_an_event_and_a_mail_and_ends_the_claim(db, petras, mina, viewer, deed):
    by = viewer(mina)
    claim_application(db, petras, by=by)
    DECISIONS[deed](db, petras, by)
    decision = db.query(CoachDecision).one()
    assert (decision.coach_id, decision.staff_id) == (petras.account_id, mina.id)
    assert decision.outcome is petras.status
    assert decision.submitted_at == petras.submitted_at <= decision.decided_at
    assert petras.claimed_by_id is petras.claimed_until is None
    _, event = db.query(Event).order_by(Event.id)
    assert (event.name, event.side) == (f"coach_profile.{petras.status}", None)
    [mail] = db.query(OutgoingMail)
    assert mail.key == f"coach_{petras.status}:event:{event.id}:{petras.account_id}"


def test_comments_and_reasons_are_kept_with_the_decision(db, petras, mina, viewer):
    request_changes(db, petras, CHANGES, by=viewer(mina))
    said = {comment.step: comment.text for comment in db.query(StepComment)}
    assert said == {"goal": "Choose one.", "details": "Add a time zone."}
    petras.status = CoachStatus.SUBMITTED
    reject_coach(db, petras, NO, by=viewer(mina))
    decisions = db.query(CoachDecision).order_by(CoachDecision.id)
    assert [one.reason for one in decisions] == ["", NO.reason]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("status", UNDECIDABLE)
def test_what_does_not_wait_is_left_alone(db, petras, mina, viewer, deed, status):
    petras.status = status
    with pytest.raises(WrongState):
        DEEDS[deed](db, petras, viewer(mina))
    db.flush()
    assert petras.status is status
    assert db.query(CoachDecision).count() == db.query(Event).count() == 0


@pytest.mark.parametrize("deed", DEEDS)
def test_what_ada_holds_is_left_alone(db, mina, ada, viewer, deed):
    coach = profile(db, make_claimed(db, ada))
    with pytest.raises(WrongState):
        DEEDS[deed](db, coach, viewer(mina))
    with pytest.raises(WrongState):
        release_application(db, coach, by=viewer(mina))
    DEEDS[deed](db, coach, viewer(ada))


def test_every_move_out_of_waiting_has_its_decision():
    outcomes = {CoachStatus.APPROVED, CoachStatus.CHANGES_REQUESTED, CoachStatus.REJECTED}
    assert COACH_MOVES[CoachStatus.SUBMITTED] == outcomes and len(DECISIONS) == len(outcomes)


def test_changes_are_looked_at_once(db, carla, mina, viewer):
    carlas = profile(db, make_changed(db, carla, "name", "picture"))
    mark_looked_at(db, carlas, by=viewer(mina))
    assert db.query(Event).one().detail == {"changed": ["name", "picture"]}
    with pytest.raises(WrongState):
        mark_looked_at(db, carlas, by=viewer(mina))
