"""What is said of the demo world's learning agrees: times, claims, ledger, payments and reviews."""

from collections import Counter, defaultdict
from datetime import timedelta

from sqlalchemy import func, select

from app.fees import fee_of
from db.models.accounts import Side
from db.models.contracts import RUNNING_CONTRACTS, Contract, ContractStatus
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerAccount, LedgerAccountKind, LedgerLine, LedgerTransaction
from db.models.payments import Payment, PaymentStatus
from db.models.profiles import CoachProfile
from db.models.reviews import ONGOING_FROM, REVIEWED_WITHIN, Review
from db.models.session_claims import SessionClaim
from db.models.session_states import (
    ANSWERED_WITHIN,
    CONFIRMED_WITHIN,
    DISPUTED,
    FINISHED,
    SLOT,
    SessionStatus,
)
from db.queries.ratings import rating_of
from tests.seeds.conftest import NOW
from tests.seeds.test_demo import account

Status = SessionStatus
TAKES_TIME = (Status.SCHEDULED, Status.ENDED, Status.COMPLETED, *DISPUTED)


def held(world):
    """Each session with its contract, in the order of their numbers."""
    return world.execute(
        select(Contract, LearningSession)
        .join(LearningSession, LearningSession.contract_id == Contract.id)
        .order_by(Contract.id, LearningSession.number)
    ).all()


def sessions_of(world, name, side):
    person = account(world, name).id
    column = LearningSession.student_id if side == "student" else LearningSession.coach_id
    return world.scalars(select(LearningSession).where(column == person)).all()


def test_contracts_have_as_many_sessions_as_were_agreed_on_and_end_with_the_last(world):
    found = defaultdict(list)
    for contract, session in held(world):
        found[contract].append(session)
        assert session.student_id == contract.student_id
        assert session.coach_id == contract.coach_id
    for contract, sessions in found.items():
        assert [one.number for one in sessions] == list(range(1, contract.sessions + 1))
        is_done = all(one.status in FINISHED for one in sessions)
        assert is_done == (contract.status not in RUNNING_CONTRACTS)
        if contract.status == ContractStatus.COMPLETED:
            assert contract.ended_at == max(one.finished_at for one in sessions)
        assert bool(contract.end_reason) == (contract.status == ContractStatus.ENDED_EARLY)
        assert (contract.paused_at is None) == (contract.status != ContractStatus.PAUSED)
    assert len(found) == world.scalar(select(func.count(Contract.id)))


def test_sessions_have_the_times_of_their_state_and_stand_there_by_the_clock_too(world):
    seen = set()
    for contract, one in held(world):
        seen.add(one.status)
        assert one.status_at(NOW) == one.status
        assert contract.created_at <= one.updated_at <= NOW
        assert (one.finished_at is not None) == (one.status in FINISHED)
        assert (one.reported_at is not None) == (one.status in DISPUTED)
        if one.starts_at:
            assert one.starts_at.timestamp() % SLOT.total_seconds() == 0
            assert one.starts_at > contract.created_at
            assert one.ends_at - one.starts_at == timedelta(minutes=contract.minutes)
            assert one.confirm_by == one.ends_at + CONFIRMED_WITHIN
            assert one.cancel_by == one.starts_at - timedelta(hours=contract.cancellation_hours)
        if one.status in (Status.UNSCHEDULED, Status.VOID):
            assert one.starts_at is None
        if one.status == Status.PROPOSED:
            until = (one.offered_at + ANSWERED_WITHIN, one.offered_starts_at, one.starts_at)
            assert one.answer_by == min(moment for moment in until if moment)
            assert one.offer and one.offered_by
        else:
            assert one.offered_starts_at is one.answer_by is None
        if one.status == Status.COMPLETED:
            assert one.ends_at <= one.finished_at <= one.confirm_by
    assert seen == set(Status) - {Status.RESOLVED}


