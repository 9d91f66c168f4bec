"""People who press at the same moment: one wins, the others are told, nothing is half done."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app.actions.proposal_choices import mark_viewed
from db.models.events import Event
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.proposals import Proposal, ProposalStatus
from db.models.threads import Thread
from tests.browser import Browser
from tests.factories import make_coach, make_proposal, make_request

pytestmark = pytest.mark.usefixtures("real_database")

MANY = 20
VERSION = {"version": "1"}
FORM = {
    "message": "We would speak from the first minute, and correct as we go. " * 3,
    "sessions": "6",
    "minutes": "50",
    "price": "18",
}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


@pytest.fixture
def at_once(browser):
    """Sends [(person, path, fields)] at the same moment; the statuses come back in order."""

    def send(posts):
        ready = [_apart(browser.as_(person)) for person, _, _ in posts]
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


def _apart(browser):
    """The same signed-in browser, which leaves the test's own session alone."""
    twin = Browser(browser.client, browser.db, lambda: None)
    twin.cookies = dict(browser.cookies)
    return twin


def statuses(db):
    return Counter(proposal.status for proposal in db.query(Proposal))


def history(db, name):
    return db.query(Event).filter_by(name=name).count()


def test_twenty_accepts_choose_one_coach(db, wanted, sofia, at_once):
    sent = [make_proposal(db, wanted, make_coach(db)) for _ in range(MANY)]
    answers = at_once([(sofia, f"/proposals/{one.id}/accept", VERSION) for one in sent])
    assert Counter(answer.status for answer in answers) == {303: 1, 409: MANY - 1}
    assert all(answer.says("You chose another coach") for answer in answers if answer.is_conflict)
    assert statuses(db) == {ProposalStatus.ACCEPTED: 1, ProposalStatus.NOT_SELECTED: MANY - 1}
    assert wanted.status is RequestStatus.FILLED
    chosen = db.query(Proposal).filter_by(status=ProposalStatus.ACCEPTED).one()
    assert db.query(Thread).one().proposal_id == chosen.id
    assert db.query(Thread).one().coach_id == chosen.coach_id
    assert history(db, "proposal.accepted") == history(db, "request.filled") == 1
    assert history(db, "proposal.not_selected") == MANY - 1


def test_twenty_accepts_of_one_proposal_are_one(db, wanted, sofia, carla, at_once):
    proposal = make_proposal(db, wanted, carla)
    answers = at_once([(sofia, f"/proposals/{proposal.id}/accept", VERSION)] * MANY)
    assert Counter(answer.status for answer in answers) == {303: 1, 409: MANY - 1}
    assert history(db, "proposal.accepted") == db.query(Thread).count() == 1


@pytest.mark.parametrize("first", ["accept", "withdraw"])
def test_accept_against_withdraw_has_one_winner(db, wanted, sofia, carla, at_once, first):
    proposal = make_proposal(db, wanted, carla)
    path = f"/proposals/{proposal.id}"
    posts = [(sofia, f"{path}/accept", VERSION), (carla, f"{path}/withdraw", {})]
    posts = posts if first == "accept" else posts[::-1]
    answers = at_once(posts)
    assert sorted(answer.status for answer in answers) == [303, 409]
    [winner] = [
        post[1].split("/")[-1]
        for post, answer in zip(posts, answers, strict=True)
        if answer.status == 303
    ]
    is_accepted = winner == "accept"
    assert proposal.is_accepted is is_accepted
    assert (wanted.status is RequestStatus.FILLED) is is_accepted
    assert db.query(Thread).count() == history(db, "proposal.accepted") == int(is_accepted)
    assert history(db, "proposal.withdrawn") == int(not is_accepted)


def test_accept_against_close_has_one_winner(db, wanted, sofia, carla, cole, at_once):
    proposal = make_proposal(db, wanted, carla)
    rival = make_proposal(db, wanted, cole)
    answers = at_once(
        [
            (sofia, f"/proposals/{proposal.id}/accept", VERSION),
            (sofia, f"/requests/{wanted.id}/close", {"reason": "not_needed"}),
        ]
    )
    assert sorted(answer.status for answer in answers) == [303, 409]
    if answers[0].status == 303:
        assert wanted.status is RequestStatus.FILLED
        assert rival.status is ProposalStatus.NOT_SELECTED
    else:
        assert wanted.status is RequestStatus.CLOSED
        assert statuses(db) == {ProposalStatus.EXPIRED: 2}
    assert db.query(Thread).count() == int(proposal.is_accepted)


def test_a_first_look_waits_for_the_request_before_its_proposals(
    real_database, db, wanted, sofia, carla, viewer
):
    if real_database.is_sqlite:
        pytest.skip("one writer at a time")
    proposal, looking = make_proposal(db, wanted, carla), viewer(sofia)
    db.commit()
    with real_database.session(write=True) as accepts, real_database.session(write=True) as looks:
        accepts.execute(
            select(LearningRequest).where(LearningRequest.id == wanted.id).with_for_update()
        )
        looks.execute(text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            mark_viewed(looks, wanted.id, {proposal.id: (1, proposal.updated_at)}, looking)


def test_twenty_submits_by_one_coach_are_one(db, wanted, carla, at_once):
    answers = at_once([(carla, f"/requests/{wanted.id}/proposals", FORM)] * MANY)
    assert Counter(answer.status for answer in answers) == {303: 1, 409: MANY - 1}
    assert db.query(Proposal).count() == history(db, "proposal.submitted") == 1


def test_one_form_sent_twenty_times_is_one_proposal(db, wanted, carla, at_once):
    form = FORM | {"form_key": "carlas-form"}
    answers = at_once([(carla, f"/requests/{wanted.id}/proposals", form)] * MANY)
    [proposal] = db.query(Proposal)
    assert {answer.location for answer in answers} == {f"/proposals/{proposal.id}"}


def test_one_form_with_two_contents_is_one_proposal(db, wanted, carla, at_once):
    forms = [FORM | {"form_key": "carlas-form", "price": price} for price in ("18", "20")]
    answers = at_once([(carla, f"/requests/{wanted.id}/proposals", form) for form in forms])
    assert sorted(answer.status for answer in answers) == [303, 409]
    assert db.query(Proposal).count() == 1


def test_the_daily_limit_holds_across_requests(db, sofia, carla, at_once):
    requests = [make_request(db, sofia) for _ in range(15)]
    answers = at_once([(carla, f"/requests/{one.id}/proposals", FORM) for one in requests])
    assert Counter(answer.status for answer in answers) == {303: 10, 429: 5}
    assert db.query(Proposal).count() == 10


def test_the_twenty_sixth_coach_does_not_slip_in(db, wanted, at_once):
    for _ in range(24):
        make_proposal(db, wanted, make_coach(db))
    late = [make_coach(db) for _ in range(5)]
    answers = at_once([(coach, f"/requests/{wanted.id}/proposals", FORM) for coach in late])
    assert Counter(answer.status for answer in answers) == {303: 1, 409: 4}
    assert db.query(Proposal).count() == 25
