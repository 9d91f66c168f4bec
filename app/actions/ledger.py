"""Posting: the one function that writes in the ledger, and the two reasons there are to call it.

Whoever posts holds the contract. The rows are their own history, so nothing else records them.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.actions.payments import ask_for_payment, call_payment_off
from app.clock import now
from app.errors import WrongState
from app.fees import fee_of
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.ledger import (
    LedgerAccount,
    LedgerAccountKind,
    LedgerLine,
    LedgerTransaction,
    PostingKind,
)
from db.queries import ledger
from db.queries.ledger import Holder
from db.queries.viewers import Viewer

NOBODY = 0
Line: TypeAlias = tuple[Holder, int]


def post_session(
    db: Session,
    contract: Contract,
    session: LearningSession,
    kind: PostingKind,
    *,
    at: datetime | None = None,
) -> LedgerTransaction:
    """Write down what a session costs and earns, on its contract's terms; WrongState if it was."""
    amount, fee = contract.price, fee_of(contract.price, contract.fee)
    lines = [
        ((contract.student_id, LedgerAccountKind.SPENT, contract.currency), -amount),
        ((contract.coach_id, LedgerAccountKind.EARNED, contract.currency), amount - fee),
        ((NOBODY, LedgerAccountKind.FEES, contract.currency), fee),
    ]
    posted = post(
        db,
        lines,
        key=f"session:{session.id}",
        kind=kind,
        posted_at=at or now(),
        contract_id=contract.id,
        session_id=session.id,
    )
    ask_for_payment(db, posted, amount=amount, currency=contract.currency)
    return posted


def reverse(
    db: Session, transaction: LedgerTransaction, *, reason: str, by: Viewer
) -> LedgerTransaction:
    """Take a posting back by its opposite; a payment that was not received yet is called off."""
    if transaction.kind is PostingKind.REVERSAL:
        raise WrongState("This takes something back already.")
    opposite = [(holder, -amount) for holder, amount in ledger.lines(db, transaction.id)]
    posted = post(
        db,
        opposite,
        key=f"reversal:{transaction.id}",
        kind=PostingKind.REVERSAL,
        posted_at=now(),
        contract_id=transaction.contract_id,
        session_id=transaction.session_id,
        reverses_id=transaction.id,
        reason=reason,
        decided_by_id=by.id,
    )
    call_payment_off(db, transaction)
    return posted


def post(db: Session, lines: Sequence[Line], *, key: str, **what: Any) -> LedgerTransaction:
    """Write a transaction and its lines; ValueError unless they balance in every currency.

    What would say nothing is left out. A `key` that was posted before is a WrongState.
    """
    telling = [(holder, amount) for holder, amount in lines if amount]
    balance: Counter[str] = Counter()
    for (_, _, currency), amount in telling:
        balance[currency] += amount
    if not telling or any(balance.values()):
        raise ValueError(f"{key} does not balance: {lines}")
    db.flush()
    posted_id = db.execute(
        _insert(db, LedgerTransaction, ["key"])
        .values(key=key, **what)
        .returning(LedgerTransaction.id)
    ).scalar_one_or_none()
    if posted_id is None:
        raise WrongState("This has been counted already.")
    accounts = _accounts(db, {holder for holder, _ in telling})
    db.add_all(
        LedgerLine(
            transaction_id=posted_id,
            account_id=accounts[holder],
            amount=amount,
            currency=holder[2],
        )
        for holder, amount in telling
    )
    db.flush()
    return ledger.transaction(db, posted_id)


def _accounts(db: Session, holders: set[Holder]) -> dict[Holder, int]:
    """The accounts of these holders, opened where they are missing.

    Two who open the same one at once: the second waits and finds it. Always in the same order, so
    that neither waits for what the other is waiting for.
    """
    found = ledger.accounts(db, holders)
    missing = sorted(holders - found.keys())
    for owner_id, kind, currency in missing:
        opening = _insert(db, LedgerAccount, ["owner_id", "kind", "currency"])
        db.execute(opening.values(owner_id=owner_id, kind=kind, currency=currency))
    return ledger.accounts(db, holders) if missing else found


def _insert(db: Session, model: type, unique: list[str]) -> Any:
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    return insert(model).on_conflict_do_nothing(index_elements=unique)