def test_nobody_is_in_two_sessions_at_once_and_every_time_is_claimed(world):
    wanted = Counter()
    for _, one in held(world):
        if one.status in TAKES_TIME or (one.status == Status.PROPOSED and one.starts_at):
            first = int(one.starts_at.timestamp()) // 300
            for slot in range(first, -(-int(one.ends_at.timestamp()) // 300)):
                wanted[one.student_id, slot, one.id] += 1
                wanted[one.coach_id, slot, one.id] += 1
    claimed = Counter(
        (one.account_id, one.slot, one.session_id) for one in world.scalars(select(SessionClaim))
    )
    assert claimed == wanted
    assert max(Counter((person, slot) for person, slot, _ in wanted).values()) == 1


def test_the_ledger_holds_what_was_completed_and_sums_to_zero(world):
    contracts = {one.id: one for one in world.scalars(select(Contract))}
    owed = {
        one.id: contract
        for contract, one in held(world)
        if one.status == Status.COMPLETED
        or (one.status == Status.CANCELLED_LATE and one.cancelled_by == Side.STUDENT)
    }
    posted = {one.session_id: one for one in world.scalars(select(LedgerTransaction))}
    assert posted.keys() == owed.keys()
    lines = defaultdict(dict)
    for line, holder in world.execute(
        select(LedgerLine, LedgerAccount).join(
            LedgerAccount, LedgerAccount.id == LedgerLine.account_id
        )
    ):
        assert line.currency == holder.currency
        lines[line.transaction_id][holder.kind] = (holder.owner_id, line.amount, line.currency)
    for session_id, transaction in posted.items():
        contract = contracts[transaction.contract_id]
        assert contract is owed[session_id] and transaction.key == f"session:{session_id}"
        price, fee, currency = contract.price, fee_of(contract.price), contract.currency
        assert lines[transaction.id] == {
            LedgerAccountKind.SPENT: (contract.student_id, -price, currency),
            LedgerAccountKind.EARNED: (contract.coach_id, price - fee, currency),
            LedgerAccountKind.FEES: (0, fee, currency),
        }
    total = select(func.sum(LedgerLine.amount)).group_by(LedgerLine.currency)
    assert set(world.scalars(total)) == {0}


def test_every_posting_has_its_payment(world):
    payments = {one.transaction_id: one for one in world.scalars(select(Payment))}
    for posted in world.scalars(select(LedgerTransaction)):
        payment = payments.pop(posted.id)
        contract = world.get(Contract, payment.contract_id)
        assert (payment.amount, payment.currency) == (contract.price, contract.currency)
        assert payment.session_id == posted.session_id
        assert payment.created_at == posted.posted_at
        assert (payment.paid_at is None) == (payment.status == PaymentStatus.DUE)
        assert (payment.received_at is not None) == (payment.status == PaymentStatus.RECEIVED)
        times = [payment.created_at, payment.paid_at, payment.received_at]
        assert [at for at in times if at] == sorted(at for at in times if at)
    assert not payments
    used = set(world.scalars(select(Payment.status).distinct()))
    assert used == {PaymentStatus.DUE, PaymentStatus.PAID, PaymentStatus.RECEIVED}


def test_reviews_are_open_or_sealed_as_they_must_be(world):
    both = defaultdict(list)
    for review in world.scalars(select(Review)):
        contract = world.get(Contract, review.contract_id)
        both[contract].append(review)
        assert review.side == contract.side_of(review.author_id)
        assert review.about_id == contract.other_of(review.author_id)
        assert review.written_at <= NOW
        assert (review.published_at is None) == (review.replied_at is None) or not review.reply
        assert review.is_ongoing == (contract.ended_at is None)
        began = contract.ended_at or review.written_at
        assert began <= review.written_at <= review.opens_at == began + REVIEWED_WITHIN
    for contract, reviews in both.items():
        done = select(func.count()).where(
            LearningSession.contract_id == contract.id, LearningSession.status == Status.COMPLETED
        )
        assert world.scalar(done) >= (1 if contract.ended_at else ONGOING_FROM)
        last = max(one.written_at for one in reviews)
        for one in reviews:
            opened = last if len(reviews) == 2 else one.opens_at
            assert one.published_at == (opened if opened <= NOW else None)
    sealed = [one for reviews in both.values() for one in reviews if not one.published_at]
    assert {one.side for one in sealed} == set(Side)
    assert any(one.reply for reviews in both.values() for one in reviews)


def test_ratings_equal_a_recount_and_appear_from_three_reviews_on(world):
    rated = new = 0
    for coach in world.scalars(select(CoachProfile)):
        given = rating_of(world, coach.account_id, NOW)
        assert (coach.rating, coach.review_count) == (given.average, given.count)
        rated += coach.rating is not None
        new += coach.rating is None
    assert rated >= 3 and new > rated
    carla, dora = (world.get(CoachProfile, account(world, name).id) for name in ("carla", "dora"))
    assert carla.review_count >= 6 and 300 < carla.rating < 500
    assert dora.rating is None and dora.review_count == 2


def test_carla_has_earned_in_nearly_every_month_of_a_year(world):
    carla = account(world, "carla").id
    posted = world.scalars(
        select(LedgerTransaction.posted_at)
        .join(LedgerLine, LedgerLine.transaction_id == LedgerTransaction.id)
        .join(LedgerAccount, LedgerAccount.id == LedgerLine.account_id)
        .where(LedgerAccount.owner_id == carla)
    ).all()
    assert len({(at.year, at.month) for at in posted}) >= 11


def test_everybody_who_is_shown_around_has_something_to_do(world):
    for name, side, waits in (
        ("sofia", "student", {Status.ENDED, Status.SCHEDULED, Status.PROPOSED}),
        ("carla", "coach", {Status.ENDED, Status.SCHEDULED, Status.PROPOSED}),
        ("dora", "coach", {Status.ENDED, Status.SCHEDULED, Status.PROPOSED}),
        ("dora", "student", {Status.ENDED, Status.PROPOSED}),
        ("sam", "student", {Status.PROPOSED, Status.NO_SHOW_COACH}),
        ("cole", "coach", {Status.SCHEDULED}),
    ):
        found = sessions_of(world, name, side)
        assert waits <= {one.status for one in found}, (name, side)
        assert any(one.status == Status.COMPLETED for one in found), (name, side)
    soon = min(
        one.starts_at
        for one in sessions_of(world, "carla", "coach")
        if one.status == Status.SCHEDULED and one.starts_at > NOW
    )
    assert soon - NOW < timedelta(hours=1)


def test_history_of_contracts_and_sessions_ends_where_they_stand(world):
    stands = {}
    for event in world.scalars(select(Event).order_by(Event.id)):
        if event.to_status:
            stands[event.subject, event.subject_id] = event.to_status
    for contract, session in held(world):
        assert stands["contract", contract.id] == contract.status
        if session.status != Status.UNSCHEDULED:
            assert stands["session", session.id] == session.status
