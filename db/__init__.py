"""Everything stored: tables, migrations, and every named SELECT. Knows nothing of the web."""
