"""Long words of a person, cut so that a mail with them stays small."""

from markupsafe import escape

from app.forms.text import clean_line

# A mail stays below 20 KB, and has its words twice. What is cut off here stands on a page.
MOST_BYTES = 6000


def in_parts(text: str, most: int = MOST_BYTES) -> list[str]:
    """The paragraphs of a text, each with its share of so many bytes."""
    parts = [part for part in text.splitlines() if part.strip()]
    return [shortened(part, most // len(parts)) for part in parts]


def shortened(text: str, most: int) -> str:
    """One line, as much of it as fits into so many bytes of a mail."""
    line = clean_line(text)
    end, size = 0, 0
    for end, letter in enumerate(line):
        size += _bytes(letter)
        if size > most:
            return line[:end].rstrip() + "…"
    return line


def _bytes(letter: str) -> int:
    # Quoted-printable: =C3=B6; markup and the equals sign become longer too.
    written = str(escape(letter))
    return len(written) if written.isascii() and letter != "=" else 3 * len(written.encode())
