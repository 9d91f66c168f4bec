"""Two who review each other at once, and the clock meanwhile: each review is published once."""

import threading
from datetime import timedelta

import pytest

from app.clock import now
from app.jobs.reviews import look_after_reviews
from db.models.contracts import Contract, ContractStatus
from db.models.events import Event
from db.models.notices import Notice
from db.models.profiles import CoachProfile
from db.models.reviews import Review
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, make_review, on_the_slot
from tests.races.conftest import Round
from tests.thorough import ROUNDS

pytestmark = pytest.mark.usefixtures("real_database")


@pytest.fixture
def contracts(real_database, db, sofia, carla):
    made = []
    for number in range(ROUNDS):
        contract = make_contract(
            db, sofia, carla, status=ContractStatus.ENDED_EARLY, ended_at=now(), sessions=1
        )
        at = on_the_slot(now() - timedelta(days=2, hours=2 * number))
        bring(db, contract, 1, to=SessionStatus.COMPLETED, starts_at=at)
        made.append(Round(number, contract.id, 0, 0, 0))
    return made


def check(db, carla, *, reviews):
    db.expire_all()
    assert db.query(Review).filter(Review.published_at.is_(None)).count() == 0
    assert db.query(Event).filter_by(name="review.published").count() == reviews
    assert db.query(Notice).filter_by(name="review_published").count() == reviews
    given = db.query(Review).filter_by(side="student").all()
    mean = (200 * sum(one.stars for one in given) + len(given)) // (2 * len(given))
    coach = db.get(CoachProfile, carla.id)
    assert (coach.rating, coach.review_count) == (mean, len(given))


def test_both_at_once_publish_both_once(race, presses, db, contracts, sofia, carla):
    one = presses(sofia, "/contracts/{request}/review", stars="4", text="Good.")
    other = presses(carla, "/contracts/{request}/review", stars="5", text="Good, too.")
    found = race(contracts, one, other)
    assert {answer.status for pair in found for answer in pair} == {303}
    check(db, carla, reviews=2 * ROUNDS)


def test_twice_at_once_is_one(race, presses, db, contracts, sofia):
    one = presses(sofia, "/contracts/{request}/review", stars="4")
    other = presses(sofia, "/contracts/{request}/review", stars="1")
    found = race(contracts, one, other)
    assert {tuple(sorted(each.status for each in pair)) for pair in found} == {(303, 409)}
    assert db.query(Review).count() == ROUNDS


def test_the_clock_and_the_other_author(
    race, presses, db, settings, real_database, contracts, sofia, carla
):
    """Sofia's ongoing review falls due while Carla writes hers."""
    for here in contracts:
        contract = db.get(Contract, here.request)
        make_review(db, contract, sofia, stars=3, is_ongoing=True, opens_at=now())
    db.commit()
    writes = presses(carla, "/contracts/{request}/review", stars="5")

    def tick(here):
        look_after_reviews(settings, real_database, threading.Event())

    found = race(contracts, writes, tick)
    assert {answer.status for answer, _ in found} == {303}
    check(db, carla, reviews=2 * ROUNDS)
