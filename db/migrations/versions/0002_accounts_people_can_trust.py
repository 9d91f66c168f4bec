"""Devices, attempts, mail tokens, the outbox, parked forms; what people choose in settings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
State = sa.String(24)


def upgrade() -> None:
    accounts()
    sign_ins()
    devices()
    mail_tokens()
    outgoing_mail()
    parked_forms()


def accounts() -> None:
    with op.batch_alter_table("accounts") as table:
        table.add_column(Column("locale", sa.String(12), nullable=False, server_default="en"))
        table.add_column(Column("data_saver", State, nullable=False, server_default="system"))
        table.add_column(
            Column("must_reset_password", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("accounts") as table:
        for name in ("locale", "data_saver", "must_reset_password"):
            table.alter_column(name, server_default=None)


def sign_ins() -> None:
    with op.batch_alter_table("sign_ins") as table:
        table.add_column(Column("place", sa.String(60), nullable=False, server_default=""))
        table.add_column(Column("proved_at", Moment))
    op.execute("UPDATE sign_ins SET proved_at = created_at")
    with op.batch_alter_table("sign_ins") as table:
        table.alter_column("place", server_default=None)
        table.alter_column("proved_at", existing_type=Moment, nullable=False)


def devices() -> None:
    op.create_table(
        "devices",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, part_of("accounts.id"), index=True, nullable=False),
        Column("token_hash", sa.LargeBinary(32), unique=True, nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("seen_at", Moment, nullable=False),
    )
    op.create_table(
        "attempts",
        Column("id", Id, primary_key=True),
        Column("key", sa.String(120), nullable=False),
        Column("at", Moment, nullable=False),
        sa.Index(None, "key", "at"),
        sa.Index(None, "at"),
    )


def mail_tokens() -> None:
    op.create_table(
        "mail_tokens",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, part_of("accounts.id"), nullable=False),
        Column("purpose", State, nullable=False),
        Column("email", sa.String(254), nullable=False),
        Column("email_folded", sa.String(254), index=True, nullable=False),
        Column("token_hash", sa.LargeBinary(32), unique=True),
        Column("created_at", Moment, nullable=False),
        Column("expires_at", Moment),
        Column("used_at", Moment),
        sa.Index(None, "account_id", "purpose"),
        sa.Index(None, "expires_at"),
    )


def outgoing_mail() -> None:
    op.create_table(
        "outgoing_mail",
        Column("id", Id, primary_key=True),
        Column("key", sa.String(120), unique=True, nullable=False),
        Column("template", sa.String(60), nullable=False),
        Column("recipient", sa.String(254), nullable=False),
        Column("account_id", Id, part_of("accounts.id")),
        Column("mail_token_id", Id, ForeignKey("mail_tokens.id", ondelete="SET NULL"), index=True),
        Column("wants_link", sa.Boolean(), nullable=False),
        Column("detail", Json, nullable=False),
        Column("status", State, nullable=False),
        Column("attempts", sa.Integer(), nullable=False),
        Column("due_at", Moment, nullable=False),
        Column("handed_over_at", Moment),
        Column("problem", sa.String(300), nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("sent_at", Moment),
        sa.Index(None, "status", "due_at"),
    )


def parked_forms() -> None:
    op.create_table(
        "parked_forms",
        Column("id", Id, primary_key=True),
        Column("token_hash", sa.LargeBinary(32), index=True, nullable=False),
        Column("account_id", Id, part_of("accounts.id"), index=True),
        Column("path", sa.String(1000), nullable=False),
        Column("page", sa.String(1000), nullable=False),
        Column("fields", Json, nullable=False),
        Column("created_at", Moment, nullable=False),
        sa.Index(None, "created_at"),
        sqlite_autoincrement=True,
    )


def part_of(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")
