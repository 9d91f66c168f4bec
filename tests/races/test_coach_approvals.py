"""Mina and Ada at the same moment: one decides, the other is told, and nothing is half done."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from db.models.coach_decisions import CoachDecision, StepComment
from db.models.events import Event
from db.models.outgoing_mail import OutgoingMail
from db.models.profiles import CoachProfile, CoachStatus
from tests.browser import Browser

pytestmark = pytest.mark.usefixtures("real_database")

DEEDS = {
    "approve": {},
    "request-changes": {"comment_headline": "Say whom you help."},
    "reject": {"reason": "Both links lead to the pages of another person."},
}
OUTCOMES = {
    "approve": CoachStatus.APPROVED,
    "request-changes": CoachStatus.CHANGES_REQUESTED,
    "reject": CoachStatus.REJECTED,
}


@pytest.fixture
def at_once(browser):
    """Sends [(person, path, fields)] at the same moment; the answers come back in order."""

    def send(posts):
        ready = []
        for person, _, _ in posts:
            here = browser.as_(person)
            ready.append(Browser(here.client, here.db, lambda: None))
            ready[-1].cookies = dict(here.cookies)
        browser.settle()
        barrier = threading.Barrier(len(posts))

        def press(number):
            _, path, fields = posts[number]
            barrier.wait()
            return ready[number].post(path, fields)

        with ThreadPoolExecutor(len(posts)) as pool:
            answers = list(pool.map(press, range(len(posts))))
        browser.settle()
        return answers

    return send


def test_of_ten_claims_at_once_one_person_gets_it(db, petra, mina, ada, at_once):
    path = f"/admin/coaches/{petra.id}/claim"
    answers = at_once([(mina if number % 2 else ada, path, {}) for number in range(10)])
    held_by = db.get_one(CoachProfile, petra.id).claimed_by_id
    won = [number for number in range(10) if (mina if number % 2 else ada).id == held_by]
    assert {answers[number].status for number in won} == {303}
    others = [answer for number, answer in enumerate(answers) if number not in won]
    assert {answer.status for answer in others} == {409}
    assert all(answer.says("Somebody else is reading") for answer in others)
    assert db.query(Event).filter_by(name="coach_profile.claimed").count() == len(won)


@pytest.mark.parametrize(
    ("minas", "adas"),
    [("approve", "reject"), ("reject", "request-changes"), ("request-changes", "approve"),
     ("approve", "approve")],
)  # fmt: skip
def test_of_two_decisions_at_once_one_holds(db, petra, mina, ada, at_once, minas, adas):
    here = f"/admin/coaches/{petra.id}"
    posts = [(mina, f"{here}/{minas}", DEEDS[minas]), (ada, f"{here}/{adas}", DEEDS[adas])]
    answers = at_once(posts * 4)
    assert Counter(answer.status for answer in answers) == {303: 1, 409: 7}
    [won] = [number % 2 for number, answer in enumerate(answers) if answer.status == 303]
    outcome = OUTCOMES[(minas, adas)[won]]
    decision = db.query(CoachDecision).one()
    assert decision.outcome is db.get_one(CoachProfile, petra.id).status is outcome
    assert decision.staff_id == (mina, ada)[won].id
    assert db.query(StepComment).count() == int(outcome is CoachStatus.CHANGES_REQUESTED)
    assert [event.name for event in db.query(Event)] == [f"coach_profile.{outcome}"]
    assert db.query(OutgoingMail).one().template == f"coach_{outcome}"


def test_a_claim_against_a_decision_leaves_nothing_half_done(db, petra, mina, ada, at_once):
    here = f"/admin/coaches/{petra.id}"
    claim, approve = at_once([(mina, here + "/claim", {}), (ada, here + "/approve", {})])
    coach = db.get_one(CoachProfile, petra.id)
    if approve.status == 303:
        assert claim.is_conflict or claim.status == 303
        assert coach.is_approved and coach.claimed_by_id is None
    else:
        assert approve.is_conflict and claim.status == 303
        assert coach.claimed_by_id == mina.id and db.query(CoachDecision).count() == 0
