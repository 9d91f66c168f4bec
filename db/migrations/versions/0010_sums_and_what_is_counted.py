"""Sums of all ratings that the database keeps, and indexes with all that lists count by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ALL = """
INSERT INTO rating_sums (weighed, reviews)
SELECT coalesce(sum(rating * review_count), 0), coalesce(sum(review_count), 0)
FROM coach_profiles WHERE status = 'approved' AND rating IS NOT NULL
"""

# One row, for SQLite has one writer. What is summed is what `status` and `rating` let in.
ADD = """
UPDATE rating_sums
SET weighed = weighed {sign} {row}.rating * {row}.review_count,
  reviews = reviews {sign} {row}.review_count
WHERE {row}.status = 'approved' AND {row}.rating IS NOT NULL;
"""
COME, GONE = ADD.format(sign="+", row="NEW"), ADD.format(sign="-", row="OLD")
ROW = (
    f"CREATE TRIGGER rating_sums_added AFTER INSERT ON coach_profiles BEGIN {COME} END",
    "CREATE TRIGGER rating_sums_changed AFTER UPDATE OF status, rating, review_count"
    f" ON coach_profiles BEGIN {GONE} {COME} END",
    f"CREATE TRIGGER rating_sums_removed AFTER DELETE ON coach_profiles BEGIN {GONE} END",
)

# PostgreSQL has many: each change adds a row and waits for nobody, for rows never change. The
# hundredth makes one of all that are not in anybody's hands: what it removes is what it adds.
FOLLOW = """
CREATE FUNCTION rating_sums_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  more rating_sums;
BEGIN
  more.weighed := 0;
  more.reviews := 0;
  IF TG_OP <> 'DELETE' THEN
    SELECT more.weighed + coalesce(sum(rating::bigint * review_count), 0),
      more.reviews + coalesce(sum(review_count), 0) INTO more.weighed, more.reviews
    FROM come WHERE status = 'approved' AND rating IS NOT NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    SELECT more.weighed - coalesce(sum(rating::bigint * review_count), 0),
      more.reviews - coalesce(sum(review_count), 0) INTO more.weighed, more.reviews
    FROM gone WHERE status = 'approved' AND rating IS NOT NULL;
  END IF;
  IF more.weighed = 0 AND more.reviews = 0 THEN
    RETURN NULL;
  END IF;
  INSERT INTO rating_sums (weighed, reviews) VALUES (more.weighed, more.reviews)
  RETURNING id INTO more.id;
  IF more.id % 100 = 0 THEN
    WITH folded AS (
      DELETE FROM rating_sums
      WHERE id IN (SELECT id FROM rating_sums FOR UPDATE SKIP LOCKED)
      RETURNING weighed, reviews
    )
    INSERT INTO rating_sums (weighed, reviews) SELECT sum(weighed), sum(reviews) FROM folded;
  END IF;
  RETURN NULL;
END $$
"""
EMPTY = """
CREATE FUNCTION rating_sums_empty() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN DELETE FROM rating_sums; RETURN NULL; END $$
"""
STATEMENT = (
    FOLLOW,
    EMPTY,
    *(
        f"CREATE TRIGGER rating_sums_{name} AFTER {deed} ON coach_profiles REFERENCING {rows}"
        " FOR EACH STATEMENT EXECUTE FUNCTION rating_sums_follow()"
        for name, deed, rows in (
            ("added", "INSERT", "NEW TABLE AS come"),
            ("changed", "UPDATE", "OLD TABLE AS gone NEW TABLE AS come"),
            ("removed", "DELETE", "OLD TABLE AS gone"),
        )
    ),
    "CREATE TRIGGER rating_sums_emptied AFTER TRUNCATE ON coach_profiles"
    " FOR EACH STATEMENT EXECUTE FUNCTION rating_sums_empty()",
)


def upgrade() -> None:
    rating_sums()
    counted()


def counted() -> None:
    """With all that is looked at of the newest thousand, which are counted for every list."""
    op.drop_index("ix_learning_requests_status_posting")
    columns = ["status", "posting", "expires_at", "student_id", "language"]
    op.create_index("ix_requests_counted", "learning_requests", columns)
    columns = ["account_id", "language", "level", "removed_at"]
    op.create_index(f"ix_coach_languages_{'_'.join(columns)}", "coach_languages", columns)


def rating_sums() -> None:
    op.create_table(
        "rating_sums",
        Column("id", Id, sa.Identity(always=True), primary_key=True),
        Column("weighed", sa.BigInteger(), nullable=False),
        Column("reviews", sa.BigInteger(), nullable=False),
    )
    # The triggers first: PostgreSQL lets nobody change a coach then, until all are summed.
    for statement in ROW if op.get_bind().dialect.name == "sqlite" else STATEMENT:
        op.execute(statement)
    op.execute(ALL)
