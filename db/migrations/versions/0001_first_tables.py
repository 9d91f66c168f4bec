"""The first tables: accounts, profiles, learning requests, proposals, threads and their history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
State = sa.String(24)


def upgrade() -> None:
    accounts()
    records()
    students()
    skills()
    coaches()
    learning_requests()
    learning_request_parts()
    proposals()
    threads()


def accounts() -> None:
    op.create_table(
        "accounts",
        Column("id", Id, primary_key=True),
        Column("first_name", sa.String(50), nullable=False),
        Column("last_name", sa.String(50), nullable=False),
        Column("email", sa.String(254), nullable=False),
        Column("email_folded", sa.String(254), unique=True, nullable=False),
        Column("password_hash", sa.String(200), nullable=False),
        Column("status", State, nullable=False),
        Column("staff_role", State),
        Column("role_view", State, nullable=False),
        Column("country", sa.String(2)),
        Column("time_zone", sa.String(64), nullable=False),
        Column("theme", State, nullable=False),
        Column("email_confirmed_at", Moment),
        Column("created_at", Moment, nullable=False),
    )
    op.create_table(
        "sign_ins",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, part_of("accounts.id"), index=True, nullable=False),
        Column("token_hash", sa.LargeBinary(32), unique=True, nullable=False),
        Column("remember", sa.Boolean(), nullable=False),
        Column("browser", sa.String(200), nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("seen_at", Moment, nullable=False),
        Column("expires_at", Moment, nullable=False),
    )


def records() -> None:
    op.create_table(
        "events",
        Column("id", Id, primary_key=True),
        Column("at", Moment, nullable=False),
        Column("actor_id", Id, ForeignKey("accounts.id")),
        Column("side", sa.String(10)),
        Column("name", sa.String(60), nullable=False),
        Column("subject", sa.String(40), nullable=False),
        Column("subject_id", Id, nullable=False),
        Column("from_status", sa.String(24)),
        Column("to_status", sa.String(24)),
        Column("detail", Json, nullable=False),
        sa.Index(None, "subject", "subject_id"),
    )
    op.create_table(
        "submissions",
        Column("account_id", Id, part_of("accounts.id"), primary_key=True),
        Column("key", sa.String(64), primary_key=True),
        Column("digest", sa.LargeBinary(32), nullable=False),
        Column("status", sa.Integer(), nullable=False),
        Column("location", sa.String(300)),
        Column("body", sa.Text()),
        Column("created_at", Moment, nullable=False),
    )


def students() -> None:
    op.create_table(
        "student_profiles",
        Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
        Column("bio", sa.String(1000), nullable=False),
        Column("goal", sa.String(300), nullable=False),
        Column("created_at", Moment, nullable=False),
    )
    op.create_table(
        "student_languages",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, part_of("student_profiles.account_id"), nullable=False),
        Column("language", sa.String(8), nullable=False),
        Column("level", State, nullable=False),
        sa.UniqueConstraint("account_id", "language"),
    )


def skills() -> None:
    op.create_table(
        "skills",
        Column("id", Id, primary_key=True),
        Column("name", sa.String(40), nullable=False),
        Column("folded", sa.String(40), unique=True, nullable=False),
        Column("topic", sa.String(60), nullable=False),
        Column("created_at", Moment, nullable=False),
    )


def coaches() -> None:
    op.create_table(
        "coach_profiles",
        Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
        Column("handle", sa.String(60), unique=True, nullable=False),
        Column("status", State, nullable=False),
        Column("headline", sa.String(80), nullable=False),
        Column("bio", sa.String(5000), nullable=False),
        Column("rate", Id),
        Column("currency", sa.String(3), nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("approved_at", Moment),
        sa.Index(None, "status", "approved_at", "account_id"),
    )
    op.create_table(
        "coach_languages",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, part_of("coach_profiles.account_id"), nullable=False),
        Column("language", sa.String(8), nullable=False),
        Column("level", State, nullable=False),
        sa.UniqueConstraint("account_id", "language"),
    )
    op.create_table(
        "coach_skills",
        Column("account_id", Id, part_of("coach_profiles.account_id"), primary_key=True),
        Column("skill_id", Id, ForeignKey("skills.id"), primary_key=True, index=True),
        Column("level", State, nullable=False),
        Column("position", sa.Integer(), nullable=False),
    )


def learning_requests() -> None:
    op.create_table(
        "learning_requests",
        Column("id", Id, primary_key=True),
        Column("student_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("title", sa.String(120), nullable=False),
        Column("description", sa.String(5000), nullable=False),
        Column("level", State),
        Column("format", State),
        Column("language", sa.String(8)),
        Column("language_level", State),
        Column("budget_from", Id),
        Column("budget_to", Id),
        Column("currency", sa.String(3), nullable=False),
        Column("sessions", sa.Integer()),
        Column("times", Json, nullable=False),
        Column("status", State, nullable=False),
        Column("close_reason", State),
        Column("search_text", sa.Text(), nullable=False),
        Column("version", sa.Integer(), nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("updated_at", Moment, nullable=False),
        Column("posted_at", Moment),
        Column("expires_at", Moment),
        Column("ended_at", Moment),
        sa.Index(None, "status", "posted_at", "id"),
        sa.Index(None, "student_id", "status"),
        sqlite_autoincrement=True,
    )


def learning_request_parts() -> None:
    op.create_table(
        "learning_request_skills",
        Column("request_id", Id, part_of("learning_requests.id"), primary_key=True),
        Column("skill_id", Id, ForeignKey("skills.id"), primary_key=True, index=True),
        Column("position", sa.Integer(), nullable=False),
    )
    op.create_table(
        "screening_questions",
        Column("id", Id, primary_key=True),
        Column("request_id", Id, part_of("learning_requests.id"), index=True, nullable=False),
        Column("position", sa.Integer(), nullable=False),
        Column("text", sa.String(250), nullable=False),
    )
    op.create_table(
        "bookmarks",
        Column("coach_id", Id, ForeignKey("accounts.id"), primary_key=True),
        Column("request_id", Id, part_of("learning_requests.id"), primary_key=True, index=True),
        Column("created_at", Moment, nullable=False),
        sa.Index(None, "coach_id", "created_at"),
    )


def proposals() -> None:
    op.create_table(
        "proposals",
        Column("id", Id, primary_key=True),
        Column("request_id", Id, ForeignKey("learning_requests.id"), nullable=False),
        Column("coach_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("status", State, nullable=False),
        Column("message", sa.String(5000), nullable=False),
        Column("sessions", sa.Integer(), nullable=False),
        Column("minutes", sa.Integer(), nullable=False),
        Column("price", Id, nullable=False),
        Column("currency", sa.String(3), nullable=False),
        Column("earliest", sa.Date()),
        Column("links", Json, nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("submitted_at", Moment),
        Column("first_viewed_at", Moment),
        Column("ended_at", Moment),
        Column("decline_reason", State),
        sa.Index(None, "coach_id", "status", "id"),
        sa.Index(None, "request_id", "status"),
        unique_index("ux_proposals_one_accepted", "request_id", where="status = 'accepted'"),
        unique_index(
            "ux_proposals_one_live_each",
            "request_id",
            "coach_id",
            where="status IN ('draft', 'submitted', 'shortlisted', 'accepted')",
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "proposal_answers",
        Column("proposal_id", Id, part_of("proposals.id"), primary_key=True),
        Column(
            "question_id", Id, ForeignKey("screening_questions.id"), primary_key=True, index=True
        ),
        Column("text", sa.String(1000), nullable=False),
    )


def threads() -> None:
    op.create_table(
        "threads",
        Column("id", Id, primary_key=True),
        Column("student_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("coach_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("last_number", sa.Integer(), nullable=False),
        Column("last_message_at", Moment),
        Column("last_text", sa.String(200), nullable=False),
        Column("last_sender_id", Id, ForeignKey("accounts.id")),
        Column("student_read", sa.Integer(), nullable=False),
        Column("coach_read", sa.Integer(), nullable=False),
        Column("student_wrote_at", Moment),
        Column("proposal_id", Id, ForeignKey("proposals.id")),
        Column("created_at", Moment, nullable=False),
        sa.UniqueConstraint("student_id", "coach_id"),
        sa.CheckConstraint("student_id != coach_id", name="two_people"),
        sa.Index(None, "coach_id", "last_message_at"),
        sa.Index(None, "student_id", "last_message_at"),
    )
    op.create_table(
        "messages",
        Column("id", Id, primary_key=True),
        Column("thread_id", Id, part_of("threads.id"), nullable=False),
        Column("number", sa.Integer(), nullable=False),
        Column("sender_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("text", sa.String(4000), nullable=False),
        Column("created_at", Moment, nullable=False),
        sa.UniqueConstraint("thread_id", "number"),
        sa.Index(None, "sender_id", "created_at"),
    )


def unique_index(name: str, *columns: str, where: str) -> sa.Index:
    rows = sa.text(where)
    return sa.Index(name, *columns, unique=True, sqlite_where=rows, postgresql_where=rows)


def part_of(target: str) -> ForeignKey:
    return ForeignKey(target, ondelete="CASCADE")
