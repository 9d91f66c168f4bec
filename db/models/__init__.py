"""The tables, one file per noun. Importing any makes all known: relations go by name."""

from db.models import (
    accounts,
    attempts,
    bookmarks,
    devices,
    events,
    learning_requests,
    mail_tokens,
    messages,
    outgoing_mail,
    parked_forms,
    profiles,
    proposals,
    sign_ins,
    skills,
    submissions,
    threads,
)

__all__ = [
    "accounts",
    "attempts",
    "bookmarks",
    "devices",
    "events",
    "learning_requests",
    "mail_tokens",
    "messages",
    "outgoing_mail",
    "parked_forms",
    "profiles",
    "proposals",
    "sign_ins",
    "skills",
    "submissions",
    "threads",
]
