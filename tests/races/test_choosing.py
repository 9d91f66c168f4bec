"""Answers that are pressed at the same moment: the request lets one through after the other."""

from collections import Counter

import pytest

from db.models.proposals import Proposal, ProposalStatus
from tests.factories import make_coach, make_proposal, make_request
from tests.races.test_proposals import at_once, history, statuses

__all__ = ["at_once"]  # a fixture

pytestmark = pytest.mark.usefixtures("real_database")

MANY = 10
VERSION = {"version": "1"}
NO = {"reason": "price"}


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def test_sofia_says_no_to_all_and_yes_to_one(db, wanted, sofia, carla, cole, at_once):
    proposals = [make_proposal(db, wanted, coach) for coach in (carla, cole)]
    ids = [one.id for one in proposals]
    answers = at_once(
        [
            (sofia, f"/proposals/{ids[0]}/accept", VERSION),
            (sofia, f"/requests/{wanted.id}/proposals/decline", {"proposal": ids, **NO}),
        ]
    )
    assert sorted(answer.status for answer in answers) == [303, 409]
    left = {ProposalStatus.ACCEPTED: 1, ProposalStatus.NOT_SELECTED: 1}
    declined = {ProposalStatus.DECLINED: 2}
    assert statuses(db) == (left if answers[0].status == 303 else declined)


def test_carla_withdraws_while_sofia_shortlists(db, wanted, sofia, carla, at_once):
    proposal = make_proposal(db, wanted, carla)
    here = f"/proposals/{proposal.id}"
    marked, withdrawn = at_once([(sofia, f"{here}/shortlist", {}), (carla, f"{here}/withdraw", {})])
    assert withdrawn.status == 303 and marked.status in (303, 409)
    assert proposal.status is ProposalStatus.WITHDRAWN
    assert history(db, "proposal.shortlisted") == int(marked.status == 303)


def test_sofia_takes_a_no_back_once(db, wanted, sofia, carla, at_once):
    proposal = make_proposal(db, wanted, carla, status=ProposalStatus.DECLINED)
    answers = at_once([(sofia, f"/proposals/{proposal.id}/reopen", {})] * MANY)
    assert Counter(answer.status for answer in answers) == {303: 1, 409: MANY - 1}
    assert history(db, "proposal.reopened") == 1


def test_a_request_with_one_place_takes_one_back(db, wanted, sofia, at_once):
    for _ in range(24):
        make_proposal(db, wanted, make_coach(db))
    declined = [
        make_proposal(db, wanted, make_coach(db), status=ProposalStatus.DECLINED)
        for _ in range(MANY)
    ]
    answers = at_once([(sofia, f"/proposals/{one.id}/reopen", {}) for one in declined])
    assert Counter(answer.status for answer in answers) == {303: 1, 409: MANY - 1}
    waiting = db.query(Proposal).filter_by(status=ProposalStatus.SUBMITTED).count()
    assert waiting == 25
