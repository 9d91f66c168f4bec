"""SQLite finds what is in titles without looking into texts, and lists beginnings of six letters."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# FTS table, that of titles, their table, the column that is the rowid, the state that is found.
INDEXES = (
    ("request_search", "request_titles", "learning_requests", "posting", "open"),
    ("coach_search", "coach_titles", "coach_profiles", "listing", "approved"),
)
# The triggers of 0006 go on: they name the table, and do not mind that it is another one.
AGAIN = (
    "DROP TABLE {name}",
    "CREATE VIRTUAL TABLE {name} USING fts5(title, text, facets, tokenize = 'ascii',"
    " prefix = '1 2 3 4 5 6', columnsize = 0)",
    "INSERT INTO {name} (rowid, title, text, facets)"
    " SELECT {place}, search_title, search_text, search_facets FROM {table}"
    " WHERE status = '{state}' AND {place} IS NOT NULL ORDER BY {place}",
)
TITLES = (
    "CREATE VIRTUAL TABLE {titles} USING fts5(title, facets, tokenize = 'ascii',"
    " prefix = '1 2 3 4 5 6', columnsize = 0)",
    "INSERT INTO {titles} (rowid, title, facets)"
    " SELECT {place}, search_title, search_facets FROM {table}"
    " WHERE status = '{state}' AND {place} IS NOT NULL ORDER BY {place}",
    "CREATE TRIGGER {titles}_added AFTER INSERT ON {table}"
    " WHEN NEW.status = '{state}' AND NEW.{place} IS NOT NULL BEGIN"
    " INSERT INTO {titles} (rowid, title, facets)"
    " VALUES (NEW.{place}, NEW.search_title, NEW.search_facets); END",
    "CREATE TRIGGER {titles}_changed"
    " AFTER UPDATE OF status, {place}, search_title, search_facets ON {table}"
    " WHEN OLD.status IS NOT NEW.status OR OLD.{place} IS NOT NEW.{place}"
    " OR OLD.search_title <> NEW.search_title OR OLD.search_facets <> NEW.search_facets BEGIN"
    " DELETE FROM {titles} WHERE rowid = OLD.{place};"
    " INSERT INTO {titles} (rowid, title, facets)"
    " SELECT NEW.{place}, NEW.search_title, NEW.search_facets"
    " WHERE NEW.status = '{state}' AND NEW.{place} IS NOT NULL; END",
    "CREATE TRIGGER {titles}_removed AFTER DELETE ON {table} WHEN OLD.{place} IS NOT NULL BEGIN"
    " DELETE FROM {titles} WHERE rowid = OLD.{place}; END",
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return  # a tsvector knows of each word where it is, and of each beginning
    for name, titles, table, place, state in INDEXES:
        for statement in AGAIN + TITLES:
            words = {"name": name, "titles": titles, "table": table, "place": place, "state": state}
            op.execute(statement.format(**words))
