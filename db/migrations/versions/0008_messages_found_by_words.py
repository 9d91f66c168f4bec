"""Messages found by their words, by the two who may read them: FTS5 for SQLite, a tsvector else."""

import sqlalchemy as sa
from alembic import op

from db.search_entries import message_entry

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BATCH = 500
# The words stay in the table itself: FTS5 keeps only where they are.
FTS = (
    "CREATE VIRTUAL TABLE message_search USING fts5(search_text, content = 'messages',"
    " content_rowid = 'id', tokenize = 'ascii', prefix = '1 2 3', columnsize = 0)",
    "INSERT INTO message_search (message_search) VALUES ('rebuild')",
    "CREATE TRIGGER message_search_added AFTER INSERT ON messages BEGIN"
    " INSERT INTO message_search (rowid, search_text) VALUES (NEW.id, NEW.search_text); END",
    "CREATE TRIGGER message_search_changed AFTER UPDATE OF search_text ON messages BEGIN"
    " INSERT INTO message_search (message_search, rowid, search_text)"
    " VALUES ('delete', OLD.id, OLD.search_text);"
    " INSERT INTO message_search (rowid, search_text) VALUES (NEW.id, NEW.search_text); END",
    "CREATE TRIGGER message_search_removed AFTER DELETE ON messages BEGIN"
    " INSERT INTO message_search (message_search, rowid, search_text)"
    " VALUES ('delete', OLD.id, OLD.search_text); END",
)
VECTOR = (
    "ALTER TABLE messages ADD COLUMN search tsvector GENERATED ALWAYS AS"
    " (to_tsvector('simple'::regconfig, search_text)) STORED",
    "CREATE INDEX ix_messages_search ON messages USING gin (search)",
)
OLDER = """
SELECT messages.id, messages.text, student_id, coach_id FROM messages
JOIN threads ON threads.id = messages.thread_id
WHERE messages.id > :last ORDER BY messages.id LIMIT :most
"""


def upgrade() -> None:
    column = sa.Column("search_text", sa.Text(), nullable=False, server_default="")
    op.add_column("messages", column)
    fill()
    for statement in FTS if op.get_bind().dialect.name == "sqlite" else VECTOR:
        op.execute(statement)


def fill() -> None:
    db, last = op.get_bind(), 0
    update = sa.text("UPDATE messages SET search_text = :entry WHERE id = :id")
    while rows := db.execute(sa.text(OLDER), {"last": last, "most": BATCH}).all():
        entries = [
            {"id": row.id, "entry": message_entry(row.text, row.student_id, row.coach_id)}
            for row in rows
        ]
        db.execute(update, entries)
        last = rows[-1].id
