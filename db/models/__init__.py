"""The tables, one file per noun. Importing any makes all known: relations go by name."""

from db.models import (
    accounts,
    bookmarks,
    events,
    learning_requests,
    messages,
    profiles,
    proposals,
    sign_ins,
    skills,
    submissions,
    threads,
)

__all__ = [
    "accounts",
    "bookmarks",
    "events",
    "learning_requests",
    "messages",
    "profiles",
    "proposals",
    "sign_ins",
    "skills",
    "submissions",
    "threads",
]
