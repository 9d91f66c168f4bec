"""Sessions and the time they take, a ledger that only grows, payments and sealed reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
State = sa.String(24)
LEDGER = ("ledger_accounts", "ledger_transactions", "ledger_lines")


def upgrade() -> None:
    with op.batch_alter_table("accounts") as table:
        table.add_column(Column("calendar_key", sa.String(43)))
        table.create_unique_constraint("uq_accounts_calendar_key", ["calendar_key"])
    for name in ("proposals", "proposal_versions"):
        hours = Column("cancellation_hours", sa.Integer(), nullable=False, server_default="12")
        op.add_column(name, hours)
    contracts()
    sessions()
    every_session_of_old_contracts()
    ledger()
    only_insert()
    payments()
    reviews()


def contracts() -> None:
    op.add_column("contracts", Column("paused_at", Moment))
    op.add_column("contracts", Column("paused_by", State))
    op.add_column("contracts", Column("ended_at", Moment))
    op.add_column("contracts", Column("ended_by", State))
    reason = Column("end_reason", sa.String(1000), nullable=False, server_default="")
    op.add_column("contracts", reason)
    for mark in ("review_invited_at", "review_reminded_at"):
        op.add_column("contracts", Column(mark, Moment))
        untold = f"{mark} IS NULL AND ended_at IS NOT NULL"
        partial_index(f"ix_contracts_{mark}", "contracts", "ended_at", untold)
    for side in ("student", "coach"):
        op.create_index(f"ix_contracts_{side}_id_id", "contracts", [f"{side}_id", "id"])


def sessions() -> None:
    op.create_table(
        "learning_sessions",
        Column("id", Id, primary_key=True),
        Column("contract_id", Id, ForeignKey("contracts.id"), nullable=False),
        Column("number", sa.Integer(), nullable=False),
        Column("student_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("coach_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("status", State, nullable=False),
        Column("starts_at", Moment),
        Column("ends_at", Moment),
        Column("cancel_by", Moment),
        Column("confirm_by", Moment),
        Column("offer", sa.Integer(), nullable=False),
        Column("offered_starts_at", Moment),
        Column("offered_by", State),
        Column("offered_at", Moment),
        Column("answer_by", Moment),
        Column("link", sa.String(500)),
        Column("sequence", sa.Integer(), nullable=False),
        Column("day_reminded_at", Moment),
        Column("hour_reminded_at", Moment),
        Column("ended_at", Moment),
        Column("cancelled_by", State),
        Column("cancel_reason", sa.String(1000), nullable=False),
        Column("reported_by", State),
        Column("report", sa.String(2000), nullable=False),
        Column("reported_at", Moment),
        Column("decision", sa.String(2000), nullable=False),
        Column("decided_by_id", Id, ForeignKey("accounts.id")),
        Column("finished_at", Moment),
        Column("updated_at", Moment, nullable=False),
        sa.UniqueConstraint("contract_id", "number"),
    )
    table = "learning_sessions"
    for columns in (
        ["student_id", "starts_at"],
        ["coach_id", "starts_at"],
        ["student_id", "status"],
        ["coach_id", "status"],
        ["status", "reported_at"],
    ):
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
    partial_index(f"ix_{table}_answer_by", table, "answer_by", "status = 'proposed'")
    partial_index(f"ix_{table}_ends_at", table, "ends_at", "status = 'scheduled'")
    partial_index(f"ix_{table}_confirm_by", table, "confirm_by", "status = 'ended'")
    partial_index(f"ix_{table}_reported_at", table, "reported_at", "reported_at IS NOT NULL")
    op.create_table(
        "session_claims",
        Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True),
        Column("slot", Id, primary_key=True, autoincrement=False),
        Column("session_id", Id, ForeignKey("learning_sessions.id"), nullable=False),
    )
    for column in ("session_id", "slot"):
        op.create_index(f"ix_session_claims_{column}", "session_claims", [column])


def every_session_of_old_contracts() -> None:
    """Those agreed on before sessions existed get theirs, all to be arranged yet."""
    op.execute(
        "INSERT INTO learning_sessions (contract_id, number, student_id, coach_id, status, offer,"
        " sequence, cancel_reason, report, decision, updated_at)"
        " WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers"
        " WHERE number < (SELECT max(sessions) FROM contracts))"
        " SELECT contracts.id, number, student_id, coach_id, 'unscheduled', 0, 0, '', '', '',"
        " created_at FROM contracts JOIN numbers ON number <= sessions ORDER BY contracts.id, number"
    )


def ledger() -> None:
    op.create_table(
        "ledger_accounts",
        Column("id", Id, primary_key=True),
        Column("kind", State, nullable=False),
        Column("owner_id", Id, nullable=False),
        Column("currency", sa.String(3), nullable=False),
        sa.UniqueConstraint("owner_id", "kind", "currency"),
    )
    op.create_table(
        "ledger_transactions",
        Column("id", Id, primary_key=True),
        Column("key", sa.String(80), nullable=False, unique=True),
        Column("kind", State, nullable=False),
        Column("posted_at", Moment, nullable=False),
        Column("contract_id", Id, ForeignKey("contracts.id"), nullable=False),
        Column("session_id", Id, ForeignKey("learning_sessions.id"), nullable=False),
        Column("reverses_id", Id, ForeignKey("ledger_transactions.id"), unique=True),
        Column("reason", sa.String(2000), nullable=False),
        Column("decided_by_id", Id, ForeignKey("accounts.id")),
    )
    op.create_table(
        "ledger_lines",
        Column("id", Id, primary_key=True),
        Column("transaction_id", Id, ForeignKey("ledger_transactions.id"), nullable=False),
        Column("account_id", Id, ForeignKey("ledger_accounts.id"), nullable=False),
        Column("amount", Id, nullable=False),
        Column("currency", sa.String(3), nullable=False),
        sa.CheckConstraint("amount != 0", name="says_something"),
    )
    for table, columns in (
        ("ledger_transactions", ["contract_id", "id"]),
        ("ledger_transactions", ["session_id"]),
        ("ledger_lines", ["account_id", "transaction_id"]),
        ("ledger_lines", ["transaction_id"]),
    ):
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def only_insert() -> None:
    """What was posted stays as it was posted, whoever asks the database to change it."""
    refusal = "The ledger only grows: post a reversing transaction."
    if op.get_bind().dialect.name == "sqlite":
        for table in LEDGER:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    for table in LEDGER:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows()"
        )


def payments() -> None:
    op.create_table(
        "payments",
        Column("id", Id, primary_key=True),
        Column(
            "transaction_id", Id, ForeignKey("ledger_transactions.id"), nullable=False, unique=True
        ),
        Column("contract_id", Id, ForeignKey("contracts.id"), nullable=False),
        Column("session_id", Id, ForeignKey("learning_sessions.id"), nullable=False),
        Column("status", State, nullable=False),
        Column("amount", Id, nullable=False),
        Column("currency", sa.String(3), nullable=False),
        Column("provider", sa.String(24), nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("paid_at", Moment),
        Column("received_at", Moment),
    )
    op.create_index("ix_payments_contract_id_status", "payments", ["contract_id", "status"])
    op.create_index("ix_payments_session_id", "payments", ["session_id"])


def reviews() -> None:
    op.create_table(
        "reviews",
        Column("id", Id, primary_key=True),
        Column("contract_id", Id, ForeignKey("contracts.id"), nullable=False),
        Column("author_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("about_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("side", State, nullable=False),
        Column("stars", sa.Integer(), nullable=False),
        Column("text", sa.String(2000), nullable=False),
        Column("is_ongoing", sa.Boolean(), nullable=False),
        Column("written_at", Moment, nullable=False),
        Column("opens_at", Moment, nullable=False),
        Column("published_at", Moment),
        Column("reply", sa.String(2000), nullable=False),
        Column("replied_at", Moment),
        sa.UniqueConstraint("contract_id", "author_id"),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        sa.CheckConstraint("author_id != about_id", name="two_people"),
    )
    op.create_index("ix_reviews_author_id", "reviews", ["author_id"])
    columns = ["about_id", "side", "published_at"]
    op.create_index(f"ix_reviews_{'_'.join(columns)}", "reviews", columns)
    partial_index("ix_reviews_opens_at", "reviews", "opens_at", "published_at IS NULL")


def partial_index(name: str, table: str, column: str, condition: str) -> None:
    """One that holds only the rows a job or a count looks for."""
    where = sa.text(condition)
    op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
