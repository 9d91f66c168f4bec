from datetime import timedelta

from app.clock import now
from db.models.learning_requests import RequestStatus
from db.models.proposals import ProposalStatus
from db.queries import own_requests
from tests.factories import make_proposal, make_request


def test_sofia_keeps_all_of_hers_as_they_stand_now(db, sofia, sam, carla, viewer):
    make_request(db, sofia, title="draft", status=RequestStatus.DRAFT)
    wanted = make_request(db, sofia, title="open")
    make_proposal(db, wanted, carla)
    make_request(db, sofia, title="over", expires_at=now())
    make_request(db, sam)
    mine = own_requests.of_student(db, sofia.id, at=now(), after="").items
    assert {(one.title, str(one.status), one.proposals) for one in mine} == {
        ("draft", "draft", 0), ("open", "open", 1), ("over", "expired", 0),
    }  # fmt: skip


def test_sofia_sees_which_of_her_proposals_are_new(db, sofia, carla, cole, dora):
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, carla)
    make_proposal(db, wanted, cole, first_viewed_at=now())
    make_proposal(db, wanted, dora, status=ProposalStatus.WITHDRAWN)
    [mine] = own_requests.of_student(db, sofia.id, at=now(), after="").items
    assert (mine.proposals, mine.unseen) == (2, 1)


def test_sofia_sees_which_of_her_requests_end_soon(db, sofia):
    at = now()
    made = {
        make_request(db, sofia, expires_at=at + timedelta(days=5)).id: True,
        make_request(db, sofia, expires_at=at + timedelta(days=5, minutes=1)).id: False,
        make_request(db, sofia, expires_at=at).id: False,
        make_request(db, sofia, status=RequestStatus.DRAFT).id: False,
        make_request(
            db, sofia, status=RequestStatus.PAUSED, expires_at=at + timedelta(days=1)
        ).id: True,
    }
    items = own_requests.of_student(db, sofia.id, at=at, after="").items
    assert {one.id: one.ends_soon for one in items} == made
