"""What is kept of a coach's reviews is what a recount says, however they came."""

import random
import threading
from datetime import timedelta

import pytest

from app.actions.reviews import rate_coach
from app.clock import now
from app.jobs.reviews import look_after_reviews
from db.models.contracts import ContractStatus
from db.models.profiles import CoachProfile
from db.queries import ratings
from tests.contract_factories import make_contract, make_review

DAY = timedelta(days=1)


@pytest.fixture
def run(settings, database, db):
    def run_once():
        db.commit()
        look_after_reviews(settings, database, threading.Event())
        db.expire_all()

    return run_once


@pytest.mark.parametrize("seed", range(5))
def test_what_is_kept_of_a_coach_equals_a_recount(db, run, sofia, carla, cole, seed):
    """Reviews written, opened and sealed in any order, for two coaches."""
    chance = random.Random(seed)
    given = {carla.id: [], cole.id: []}
    for _ in range(chance.randint(1, 9)):
        coach = chance.choice([carla, cole])
        ended_at = now() - chance.choice([1, 13, 14, 30]) * DAY
        contract = make_contract(
            db, sofia, coach, status=ContractStatus.COMPLETED, ended_at=ended_at
        )
        stars = chance.randint(1, 5)
        author = chance.choice([sofia, sofia, coach])
        make_review(db, contract, author, stars=stars)
        if author is sofia and ended_at + 14 * DAY <= now():
            given[coach.id].append(stars)
        if chance.random() < 0.3:
            run()
    run()
    for coach_id, stars in given.items():
        coach = db.get(CoachProfile, coach_id)
        mean = round(100 * sum(stars) / len(stars) + 1e-9) if len(stars) >= 3 else None
        assert (coach.rating, coach.review_count) == (mean, len(stars))
        assert ratings.rating_of(db, coach_id, now()).average == mean
        rate_coach(db, coach_id, now())
        assert (coach.rating, coach.review_count) == (mean, len(stars))
