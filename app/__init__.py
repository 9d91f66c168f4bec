"""Skileez: pages, rules and actions. `db/` below it holds the tables and their questions."""
