"""Contracts and their sessions, in whatever state a test begins with."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.scopes import LOADED
from app.actions.ledger import post_session
from app.clock import now
from app.fees import FEE
from db.models.accounts import Account, Side
from db.models.contracts import Contract, ContractStatus
from db.models.learning_requests import RequestStatus
from db.models.learning_sessions import LearningSession
from db.models.ledger import PostingKind
from db.models.payments import Payment
from db.models.proposals import ProposalStatus
from db.models.reviews import REVIEWED_WITHIN, Review
from db.models.session_claims import SessionClaim
from db.models.session_states import (
    ANSWERED_WITHIN,
    CONFIRMED_WITHIN,
    DISPUTED,
    FINISHED,
    SLOT,
    SessionStatus,
)
from tests.factories import make_proposal, make_request
from tests.profile_factories import stored

TAKES_TIME = (SessionStatus.SCHEDULED, SessionStatus.ENDED, SessionStatus.COMPLETED, *DISPUTED)


def make_contract(db: Session, student: Account, coach: Account, **but: Any) -> Contract:
    """An active contract of six sessions of an hour, with the request and proposal behind it.

    `title` is the request's; everything else is the contract's.
    """
    began = but.setdefault("created_at", now() - timedelta(days=7))
    title = but.pop("title", "Conversational Spanish before I move to Madrid")
    for name, value in (
        ("sessions", 6), ("minutes", 60), ("price", 1800), ("currency", "USD"),
        ("fee", FEE), ("cancellation_hours", 12), ("status", ContractStatus.ACTIVE),
    ):  # fmt: skip
        but.setdefault(name, value)
    terms = {name: but[name] for name in ("sessions", "minutes", "price", "currency")}
    wanted = make_request(
        db, student, title=title, currency=but["currency"], status=RequestStatus.FILLED,
        created_at=began - timedelta(days=3), posted_at=began - timedelta(days=3), ended_at=began,
    )  # fmt: skip
    proposal = make_proposal(
        db, wanted, coach, status=ProposalStatus.ACCEPTED, ended_at=began, **terms
    )
    if but["status"] in (ContractStatus.COMPLETED, ContractStatus.ENDED_EARLY):
        but.setdefault("ended_at", now())
    contract = stored(
        db,
        Contract(
            request_id=wanted.id, proposal_id=proposal.id, proposal_version=1,
            student_id=student.id, coach_id=coach.id, **but,
        ),
    )  # fmt: skip
    for number in range(1, contract.sessions + 1):
        ids = {"contract_id": contract.id, "student_id": student.id, "coach_id": coach.id}
        stored(db, LearningSession(number=number, updated_at=began, **ids))
    return contract


def session_of(db: Session, contract: Contract, number: int = 1) -> LearningSession:
    return db.query(LearningSession).filter_by(contract_id=contract.id, number=number).one()


def with_contract(db: Session, session: LearningSession) -> LearningSession:
    """The same session with the relations that actions read."""
    db.flush()
    query = select(LearningSession).where(LearningSession.id == session.id)
    query = query.options(*LOADED[LearningSession]).execution_options(populate_existing=True)
    return db.scalars(query).one()


def bring(
    db: Session, contract: Contract, number: int = 1, *, to: SessionStatus, **but: Any
) -> LearningSession:
    """Bring a session into a state as if the two had done it; `starts_at` says when it is.

    By default what is ahead begins in two days and what is over began three hours ago.
    """
    session = session_of(db, contract, number)
    ahead = to in (SessionStatus.PROPOSED, SessionStatus.SCHEDULED)
    start = but.pop("starts_at", None) or on_the_slot(
        now() + (timedelta(days=2) if ahead else -timedelta(hours=3))
    )
    if to is SessionStatus.PROPOSED:
        but.setdefault("offer", session.offer + 1)
        but.setdefault("offered_by", Side.COACH)
        but.setdefault("offered_at", now())
        but.setdefault("offered_starts_at", start)
        but.setdefault("answer_by", min(now() + ANSWERED_WITHIN, start))
    elif to not in (SessionStatus.UNSCHEDULED, SessionStatus.VOID):
        end = start + timedelta(minutes=contract.minutes)
        but = {
            "starts_at": start,
            "ends_at": end,
            "cancel_by": start - timedelta(hours=contract.cancellation_hours),
            "confirm_by": end + CONFIRMED_WITHIN,
        } | but
    if to in DISPUTED:
        but = {"reported_by": Side.STUDENT, "report": "", "reported_at": now()} | but
    if to in FINISHED:
        but.setdefault("finished_at", now())
    for name, value in (but | {"status": to}).items():
        setattr(session, name, value)
    if to in TAKES_TIME:
        claim_time(db, session)
    db.flush()
    return session


def claim_time(db: Session, session: LearningSession) -> None:
    assert session.starts_at and session.ends_at
    length = int(SLOT.total_seconds())
    first = int(session.starts_at.timestamp()) // length
    last = -(-int(session.ends_at.timestamp()) // length)
    for account_id in (session.student_id, session.coach_id):
        for slot in range(first, last):
            db.add(SessionClaim(account_id=account_id, slot=slot, session_id=session.id))


def on_the_slot(at: datetime) -> datetime:
    """The next multiple of five minutes."""
    length = SLOT.total_seconds()
    return datetime.fromtimestamp(-(-at.timestamp() // length) * length, tz=at.tzinfo)


def make_payment(db: Session, contract: Contract, number: int = 1, **but: Any) -> Payment:
    """What is due for a session that was completed and counted; `status` says what came of it."""
    session = session_of(db, contract, number)
    posted = post_session(db, contract, session, PostingKind.SESSION_COMPLETED)
    began = on_the_slot(now() - timedelta(days=number))
    bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=began)
    payment = db.query(Payment).filter_by(transaction_id=posted.id).one()
    for name, value in but.items():
        setattr(payment, name, value)
    db.flush()
    return payment


def make_review(db: Session, contract: Contract, author: Account, **but: Any) -> Review:
    """A sealed review of five stars; `published_at` opens it."""
    but.setdefault("stars", 5)
    but.setdefault("text", "We spoke from the first minute, and I dared to.")
    but.setdefault("written_at", now())
    but.setdefault("opens_at", (contract.ended_at or now()) + REVIEWED_WITHIN)
    return stored(
        db,
        Review(
            contract_id=contract.id, author_id=author.id, about_id=contract.other_of(author.id),
            side=contract.side_of(author.id), **but,
        ),
    )  # fmt: skip
