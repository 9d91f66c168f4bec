"""Blocks, notices, reports, and what threads and messages know of who waits and what was hidden."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
State = sa.String(24)
SAID = ("last_message_at", "last_number", "last_sender_id")
CASCADE = {"ondelete": "CASCADE"}


def upgrade() -> None:
    accounts()
    blocks()
    threads()
    messages()
    notices()
    reports()


def accounts() -> None:
    with op.batch_alter_table("accounts") as table:
        table.add_column(Column("quiet_from", sa.Integer()))
        table.add_column(Column("quiet_to", sa.Integer()))
        table.add_column(Column("mail_key", sa.String(43)))
        table.create_unique_constraint("uq_accounts_mail_key", ["mail_key"])


def blocks() -> None:
    op.create_table(
        "blocks",
        Column("blocker_id", Id, ForeignKey("accounts.id", **CASCADE), primary_key=True),
        Column("blocked_id", Id, ForeignKey("accounts.id", **CASCADE), primary_key=True),
        Column("created_at", Moment, nullable=False),
        sa.CheckConstraint("blocker_id != blocked_id", name="two_people"),
    )
    op.create_index("ix_blocks_blocked_id", "blocks", ["blocked_id"])


def threads() -> None:
    hidden = Column("hidden", sa.Integer(), nullable=False, server_default="0")
    op.add_column("threads", hidden)
    for side in ("student", "coach"):
        op.add_column("threads", Column(f"{side}_waits_at", Moment))
        partial_index(
            f"ix_threads_{side}_unread", "threads", f"{side}_id", f"{side}_read < last_number"
        )
        waits = f"{side}_waits_at"
        partial_index(f"ix_threads_{waits}", "threads", waits, f"{waits} IS NOT NULL")
        # What is unread already is told of once, like what comes from now on.
        rows = sa.table("threads", *map(sa.column, (waits, *SAID, f"{side}_read", f"{side}_id")))
        unread = rows.c[f"{side}_read"] < rows.c.last_number
        theirs = rows.c.last_sender_id != rows.c[f"{side}_id"]
        op.execute(rows.update().where(unread, theirs).values({waits: rows.c.last_message_at}))


def messages() -> None:
    op.add_column("messages", Column("text_key", sa.BigInteger()))
    op.add_column("messages", Column("hidden_at", Moment))
    op.create_index("ix_messages_sender_id_text_key", "messages", ["sender_id", "text_key"])


def notices() -> None:
    op.create_table(
        "notices",
        Column("id", Id, primary_key=True),
        Column("key", sa.String(120), nullable=False, unique=True),
        Column("account_id", Id, ForeignKey("accounts.id", **CASCADE), nullable=False),
        Column("kind", State, nullable=False),
        Column("name", sa.String(60), nullable=False),
        Column("side", State),
        Column("path", sa.String(200), nullable=False),
        Column("thread_id", Id, ForeignKey("threads.id", **CASCADE)),
        Column("detail", Json, nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("read_at", Moment),
        Column("mail_due_at", Moment),
    )
    op.create_index("ix_notices_account_id_id", "notices", ["account_id", "id"])
    op.create_index("ix_notices_thread_id", "notices", ["thread_id"])
    partial_index("ix_notices_unread", "notices", "account_id", "read_at IS NULL")
    partial_index("ix_notices_read_at", "notices", "read_at", "read_at IS NOT NULL")
    partial_index("ix_notices_mail_due_at", "notices", "mail_due_at", "mail_due_at IS NOT NULL")
    op.create_table(
        "notice_settings",
        Column("account_id", Id, ForeignKey("accounts.id", **CASCADE), primary_key=True),
        Column("kind", State, primary_key=True),
        Column("mail", State, nullable=False),
    )


def reports() -> None:
    op.create_table(
        "reports",
        Column("id", Id, primary_key=True),
        Column("thread_id", Id, ForeignKey("threads.id"), nullable=False),
        Column("reporter_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("reported_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("reason", State, nullable=False),
        Column("text", sa.String(2000), nullable=False),
        Column("copy", Json, nullable=False),
        Column("status", State, nullable=False),
        Column("outcome", State),
        Column("decision", sa.String(2000), nullable=False),
        Column("decided_by_id", Id, ForeignKey("accounts.id")),
        Column("created_at", Moment, nullable=False),
        Column("decided_at", Moment),
    )
    for columns in (["status", "id"], ["reporter_id", "created_at"], ["reported_id", "id"]):
        op.create_index(f"ix_reports_{'_'.join(columns)}", "reports", columns)
    is_open = sa.text("status = 'open'")
    op.create_index(
        "uq_reports_open",
        "reports",
        ["thread_id", "reporter_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def partial_index(name: str, table: str, column: str, condition: str) -> None:
    """One that holds only the rows a job or a count looks for."""
    where = sa.text(condition)
    op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
