"""What must hold of all that is stored, whatever happened meanwhile."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from db.base import Base
from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerLine, LedgerTransaction
from db.models.messages import Message
from db.models.payments import Payment
from db.models.profiles import CoachProfile
from db.models.reviews import Review
from db.models.session_states import SessionStatus
from db.models.threads import Thread
from tests.races import history
from tests.rating_sums import assert_summed
from tests.search_entries import assert_indexed


def faults(db: Session) -> list[str]:
    """Every sentence that does not hold of what is stored."""
    assert_indexed(db)
    assert_summed(db)
    checks = (history.faults, _strays, _threads, _ledger, _contracts, _ratings)
    return [fault for check in checks for fault in check(db)]


def _strays(db: Session) -> Iterator[str]:
    """Rows that point to nothing; asked by statement, and not of what watches over it."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            there = key.referred_table.alias()
            pairs = [(one.parent, there.c[one.column.name]) for one in key.elements]
            joined = table.outerjoin(there, and_(*(here == far for here, far in pairs)))
            lost = and_(*(here.is_not(None) for here, _ in pairs), pairs[0][1].is_(None))
            count = db.scalar(select(func.count()).select_from(joined).where(lost))
            if count:
                yield f"{count} rows of {table.name} point to no {key.referred_table.name}"


def _threads(db: Session) -> Iterator[str]:
    numbers = defaultdict(list)
    for message in db.execute(select(Message.thread_id, Message.number, Message.sender_id)):
        numbers[message.thread_id].append((message.number, message.sender_id))
    for thread in db.scalars(select(Thread)):
        found = sorted(numbers[thread.id])
        if [number for number, _ in found] != list(range(1, thread.last_number + 1)):
            yield f"thread {thread.id} counts {thread.last_number}, and has {len(found)} messages"
        for person, read, waits in (
            (thread.student_id, thread.student_read, thread.student_waits_at),
            (thread.coach_id, thread.coach_read, thread.coach_waits_at),
        ):
            unread = sum(sender != person and number > read for number, sender in found)
            if unread == 0 and waits is not None:
                yield f"thread {thread.id}: {person} waits to be told of nothing"


def _ledger(db: Session) -> Iterator[str]:
    sums: Counter[tuple[int, str]] = Counter()
    for line in db.scalars(select(LedgerLine)):
        sums[line.transaction_id, line.currency] += line.amount
    yield from (f"posting {key} sums to {amount}" for key, amount in sums.items() if amount)
    posted = {one.session_id: one.id for one in db.scalars(select(LedgerTransaction))}
    if len(posted) != db.scalar(select(func.count(LedgerTransaction.id))):
        yield "a session was posted twice"
    owed = set(db.scalars(select(Payment.transaction_id)))
    if owed != set(posted.values()) or owed != {number for number, _ in sums}:
        yield "a posting without lines or payment, or the other way round"
    counted = SessionStatus.COMPLETED
    completed = set(db.scalars(select(LearningSession.id).filter_by(status=counted)))
    if completed != posted.keys():
        yield f"completed and not posted, or the other way round: {completed ^ posted.keys()}"


def _contracts(db: Session) -> Iterator[str]:
    sessions = defaultdict(list)
    for session in db.scalars(select(LearningSession)):
        sessions[session.contract_id].append(session)
    for contract in db.scalars(select(Contract)):
        there = sessions[contract.id]
        if len(there) != contract.sessions:
            yield f"contract {contract.id} has {len(there)} of {contract.sessions} sessions"
        is_over = all(one.status is SessionStatus.COMPLETED for one in there)
        if is_over != (contract.ended_at is not None):
            yield f"contract {contract.id} is over, or not, and does not know"


def _ratings(db: Session) -> Iterator[str]:
    stars = defaultdict(list)
    for review in db.scalars(select(Review)):
        if review.published_at and review.side is Side.STUDENT:
            stars[review.about_id].append(review.stars)
    for coach in db.scalars(select(CoachProfile)):
        if coach.review_count != len(stars[coach.account_id]):
            yield f"coach {coach.account_id} has {coach.review_count} reviews by count"
