"""Requests and proposals in all their states, invitations, notes, and the contract of a choice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
State = sa.String(24)


def upgrade() -> None:
    learning_requests()
    proposals()
    contracts()
    bookmarks()
    invitations()
    related_skills()


def learning_requests() -> None:
    with op.batch_alter_table("learning_requests") as table:
        table.add_column(Column("warned_at", Moment))
        table.create_index("ix_learning_requests_status_expires_at", ["status", "expires_at"])
    with op.batch_alter_table("screening_questions") as table:
        table.add_column(Column("retired_at", Moment))


def proposals() -> None:
    with op.batch_alter_table("proposals") as table:
        table.add_column(Column("version", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(Column("seen_version", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(Column("typed", Json))
        table.add_column(Column("updated_at", Moment))
        table.add_column(Column("expires_at", Moment))
        table.create_index("ix_proposals_status_expires_at", ["status", "expires_at"])
    # What was sent before stands for thirty days from then on, like what is sent from now on.
    op.execute("UPDATE proposals SET updated_at = COALESCE(submitted_at, created_at)")
    op.execute("UPDATE proposals SET seen_version = 1 WHERE first_viewed_at IS NOT NULL")
    later = sa.text("submitted_at + interval '30 days'")
    if op.get_bind().dialect.name == "sqlite":
        later = sa.text("strftime('%Y-%m-%d %H:%M:%f000', submitted_at, '+30 days')")
    op.execute(sa.table("proposals", sa.column("expires_at")).update().values(expires_at=later))
    numbered = {"sqlite_autoincrement": True}  # which a table made anew would forget
    with op.batch_alter_table("proposals", table_kwargs=numbered) as table:
        table.alter_column("version", server_default=None)
        table.alter_column("seen_version", server_default=None)
        table.alter_column("updated_at", nullable=False, existing_type=Moment)
    op.create_table(
        "proposal_versions",
        Column("proposal_id", Id, part_of("proposals.id"), primary_key=True),
        Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        Column("message", sa.String(5000), nullable=False),
        Column("sessions", sa.Integer(), nullable=False),
        Column("minutes", sa.Integer(), nullable=False),
        Column("price", Id, nullable=False),
        Column("currency", sa.String(3), nullable=False),
        Column("earliest", sa.Date()),
        Column("links", Json, nullable=False),
        Column("answers", Json, nullable=False),
        Column("written_at", Moment, nullable=False),
    )


def contracts() -> None:
    op.create_table(
        "contracts",
        Column("id", Id, primary_key=True),
        Column("request_id", Id, ForeignKey("learning_requests.id"), unique=True, nullable=False),
        Column("proposal_id", Id, ForeignKey("proposals.id"), unique=True, nullable=False),
        Column("proposal_version", sa.Integer(), nullable=False),
        Column("student_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("coach_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("status", State, nullable=False),
        Column("sessions", sa.Integer(), nullable=False),
        Column("minutes", sa.Integer(), nullable=False),
        Column("price", Id, nullable=False),
        Column("currency", sa.String(3), nullable=False),
        Column("fee", sa.Integer(), nullable=False),
        Column("cancellation_hours", sa.Integer(), nullable=False),
        Column("created_at", Moment, nullable=False),
        sa.Index(None, "student_id", "status"),
        sa.Index(None, "coach_id", "status"),
    )


def bookmarks() -> None:
    with op.batch_alter_table("bookmarks") as table:
        table.add_column(Column("note", sa.String(500), nullable=False, server_default=""))
        table.add_column(Column("removed_at", Moment))
    with op.batch_alter_table("bookmarks") as table:
        table.alter_column("note", server_default=None)


def invitations() -> None:
    op.create_table(
        "invitations",
        Column("id", Id, primary_key=True),
        Column("request_id", Id, part_of("learning_requests.id"), nullable=False),
        Column("coach_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("status", State, nullable=False),
        Column("text", sa.String(1000), nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("ended_at", Moment),
        sa.UniqueConstraint("request_id", "coach_id"),
        sa.Index(None, "coach_id", "status", "id"),
    )
    with op.batch_alter_table("threads") as table:
        table.add_column(Column("invited_at", Moment))


def related_skills() -> None:
    op.create_table(
        "related_skills",
        Column("skill_id", Id, part_of("skills.id"), primary_key=True),
        Column("related_id", Id, part_of("skills.id"), primary_key=True, index=True),
    )


def part_of(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")
