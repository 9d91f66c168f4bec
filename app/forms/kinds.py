"""How one field is read: what its type says about it, and msgspec's verdict in words."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Meta

from app.forms.text import clean_lines, one_line

MISSING = "Fill this in."


class Wrong(ValueError):
    """What was typed cannot be read as what the field is for; the sentence says what would do."""


class Kind(msgspec.Struct, frozen=True):
    """How a field is read: one text as it was typed → the value the struct's type checks."""

    read: Callable[[str], Any]
    missing: str = MISSING
    secret: bool = False  # never shown again, never trimmed


LINE = Kind(one_line)
LINES = Kind(clean_lines)
CHOICE = Kind(one_line, missing="Choose one.")


def length(least: int, most: int) -> Any:
    """Text of so many characters, after cleaning."""
    return Meta(min_length=least, max_length=most)


def sentence_for(hint: Any, values: Sequence[Any]) -> str:
    """msgspec's verdict in words, from the field's own limits."""
    value = values[0] if values else ""
    for meta in _metas(hint):
        least, most = meta.min_length, meta.max_length
        if isinstance(value, str) and least and len(value) < least:
            return f"Write at least {least} characters. This has {len(value)}."
        if isinstance(value, str) and most is not None and len(value) > most:
            return f"Keep it to {most:,} characters. This has {len(value):,}."
        if isinstance(value, int) and meta.ge is not None and meta.le is not None:
            return f"Give a whole number from {meta.ge} to {meta.le}."
        if least and len(values) < least:
            return MISSING if least == 1 else f"Choose at least {least}."
        if most is not None and len(values) > most:
            return f"Choose at most {most}."
    return "Choose one of the answers offered."


def bare(hint: Any) -> Any:
    """The type without what is said about it, and without its None."""
    while True:
        if get_origin(hint) is Annotated:
            hint = get_args(hint)[0]
        elif type(None) in get_args(hint):
            hint = next(part for part in get_args(hint) if part is not type(None))
        else:
            return hint


def _said(hint: Any) -> list[Any]:
    """Everything written into the Annotated layers of a type."""
    if get_origin(hint) is Annotated:
        inner, *said = get_args(hint)
        return [*said, *_said(inner)]
    if get_origin(hint) is not dict and get_args(hint):
        return [said for part in get_args(hint) for said in _said(part)]
    return []


def _metas(hint: Any) -> list[Meta]:
    return [said for said in _said(hint) if isinstance(said, Meta)]


def kind_of(hint: Any) -> Kind:
    """How a field of this type is read; a plain line where the type does not say."""
    return next((said for said in _said(hint) if isinstance(said, Kind)), _plain(bare(hint)))


def _plain(hint: Any) -> Kind:
    is_choice = get_origin(hint) is Literal or (isinstance(hint, type) and issubclass(hint, Enum))
    return CHOICE if is_choice else LINE
