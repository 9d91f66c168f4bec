"""Two contracts take overlapping times of the same people at the same moment, on both databases.

Twenty rounds, two hundred in `./test full`. Which of the two gets the time is left to chance; that
they never both do, and that whoever lost reads why, is not.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from app.clock import now
from db.models.accounts import Side
from db.models.learning_sessions import LearningSession
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot
from tests.thorough import ROUNDS

pytestmark = pytest.mark.usefixtures("real_database")

OFF = (0, 30, 55, -5, -55)  # minutes by which the two times lie apart, of an hour each


@dataclass(frozen=True)
class Pair:
    """A session of each contract, whose offered times overlap."""

    number: int
    one: int
    other: int


@pytest.fixture
def pairs(db, sofia, sam, carla, dora):
    """Carla teaches Sofia; Sam is taught by her in every even round, and Sofia by Dora in others.

    So the two contracts share now their coach, now their student.
    """
    first = make_contract(db, sofia, carla, sessions=ROUNDS)
    second = make_contract(db, sam, carla, sessions=ROUNDS)
    third = make_contract(db, sofia, dora, sessions=ROUNDS)
    made, start = [], on_the_slot(now() + timedelta(days=3))
    for number in range(1, ROUNDS + 1):
        start += timedelta(hours=3)
        apart = start + timedelta(minutes=OFF[number % len(OFF)])
        proposed = {"to": SessionStatus.PROPOSED, "offered_by": Side.COACH}
        one = bring(db, first, number, offered_starts_at=start, **proposed)
        against = third if number % 2 else second
        other = bring(db, against, number, offered_starts_at=apart, **proposed)
        made.append(Pair(number, one.id, other.id))
    return made


def test_nobody_is_ever_in_two_sessions_at_once(db, race, presses, pairs, sofia, sam):
    agrees = presses(sofia, "/sessions/{one}/agree", offer="1")
    by_sam = presses(sam, "/sessions/{other}/agree", offer="1")
    by_sofia = presses(sofia, "/sessions/{other}/agree", offer="1")
    came = race(pairs, agrees, lambda here: (by_sofia if here.number % 2 else by_sam)(here))
    for answers in came:
        assert sorted(one.status for one in answers) == [303, 409], answers
        lost = next(one for one in answers if one.status == 409)
        assert "cannot then" in lost.text or "You are in session" in lost.text, lost
    db.expire_all()
    held = defaultdict(list)
    agreed = db.scalars(
        select(LearningSession).where(LearningSession.status == SessionStatus.SCHEDULED)
    ).all()
    assert len(agreed) == ROUNDS
    for session in agreed:
        for account_id in (session.student_id, session.coach_id):
            held[account_id].append((session.starts_at, session.ends_at))
    for times in held.values():
        times.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(times))
    claimed = db.scalars(select(SessionClaim.session_id)).all()
    assert len(claimed) == 24 * ROUNDS and set(claimed) == {one.id for one in agreed}
