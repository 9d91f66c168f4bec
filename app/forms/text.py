"""Text cleaned once, at the edge: what the counter on the page and the server both measure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

# U+200E, U+200F, U+061C and the embeddings, overrides and isolates: they reorder what is read.
BIDI = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SPACES = re.compile(r"\s+")
# What the page's counter trims, too: JavaScript counts U+FEFF as white space.
ENDS = re.compile(r"\A[\s\ufeff]+|[\s\ufeff]+\Z")
# Letters and signs by their category, but nothing is drawn for them.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class Unreadable(ValueError):
    """The text holds characters that nobody can type or see."""


def clean_lines(text: str) -> str:
    """Several lines of text: NFC, line ends as \\n, trimmed. Raises Unreadable."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if CONTROLS.search(text) or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Unreadable
    return ENDS.sub("", text) if _shows_something(text) else ""


def clean_line(text: str) -> str:
    """One line: as above, with white space folded and bidirectional controls gone.

    Never raises: what cannot be read is left out, since it stands in addresses too.
    """
    try:
        return one_line(text)
    except Unreadable:
        return ""


def one_line(text: str) -> str:
    """One line of a form. Raises Unreadable."""
    return SPACES.sub(" ", clean_lines(text.translate(BIDI)))


def storable(posted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A form as it was typed, to be kept: PostgreSQL keeps no NUL, which nobody can type."""
    return {
        name.replace("\0", ""): [text.replace("\0", "") for text in texts]
        for name, texts in posted.items()
    }


def _shows_something(text: str) -> bool:
    return any(unicodedata.category(letter)[0] in "LNPS" and letter not in BLANK for letter in text)
