"""What ending a contract early costs, and what goes on."""

from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.ledger import LedgerTransaction, PostingKind
from db.models.reviews import REVIEWED_WITHIN
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, make_review, on_the_slot


@pytest.fixture
def agreed(db, sofia, carla):
    """Its first session is in three hours, too late to cancel for free; the second has begun."""
    agreed = make_contract(db, sofia, carla, sessions=2)
    soon = on_the_slot(now() + timedelta(hours=3))
    bring(db, agreed, 1, to=SessionStatus.SCHEDULED, starts_at=soon)
    begun = on_the_slot(now() - timedelta(minutes=20))
    bring(db, agreed, 2, to=SessionStatus.SCHEDULED, starts_at=begun)
    return agreed


@pytest.mark.parametrize(("who", "posted"), [("sofia", 1), ("carla", 0)])
def test_only_the_student_pays_for_what_they_call_off_late(
    browser, db, agreed, sofia, carla, who, posted
):
    browser.as_({"sofia": sofia, "carla": carla}[who]).post(
        f"/contracts/{agreed.id}/end", {"reason": "I move.", "owed": "1"}
    )
    found = db.query(LedgerTransaction).all()
    assert [one.kind for one in found] == [PostingKind.SESSION_CANCELLED_LATE] * posted
    db.expire_all()
    assert agreed.ended_by is (Side.STUDENT if who == "sofia" else Side.COACH)


def test_one_that_has_begun_goes_on_and_keeps_its_time(browser, db, agreed, sofia):
    browser.as_(sofia).post(f"/contracts/{agreed.id}/end", {"reason": "I move.", "owed": "1"})
    db.expire_all()
    [number] = {one.session_id for one in db.query(SessionClaim)}
    page = browser.as_(sofia).get(f"/sessions/{number}")
    assert page.is_good and agreed.status is ContractStatus.ENDED_EARLY


def test_one_that_is_over_by_the_clock_is_not_ended_early(browser, db, sofia, carla):
    over = make_contract(db, sofia, carla, sessions=1)
    long_ago = on_the_slot(now() - timedelta(days=5))
    bring(db, over, to=SessionStatus.ENDED, starts_at=long_ago)
    answer = browser.as_(sofia).post(f"/contracts/{over.id}/end", {"reason": "I move."})
    assert answer.status == 409 and answer.says("All sessions are over")
    db.expire_all()
    assert over.status is ContractStatus.ACTIVE and over.ended_by is None


def test_what_was_reviewed_while_it_ran_stays_sealed_as_long_as_the_other_may_review(
    browser, db, sofia, carla
):
    runs = make_contract(db, sofia, carla, sessions=4)
    for number in (1, 2, 3):
        at = on_the_slot(now() - timedelta(days=number))
        bring(db, runs, number, to=SessionStatus.COMPLETED, starts_at=at)
    in_four_days = now() + timedelta(days=4)
    review = make_review(
        db, runs, sofia, text="Kanarienvogel", is_ongoing=True, opens_at=in_four_days
    )
    browser.as_(sofia).post(f"/contracts/{runs.id}/end", {"reason": "I move."})
    db.expire_all()
    assert review.opens_at == runs.ended_at + REVIEWED_WITHIN
    with time_machine.travel(now() + timedelta(days=5), tick=False):
        page = browser.as_(carla).get(f"/contracts/{runs.id}")
        assert page.is_good and "Kanarienvogel" not in page.text
