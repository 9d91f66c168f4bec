"""Earnings and spending by contract, and each posting by itself."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Side
from db.models.contracts import Contract, ContractStatus
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.ledger import (
    LedgerAccount,
    LedgerAccountKind,
    LedgerLine,
    LedgerTransaction,
    PostingKind,
)
from db.queries.earnings import KINDS, OPEN, own_amount, stage_of, worth
from db.queries.paging import Found, page


class ContractLine(msgspec.Struct, frozen=True):
    """A contract and what came of it so far; of `total`, to this side."""

    id: int
    title: str
    status: ContractStatus
    currency: str
    sessions: int
    total: int
    amount: int
    posted: int  # sessions, of which none was taken back
    taken_back: int
    counting: int  # count by now, and are posted soon

    @property
    def number(self) -> str:
        """What the two call it."""
        return f"C-{self.id}"


class Posting(msgspec.Struct, frozen=True):
    """One transaction as a side reads it; a reversal takes from it."""

    at: datetime
    kind: PostingKind
    contract_id: int
    session: int
    title: str
    gross: int
    fee: int
    currency: str

    @property
    def net(self) -> int:
        """What is left for the coach."""
        return self.gross - self.fee


def by_contract(
    db: Session, account_id: int, side: Side, *, at: datetime, after: str
) -> Found[ContractLine]:
    """A person's contracts on one side, the latest first."""
    mine = Contract.coach_id if side is Side.COACH else Contract.student_id
    lines = (
        select(LedgerLine.amount)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerLine.transaction_id)
        .join(LedgerAccount, LedgerAccount.id == LedgerLine.account_id)
        .where(LedgerTransaction.contract_id == Contract.id, LedgerAccount.kind == KINDS[side])
        .correlate(Contract)
    )
    amount = lines.with_only_columns(func.coalesce(func.sum(LedgerLine.amount), 0))
    back = LedgerTransaction.kind == PostingKind.REVERSAL
    posted = lines.with_only_columns(func.count() - 2 * func.count().filter(back))
    taken_back = lines.with_only_columns(func.count().filter(back))
    counting = select(func.count()).where(
        LearningSession.contract_id == Contract.id,
        LearningSession.status.in_(OPEN),
        stage_of(at) == "counting",
    )
    query = (
        select(
            Contract.id, LearningRequest.title, Contract.status, Contract.currency,
            Contract.sessions, worth(side) * Contract.sessions,
            own_amount(side, amount.scalar_subquery()), posted.scalar_subquery(),
            taken_back.scalar_subquery(), counting.correlate(Contract).scalar_subquery(),
        )
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .where(mine == account_id)
    )  # fmt: skip
    return page(db, query, key=(Contract.id,), make=_contract_line, after=after)


def postings(db: Session, account_id: int, side: Side) -> list[Posting]:
    """All there are, in order: nobody is in two sessions at once, so time keeps them few."""
    one, own, spent = LedgerTransaction, another(LedgerAccount), another(LedgerAccount)
    mine, paid = another(LedgerLine), another(LedgerLine)
    kept, fees = another(LedgerLine), another(LedgerAccount)
    fee_accounts = select(fees.id).where(fees.kind == LedgerAccountKind.FEES)
    query = (
        select(
            one.posted_at, one.kind, one.contract_id, LearningSession.number,
            LearningRequest.title, -paid.amount, func.coalesce(kept.amount, 0), mine.currency,
        )
        .select_from(own)
        .join(mine, mine.account_id == own.id)
        .join(one, one.id == mine.transaction_id)
        .join(paid, paid.transaction_id == one.id)
        .join(spent, (spent.id == paid.account_id) & (spent.kind == LedgerAccountKind.SPENT))
        .outerjoin(
            kept, (kept.transaction_id == one.id) & kept.account_id.in_(fee_accounts)
        )
        .join(LearningSession, LearningSession.id == one.session_id)
        .join(Contract, Contract.id == one.contract_id)
        .join(LearningRequest, LearningRequest.id == Contract.request_id)
        .where(own.owner_id == account_id, own.kind == KINDS[side])
        .order_by(one.posted_at, one.id)
    )  # fmt: skip
    return [Posting(*row) for row in db.execute(query)]


def _contract_line(*row: Any) -> ContractLine:
    # PostgreSQL sums whole numbers to decimals.
    number, title, status, currency, sessions, *sums = row
    return ContractLine(number, title, status, currency, sessions, *map(int, sums))
