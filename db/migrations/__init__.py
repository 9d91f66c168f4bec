"""The history of the tables: numbered files, each run once, only ever forwards."""
