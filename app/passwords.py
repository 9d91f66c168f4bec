"""Passwords: Argon2id, and what may not be one."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 46 MiB, two passes, one lane: OWASP's first choice for Argon2id.
HASHER = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
LEAST = 12  # characters


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
