"""Passwords: Argon2id, and what may not be one."""

import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.common_passwords import LEAST, is_common, plain

# 46 MiB, two passes, one lane: OWASP's first choice for Argon2id.
HASHER = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
# Of a random password nobody has, so that an unknown address costs what a known one costs.
NOBODY = (
    "$argon2id$v=19$m=47104,t=2,p=1$dRDuI0Muk8dGz2B7om1A8A"
    "$JTAjBV0Eg66awUc/IYoKCqEaZVfx6W3m/lmfZi6c4Q8"
)
DEMO_PASSWORD = "learn-something-new"  # noqa: S105 - public on purpose: demo mode is loopback only

OWN_WORD = 3  # shorter names are part of too many other words
REST = 6  # characters beside one's own names that make a password of its own
PARTS = re.compile(r"[\W_]+")


def hashed(password: str) -> str:
    """The hash to store, with its parameters and salt inside."""
    return HASHER.hash(password)


def matches(stored: str, password: str) -> bool:
    """Whether this is the password; costs the same time when it is not."""
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with older parameters."""
    return HASHER.check_needs_rehash(stored)


def objection(password: str) -> str:
    """Why this cannot be anybody's password, or ""."""
    if len(password) < LEAST:
        return f"Use at least {LEAST} characters. This has {len(password)}."
    if is_common(password):
        return "Many people use this password, so it is easy to guess. Three or four words do well."
    return ""


def is_made_of(password: str, names: tuple[str, ...]) -> bool:
    """Whether little is left of it without these names, or ours, whole or in parts."""
    words = {plain(part) for name in (*names, "skileez") for part in (name, *PARTS.split(name))}
    rest = plain(password)
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= OWN_WORD:
            rest = rest.replace(word, "")
    return len(rest) < REST and rest != plain(password)
