"""Which words a form was opened on, so that it never overwrites newer ones unseen."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from app.forms.form import typed


def version_of(values: Mapping[str, Any]) -> str:
    """A short digest of what stands in a form as it is stored: another one, other words."""
    stored = sorted((name, texts) for name, texts in typed(values).items() if any(texts))
    return hashlib.sha256(msgspec.json.encode(stored)).hexdigest()[:16]


def is_older(version: str, stored: Mapping[str, Any]) -> bool:
    """Whether a form that says its version was opened on other words than are stored now."""
    return version != "" and is_unread(version, stored)


def is_unread(version: str, stored: Mapping[str, Any]) -> bool:
    """The same; a form that does not say what it was opened on has not read what is stored."""
    return version != version_of(stored)
