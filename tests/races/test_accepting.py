"""Accepting against everything else that ends or changes a proposal: one wins, the other is told.

Twenty rounds each, two hundred in `./test full`. Which of the two wins is left to chance; that they
never both do, that whoever lost reads why, and that what is written down fits together is not.
"""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.clock import now
from app.jobs.learning_requests import meet_deadlines
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.proposals import Proposal, ProposalStatus
from tests.races.history import faults

pytestmark = pytest.mark.usefixtures("real_database")

EDITED = {
    "message": "We would speak from the first minute, and I have made it cheaper for you. " * 2,
    "sessions": "6", "minutes": "60", "price": "17", "version": "1",
}  # fmt: skip


@pytest.fixture
def accepts(presses, sofia):
    return presses(sofia, "/proposals/{carlas}/accept", version="1")


def wait_until(moment):
    while now() < moment:  # not by sleeping, which would wake up too late for a race
        pass


def check(db, rounds, came, *, wins):
    """Exactly one of the two won each round, the other was told; `wins` is what either left.

    `wins` maps whether the acceptance won to the states of the request, Carla's, Cole's proposal.
    """
    for here, (accepted, other) in zip(rounds, came, strict=True):
        assert sorted([accepted.status, other.status]) == [303, 409], (accepted, other)
        lost = accepted if accepted.status == 409 else other
        assert lost.texts("h1"), "the other one is told what happened"
        carlas, coles = (db.get(Proposal, number) for number in (here.carlas, here.coles))
        left = (db.get(LearningRequest, here.request).status, carlas.status, coles.status)
        assert left == wins[accepted.status == 303]
    assert not faults(db)


TAKEN = (RequestStatus.FILLED, ProposalStatus.ACCEPTED, ProposalStatus.NOT_SELECTED)
WAITS = ProposalStatus.SUBMITTED
RAN_OUT = {
    LearningRequest: (RequestStatus.EXPIRED, ProposalStatus.EXPIRED, ProposalStatus.EXPIRED),
    Proposal: (RequestStatus.OPEN, ProposalStatus.EXPIRED, WAITS),
}
# How long before its deadline somebody presses: some too late on the fastest machine, some in time
# on the slowest.
AHEAD = tuple(timedelta(milliseconds=ms) for ms in (-8, 0, 1, 2, 4, 8, 16, 64, 1000))
TO_GET_READY = timedelta(milliseconds=8)


def test_against_withdrawing(db, rounds, carla, presses, accepts, race):
    came = race(rounds, accepts, presses(carla, "/proposals/{carlas}/withdraw"))
    untaken = (RequestStatus.OPEN, ProposalStatus.WITHDRAWN, WAITS)
    check(db, rounds, came, wins={True: TAKEN, False: untaken})


def test_against_changing_it(db, rounds, carla, presses, accepts, race):
    came = race(rounds, accepts, presses(carla, "/proposals/{carlas}/edit", **EDITED))
    check(db, rounds, came, wins={True: TAKEN, False: (RequestStatus.OPEN, WAITS, WAITS)})
    for here, (accepted, _) in zip(rounds, came, strict=True):
        carlas = db.get(Proposal, here.carlas)
        was_first = accepted.status == 303
        assert (carlas.version, carlas.price) == ((1, 1800) if was_first else (2, 1700))


def test_against_closing(db, rounds, sofia, presses, accepts, race):
    came = race(rounds, accepts, presses(sofia, "/requests/{request}/close", reason="not_needed"))
    nothing = (RequestStatus.CLOSED, ProposalStatus.EXPIRED, ProposalStatus.EXPIRED)
    check(db, rounds, came, wins={True: TAKEN, False: nothing})


def test_against_accepting_another(db, rounds, sofia, presses, accepts, race):
    came = race(rounds, accepts, presses(sofia, "/proposals/{coles}/accept", version="1"))
    others = (RequestStatus.FILLED, ProposalStatus.NOT_SELECTED, ProposalStatus.ACCEPTED)
    check(db, rounds, came, wins={True: TAKEN, False: others})
    assert all(
        db.get(Proposal, here.doras).status is ProposalStatus.NOT_SELECTED for here in rounds
    )


def test_against_accepting_the_same_again(db, rounds, sofia, presses, accepts, race):
    again = presses(sofia, "/proposals/{carlas}/accept", version="1")
    came = race(rounds, accepts, again)
    check(db, rounds, came, wins={True: TAKEN, False: TAKEN})


def test_against_declining(db, rounds, sofia, presses, accepts, race):
    came = race(rounds, accepts, presses(sofia, "/proposals/{carlas}/decline", reason="price"))
    declined = (RequestStatus.OPEN, ProposalStatus.DECLINED, WAITS)
    check(db, rounds, came, wins={True: TAKEN, False: declined})


@pytest.mark.parametrize("model", [LearningRequest, Proposal])
def test_against_a_deadline(settings, real_database, db, rounds, accepts, race, model):
    """Some press before it, some a moment after; the sweeper comes when it has passed."""
    due = {}

    def ahead(here):
        return AHEAD[here.number % len(AHEAD)]

    def sets_the_clock(here):
        due[here] = now() + max(ahead(here), TO_GET_READY) + TO_GET_READY
        number = here.request if model is LearningRequest else here.carlas
        db.execute(update(model).where(model.id == number).values(expires_at=due[here]))
        db.commit()

    def accepts_in_time(here):
        wait_until(due[here] - ahead(here))
        return accepts(here)

    def sweeps(here):
        wait_until(due[here])
        meet_deadlines(settings, real_database, threading.Event())

    came = race(rounds, accepts_in_time, sweeps, before=sets_the_clock)
    meet_deadlines(settings, real_database, threading.Event())  # whom it found held, it skipped
    db.expire_all()
    assert Counter(accepted.status for accepted, _ in came).keys() == {303, 409}
    for here, (accepted, _) in zip(rounds, came, strict=True):
        was_first = accepted.status == 303
        assert was_first or accepted.texts("h1"), "who came too late is told"
        carlas, coles = (db.get(Proposal, number) for number in (here.carlas, here.coles))
        left = (db.get(LearningRequest, here.request).status, carlas.status, coles.status)
        assert left == (TAKEN if was_first else RAN_OUT[model])
    assert not faults(db)


@pytest.mark.parametrize(
    ("path", "left"),
    [("/requests/{request}/pause", "paused"), ("/proposals/{carlas}/shortlist", "shortlisted")],
)
def test_what_ends_nothing_comes_before_it_or_not_at_all(
    db, rounds, sofia, presses, accepts, race, path, left
):
    came = race(rounds, accepts, presses(sofia, path))
    assert {accepted.status for accepted, _ in came} == {303}, f"{left} ones can be accepted"
    assert Counter(other.status for _, other in came).keys() <= {303, 409}
    assert all(db.get(Proposal, here.carlas).is_accepted for here in rounds)
    assert not faults(db)
