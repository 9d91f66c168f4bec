from collections import Counter

import pytest
from sqlalchemy import func, select

from app.onboarding import missing
from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.experiences import Experience
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerLine, LedgerTransaction
from db.models.messages import Message
from db.models.portfolio_items import PortfolioLink
from db.models.profiles import CoachProfile, StudentSkill
from db.models.proposals import LIVE, Proposal, ProposalStatus
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from db.models.skills import Skill
from db.models.threads import Thread
from db.queries.coach_profiles import filled
from db.queries.ratings import rating_of
from db.seeds.demo import plant
from db.seeds.load import fill
from tests.search_entries import assert_indexed
from tests.seeds.conftest import NOW

SIZE = 300


@pytest.fixture
def told():
    return []


@pytest.fixture
def crowd(database, told):
    fill(
        database,
        SIZE,
        now=NOW,
        password_hash="hash",
        progress=lambda done, total: told.append((done, total)),
    )
    with database.reading() as db:
        yield db


def count_of(db, *where):
    return db.scalar(select(func.count()).where(*where))


def count(db, model):
    return db.scalar(select(func.count()).select_from(model))


def test_a_crowd_has_the_size_that_was_asked_for(crowd, told):
    assert count(crowd, LearningRequest) == SIZE
    assert count(crowd, CoachProfile) == SIZE / 5
    assert SIZE * 3 < count(crowd, Proposal) <= SIZE * 5
    assert count(crowd, Message) == 10 * count(crowd, Thread) > SIZE * 9
    assert told[-1] == (SIZE + SIZE // 5, SIZE + SIZE // 5)


def test_requests_of_a_crowd_can_be_found(crowd):
    assert_indexed(crowd)
    for wanted in crowd.scalars(select(LearningRequest)):
        assert 10 <= len(wanted.title) <= 120
        assert len(wanted.description) >= 50


def test_proposals_of_a_crowd_fit_their_requests(crowd):
    chosen = Counter()
    for wanted, proposal in crowd.execute(
        select(LearningRequest, Proposal).join(Proposal, Proposal.request_id == LearningRequest.id)
    ):
        assert proposal.currency == wanted.currency
        assert wanted.posted_at < proposal.submitted_at <= NOW
        assert (proposal.ended_at is None) == (proposal.status in LIVE)
        chosen[wanted.id] += proposal.status == ProposalStatus.ACCEPTED
        if wanted.status != RequestStatus.OPEN:
            assert proposal.status not in LIVE
    for wanted in crowd.scalars(select(LearningRequest)):
        assert chosen[wanted.id] == (wanted.status == RequestStatus.FILLED)


def test_talks_of_a_crowd_are_counted_right(crowd):
    for thread in crowd.scalars(select(Thread)):
        said = crowd.scalars(
            select(Message).where(Message.thread_id == thread.id).order_by(Message.number)
        ).all()
        assert [one.number for one in said] == list(range(1, thread.last_number + 1))
        assert thread.last_text == said[-1].text[:200]
        assert thread.last_message_at == said[-1].created_at <= NOW
        assert thread.student_wrote_at == min(
            one.created_at for one in said if one.sender_id == thread.student_id
        )


def test_a_crowd_can_move_in_beside_the_demo_world(database):
    with database.writing() as db:
        plant(db, now=NOW, password_hash="hash", progress=lambda done, total: None)
        before = count(db, Account)
    for size in (0, 20, 7):
        fill(database, size, now=NOW, password_hash="hash", progress=lambda done, total: None)
    with database.writing() as db:
        assert count(db, Account) > before
        newcomer = Skill(name="Whistling", folded="whistling", created_at=NOW)
        db.add(newcomer)
        db.flush()
        assert newcomer.id == db.scalar(select(func.max(Skill.id)))


def test_coaches_of_a_crowd_have_every_step_that_is_asked_for(crowd):
    for coach in crowd.scalars(select(CoachProfile)):
        assert missing(filled(crowd, coach.account_id)) == []
        assert coach.guidelines_accepted_at == coach.submitted_at < coach.approved_at
    for model in (Experience, PortfolioLink, StudentSkill):
        assert count(crowd, model)


def test_whoever_was_chosen_in_a_crowd_learns_and_the_ledger_agrees(crowd):
    chosen = count_of(crowd, Proposal.status == ProposalStatus.ACCEPTED)
    assert count(crowd, Contract) == chosen > 20
    assert count(crowd, LearningSession) == crowd.scalar(select(func.sum(Contract.sessions)))
    sessions = Counter(crowd.scalars(select(LearningSession.status)))
    assert sessions[SessionStatus.COMPLETED] == count(crowd, LedgerTransaction) > 20
    assert sessions[SessionStatus.SCHEDULED] > 5
    assert crowd.scalar(select(func.sum(LedgerLine.amount))) == 0
    assert count(crowd, SessionClaim) > 0  # the key has seen to it that none overlap
    for coach in crowd.scalars(select(CoachProfile)):
        given = rating_of(crowd, coach.account_id, NOW)
        assert (coach.rating, coach.review_count) == (given.average, given.count)
