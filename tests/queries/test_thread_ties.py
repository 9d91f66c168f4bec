from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Side
from db.models.invitations import InvitationStatus
from db.models.learning_requests import RequestStatus
from db.models.proposals import ProposalStatus
from db.queries.thread_ties import Tie, TieKind, ties
from tests.factories import make_invitation, make_proposal, make_request

ENDED = [
    ProposalStatus.DRAFT,
    ProposalStatus.ACCEPTED,
    ProposalStatus.DECLINED,
    ProposalStatus.WITHDRAWN,
    ProposalStatus.NOT_SELECTED,
    ProposalStatus.EXPIRED,
]


def both(db, student, coach):
    """What ties the two, as each of them sees it; it is the same."""
    seen = ties(db, student.id, Side.STUDENT, [coach.id], at=now()).get(coach.id)
    assert ties(db, coach.id, Side.COACH, [student.id], at=now()).get(student.id) == seen
    return seen


@pytest.mark.parametrize("status", [ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED])
def test_sofia_and_carla_are_tied_by_a_proposal_that_waits(db, sofia, sam, carla, status):
    make_proposal(db, make_request(db, sofia, title="Spanish"), carla, status=status)
    assert both(db, sofia, carla) == Tie(TieKind.PROPOSAL, "Spanish")
    assert both(db, sam, carla) is None


@pytest.mark.parametrize("status", ENDED)
def test_a_proposal_that_does_not_wait_ties_nobody(db, sofia, carla, status):
    make_proposal(db, make_request(db, sofia), carla, status=status)
    assert both(db, sofia, carla) is None


def test_neither_does_one_whose_time_is_over_though_nobody_has_ended_it(db, sofia, carla):
    make_proposal(db, make_request(db, sofia), carla, expires_at=now() - timedelta(minutes=1))
    assert both(db, sofia, carla) is None


def test_an_open_invitation_ties_until_there_is_a_proposal(db, sofia, carla):
    wanted = make_request(db, sofia, title="Spanish")
    make_invitation(db, wanted, carla)
    assert both(db, sofia, carla) == Tie(TieKind.INVITATION, "Spanish")
    make_proposal(db, make_request(db, sofia, title="French"), carla)
    assert both(db, sofia, carla) == Tie(TieKind.PROPOSAL, "French")


def test_an_invitation_that_is_over_ties_nobody(db, sofia, carla):
    make_invitation(db, make_request(db, sofia), carla, status=InvitationStatus.DECLINED)
    make_invitation(db, make_request(db, sofia, status=RequestStatus.CLOSED), carla)
    assert both(db, sofia, carla) is None


def test_the_newest_one_is_told(db, sofia, carla):
    for title in ("First", "Second"):
        make_proposal(db, make_request(db, sofia, title=title), carla)
    assert both(db, sofia, carla) == Tie(TieKind.PROPOSAL, "Second")


def test_the_other_sides_of_the_same_two_are_another_matter(db, dora, carla):
    make_proposal(db, make_request(db, dora), carla)
    assert ties(db, dora.id, Side.COACH, [carla.id], at=now()) == {}
