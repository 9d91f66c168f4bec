"""What the people of a crowd have learned with each other: contracts, sessions, money, reviews."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.contracts import Contract, ContractStatus
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerAccount, LedgerAccountKind
from db.models.payments import Payment, PaymentStatus
from db.models.profiles import CoachProfile
from db.models.reviews import REVIEWED_WITHIN, SHOWN_FROM, Review
from db.models.session_claims import SessionClaim
from db.models.session_states import CONFIRMED_WITHIN, SessionStatus
from db.seeds.contracts import CANCELLATION_HOURS, FEE
from db.seeds.diary import on_the_slot, slots_of
from db.seeds.ledger import kind_of, post
from db.seeds.rows import Rows

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STARS = (5, 5, 5, 4, 4, 3)
WORDS = ("Patient and clear, from the first minute.", "Worth every hour of it.", "")


@dataclass
class Learning:
    """What must be known of all contracts of a crowd: whose days are taken, and what is owed."""

    now: datetime
    chance: Random
    accounts: dict[tuple[int, LedgerAccountKind, str], int] = field(default_factory=dict)
    days: Counter[int] = field(default_factory=Counter)
    stars: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def know_fees(self, db: Session) -> None:
        """The accounts of nobody may be there from before."""
        query = select(LedgerAccount).where(LedgerAccount.owner_id == 0)
        for one in db.scalars(query):
            self.accounts[0, one.kind, one.currency] = one.id


def agree(learning: Learning, rows: Rows, proposal: dict[str, Any], student: int) -> None:
    """The contract of a proposal that was accepted: a session a week, the next one ahead."""
    began, count = proposal["ended_at"], proposal["sessions"]
    done = min(count, max(0, (learning.now - began).days - 4) // 7)
    number = rows.add(
        Contract, request_id=proposal["request_id"], proposal_id=proposal["id"],
        proposal_version=1, student_id=student, coach_id=proposal["coach_id"],
        sessions=count, minutes=proposal["minutes"], price=proposal["price"],
        currency=proposal["currency"], fee=FEE, cancellation_hours=CANCELLATION_HOURS,
        created_at=began,
    )  # fmt: skip
    contract = rows.kept(Contract)[-1]
    for place in range(1, count + 1):
        rows.add(
            LearningSession, contract_id=number, number=place, student_id=student,
            coach_id=proposal["coach_id"], updated_at=began,
        )  # fmt: skip
        session = rows.kept(LearningSession)[-1]
        if place <= done:
            _complete(learning, rows, contract, session, began + place * 7 * DAY)
        elif place == done + 1:
            _schedule(learning, rows, contract, session)
    if done == count:
        contract |= {"status": ContractStatus.COMPLETED, "ended_at": session["finished_at"]}
        _review(learning, rows, contract)


def rate(db: Session, learning: Learning) -> None:
    """What was said of each coach, kept with their profile."""
    rated: list[dict[str, Any]] = [
        {
            "account_id": coach,
            "review_count": len(stars),
            "rating": (200 * sum(stars) + len(stars)) // (2 * len(stars))
            if len(stars) >= SHOWN_FROM
            else None,
        }
        for coach, stars in learning.stars.items()
    ]
    if rated:
        db.execute(update(CoachProfile), rated)


def _complete(
    learning: Learning, rows: Rows, contract: dict[str, Any], session: dict[str, Any], at: datetime
) -> None:
    at = on_the_slot(at - HOUR)
    ends = at + timedelta(minutes=contract["minutes"])
    finished = min(ends + 20 * HOUR, learning.now)
    session |= {
        "status": SessionStatus.COMPLETED, "offer": 1, "sequence": 1, "starts_at": at,
        "ends_at": ends, "cancel_by": at - CANCELLATION_HOURS * HOUR, "ended_at": ends,
        "confirm_by": ends + CONFIRMED_WITHIN, "finished_at": finished, "updated_at": finished,
    }  # fmt: skip
    kind = kind_of(session)
    if kind is None:
        return
    posted = post(rows, learning.accounts, contract, session["id"], kind, finished)
    rows.add(
        Payment, transaction_id=posted, contract_id=contract["id"], session_id=session["id"],
        status=PaymentStatus.RECEIVED, amount=contract["price"], currency=contract["currency"],
        provider="manual", created_at=finished, paid_at=finished, received_at=finished,
    )  # fmt: skip


def _schedule(
    learning: Learning, rows: Rows, contract: dict[str, Any], session: dict[str, Any]
) -> None:
    people = (contract["student_id"], contract["coach_id"])
    # A day that neither has anything on: those of each only ever grow.
    day = max(learning.days[one] for one in people) + 1
    at = on_the_slot(learning.now + day * DAY)
    ends = at + timedelta(minutes=contract["minutes"])
    agreed = max(contract["created_at"], learning.now - DAY)
    session |= {
        "status": SessionStatus.SCHEDULED, "offer": 1, "sequence": 1, "starts_at": at,
        "ends_at": ends, "cancel_by": at - CANCELLATION_HOURS * HOUR,
        "confirm_by": ends + CONFIRMED_WITHIN, "updated_at": agreed,
    }  # fmt: skip
    for one in people:
        learning.days[one] = day
        for slot in slots_of(at, contract["minutes"]):
            rows.add(SessionClaim, account_id=one, slot=slot, session_id=session["id"])


def _review(learning: Learning, rows: Rows, contract: dict[str, Any]) -> None:
    at = contract["ended_at"]
    if at + DAY > learning.now:
        return
    stars = learning.chance.choice(STARS)
    for side, author, about in (
        (Side.STUDENT, contract["student_id"], contract["coach_id"]),
        (Side.COACH, contract["coach_id"], contract["student_id"]),
    ):
        rows.add(
            Review, contract_id=contract["id"], author_id=author, about_id=about, side=side,
            stars=stars, text=learning.chance.choice(WORDS), written_at=at + HOUR,
            opens_at=at + REVIEWED_WITHIN, published_at=at + HOUR,
        )  # fmt: skip
    learning.stars[contract["coach_id"]].append(stars)
