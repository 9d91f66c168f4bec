"""The other names skills go by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, ForeignKey

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "skill_synonyms",
        Column("id", Id, primary_key=True),
        Column("skill_id", Id, ForeignKey("skills.id"), index=True, nullable=False),
        Column("name", sa.String(40), nullable=False),
        Column("folded", sa.String(40), unique=True, nullable=False),
    )
