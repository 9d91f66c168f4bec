"""Onboarding, approval, pictures, and everything else a profile shows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
State = sa.String(24)


def upgrade() -> None:
    pictures()
    student_profiles()
    coach_profiles()
    languages()
    path_of_a_coach()
    portfolio_items()
    approval()


def pictures() -> None:
    op.create_table(
        "pictures",
        Column("id", Id, primary_key=True),
        Column("account_id", Id, ForeignKey("accounts.id"), index=True, nullable=False),
        Column("kind", State, nullable=False),
        Column("token", sa.String(43), unique=True, nullable=False),
        Column("content", sa.LargeBinary(), nullable=False),
        Column("created_at", Moment, nullable=False),
    )


def student_profiles() -> None:
    with op.batch_alter_table("student_profiles") as table:
        table.add_column(Column("picture_id", Id))
        table.create_foreign_key(
            "fk_student_profiles_picture_id", "pictures", ["picture_id"], ["id"]
        )
        table.create_index("ix_student_profiles_picture_id", ["picture_id"])
    op.create_table(
        "student_skills",
        Column("account_id", Id, part_of("student_profiles.account_id"), primary_key=True),
        Column("skill_id", Id, ForeignKey("skills.id"), primary_key=True, index=True),
        Column("position", sa.Integer(), nullable=False),
    )


def coach_profiles() -> None:
    with op.batch_alter_table("coach_profiles") as table:
        table.add_column(Column("goal", State))
        table.add_column(Column("birth_date", sa.Date()))
        table.add_column(Column("phone", sa.String(16), nullable=False, server_default=""))
        table.add_column(Column("picture_id", Id))
        table.add_column(
            Column(
                "hidden_from_search_engines",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
            )
        )
        table.add_column(Column("guidelines_accepted_at", Moment))
        table.add_column(Column("submitted_at", Moment))
        table.add_column(Column("claimed_by_id", Id))
        table.add_column(Column("claimed_until", Moment))
        table.add_column(Column("to_look_at", Json))
        table.create_foreign_key("fk_coach_profiles_picture_id", "pictures", ["picture_id"], ["id"])
        table.create_foreign_key(
            "fk_coach_profiles_claimed_by_id", "accounts", ["claimed_by_id"], ["id"]
        )
        table.create_index("ix_coach_profiles_picture_id", ["picture_id"])
        table.create_index(
            "ix_coach_profiles_status_submitted_at_account_id",
            ["status", "submitted_at", "account_id"],
        )
    with op.batch_alter_table("coach_profiles") as table:
        for name in ("phone", "hidden_from_search_engines"):
            table.alter_column(name, server_default=None)
    # Those who wait already came before anybody asked when.
    op.execute("UPDATE coach_profiles SET submitted_at = created_at WHERE status <> 'draft'")
    op.create_table(
        "former_handles",
        Column("handle", sa.String(60), primary_key=True),
        Column("account_id", Id, part_of("coach_profiles.account_id"), index=True, nullable=False),
        Column("left_at", Moment, nullable=False),
    )


def languages() -> None:
    for name in ("student_languages", "coach_languages"):
        with op.batch_alter_table(name) as table:
            table.add_column(Column("position", sa.Integer(), nullable=False, server_default="0"))
            table.add_column(Column("removed_at", Moment))
        with op.batch_alter_table(name) as table:
            table.alter_column("position", server_default=None)


def path_of_a_coach() -> None:
    op.create_table(
        "experiences",
        *list_item("coach_profiles.account_id"),
        Column("title", sa.String(100), nullable=False),
        Column("company", sa.String(100), nullable=False),
        Column("description", sa.String(1000), nullable=False),
        Column("started", sa.Date(), nullable=False),
        Column("ended", sa.Date()),
    )
    op.create_table(
        "educations",
        *list_item("coach_profiles.account_id"),
        Column("institution", sa.String(100), nullable=False),
        Column("degree", sa.String(100), nullable=False),
        Column("field", sa.String(100), nullable=False),
        Column("started", sa.Date(), nullable=False),
        Column("ended", sa.Date()),
    )


def portfolio_items() -> None:
    op.create_table(
        "portfolio_items",
        *list_item("coach_profiles.account_id"),
        Column("category", State, nullable=False),
        Column("title", sa.String(100), nullable=False),
        Column("description", sa.String(2000), nullable=False),
        Column("thumbnail_id", Id, ForeignKey("pictures.id"), index=True),
        Column("created_at", Moment, nullable=False),
    )
    op.create_table(
        "portfolio_links",
        Column("id", Id, primary_key=True),
        Column("item_id", Id, part_of("portfolio_items.id"), nullable=False),
        Column("position", sa.Integer(), nullable=False),
        Column("address", sa.String(500), nullable=False),
        Column("label", sa.String(80), nullable=False),
        sa.UniqueConstraint("item_id", "position"),
    )
    op.create_table(
        "portfolio_skills",
        Column("item_id", Id, part_of("portfolio_items.id"), primary_key=True),
        Column("skill_id", Id, ForeignKey("skills.id"), primary_key=True, index=True),
        Column("position", sa.Integer(), nullable=False),
    )


def approval() -> None:
    op.create_table(
        "step_drafts",
        Column("account_id", Id, part_of("coach_profiles.account_id"), primary_key=True),
        Column("step", sa.String(20), primary_key=True),
        Column("fields", Json, nullable=False),
        Column("saved_at", Moment, nullable=False),
    )
    op.create_table(
        "coach_decisions",
        Column("id", Id, primary_key=True),
        Column("coach_id", Id, ForeignKey("coach_profiles.account_id"), nullable=False),
        Column("staff_id", Id, ForeignKey("accounts.id"), nullable=False),
        Column("outcome", State, nullable=False),
        Column("reason", sa.String(1000), nullable=False),
        Column("submitted_at", Moment, nullable=False),
        Column("decided_at", Moment, nullable=False),
        sa.Index(None, "coach_id", "decided_at"),
        sa.Index(None, "decided_at"),
    )
    op.create_table(
        "step_comments",
        Column("id", Id, primary_key=True),
        Column("decision_id", Id, part_of("coach_decisions.id"), nullable=False),
        Column("step", sa.String(20), nullable=False),
        Column("text", sa.String(1000), nullable=False),
        sa.UniqueConstraint("decision_id", "step"),
    )


def list_item(owner: str) -> tuple[Column, ...]:
    return (
        Column("id", Id, primary_key=True),
        Column("account_id", Id, part_of(owner), index=True, nullable=False),
        Column("position", sa.Integer(), nullable=False),
        Column("removed_at", Moment),
    )


def part_of(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")
