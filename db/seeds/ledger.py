"""What the sessions of the demo world have cost and earned, and what was paid of it."""

from datetime import timedelta
from typing import Any

from db.models.accounts import Side
from db.models.ledger import (
    LedgerAccount,
    LedgerAccountKind,
    LedgerLine,
    LedgerTransaction,
    PostingKind,
)
from db.models.payments import Payment, PaymentStatus
from db.models.session_states import SessionStatus
from db.seeds.rows import Rows
from db.seeds.world import Pact, World

NOBODY = 0
DAY = timedelta(days=1)
Kind = LedgerAccountKind


def post_sessions(world: World) -> None:
    """A transaction for each session that is to be paid, in the order in which they were."""
    owed = [
        (row["finished_at"], pact, row, kind)
        for pact in world.pacts
        for row in pact.sessions
        if (kind := kind_of(row))
    ]
    accounts: dict[tuple[int, Kind, str], int] = {}
    with world.apart("ledger"):
        for at, pact, row, kind in sorted(owed, key=lambda one: (one[0], one[2]["id"])):
            transaction = post(world.rows, accounts, pact.row, row["id"], kind, at)
            _ask_for(world, pact, row, transaction, at)


def kind_of(row: dict[str, Any]) -> PostingKind | None:
    """Whether this session is to be paid: it took place, or its student called it off too late."""
    if row["status"] == SessionStatus.COMPLETED:
        return PostingKind.SESSION_COMPLETED
    if row["status"] == SessionStatus.CANCELLED_LATE and row["cancelled_by"] == Side.STUDENT:
        return PostingKind.SESSION_CANCELLED_LATE
    return None


def post(
    rows: Rows, accounts: dict[tuple[int, Kind, str], int], contract: dict[str, Any],
    session_id: int, kind: PostingKind, at: Any,
) -> int:  # fmt: skip
    """One transaction with its lines, as the application itself would have posted it."""
    price, currency = contract["price"], contract["currency"]
    fee = (price * contract["fee"] + 5000) // 10_000
    number: int = rows.add(
        LedgerTransaction, key=f"session:{session_id}", kind=kind, posted_at=at,
        contract_id=contract["id"], session_id=session_id,
    )  # fmt: skip
    for holder, amount in (
        ((contract["student_id"], Kind.SPENT, currency), -price),
        ((contract["coach_id"], Kind.EARNED, currency), price - fee),
        ((NOBODY, Kind.FEES, currency), fee),
    ):
        if holder not in accounts:
            owner, of_kind, _ = holder
            accounts[holder] = rows.add(
                LedgerAccount, owner_id=owner, kind=of_kind, currency=currency
            )
        rows.add(
            LedgerLine, transaction_id=number, account_id=accounts[holder], amount=amount,
            currency=currency,
        )  # fmt: skip
    return number


def _ask_for(world: World, pact: Pact, row: dict[str, Any], transaction: int, at: Any) -> None:
    paid = world.between(at + DAY / 12, at + 10 * DAY)
    received = world.between(paid, paid + 4 * DAY)
    is_paid, is_received = paid <= world.now, received <= world.now
    status = PaymentStatus.PAID if is_paid else PaymentStatus.DUE
    number = world.rows.add(
        Payment, transaction_id=transaction, contract_id=pact.row["id"], session_id=row["id"],
        status=PaymentStatus.RECEIVED if is_received else status,
        amount=pact.row["price"], currency=pact.row["currency"], provider="manual", created_at=at,
        paid_at=paid if is_paid else None, received_at=received if is_received else None,
    )  # fmt: skip
    steps = (PaymentStatus.DUE, PaymentStatus.PAID, PaymentStatus.RECEIVED)
    if is_paid:
        world.record("payment.paid", paid, pact.student, number, Side.STUDENT, steps[:2])
    if is_received:
        world.record("payment.received", received, pact.coach, number, Side.COACH, steps[1:])
