"""Tokens that a browser carries: random, and kept in the database as a hash only."""

import hashlib
import re
import secrets

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def new_token() -> str:
    """256 random bits as a cookie can carry them."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> bytes:
    """What the database keeps of a token: SHA-256, so that a copy of it signs nobody in."""
    return hashlib.sha256(token.encode("ascii")).digest()
