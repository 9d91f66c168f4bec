"""Words as the two databases' searches keep them: plain small letters, one word each.

a to y are themselves, z is "zz", anything else is "z" and five letters a to p. Neither SQLite's
nor PostgreSQL's parser can part such a word, and beginnings stay beginnings. No word begins with
"zq" (a fact to filter by) or is "zr" (a gap that no phrase spans).
"""

from collections.abc import Iterable
from functools import lru_cache

from db.search_text import tokens

GAP = "zr"
EVERYTHING = "zqa"  # every entry has it
# PostgreSQL keeps 256 places of a word and forgets the rest; so does SQLite, then.
MOST_IN_TITLE, MOST_IN_TEXT = 50, 200
_LETTERS = "abcdefghijklmnop"


@lru_cache(maxsize=50_000)
def code(word: str) -> str:
    """A folded word as it is kept."""
    return "".join(letter if "a" <= letter <= "y" else _code(letter) for letter in word)


def _code(letter: str) -> str:
    if letter == "z":
        return "zz"
    return "z" + "".join(_LETTERS[int(digit, 16)] for digit in f"{ord(letter):05x}")


@lru_cache(maxsize=50_000)
def fact(kind: str, value: str | int = "") -> str:
    """A fact to filter by; `kind` is one letter."""
    if isinstance(value, int):
        return f"zq{kind}" + "".join(_LETTERS[int(digit)] for digit in str(value))
    return f"zq{kind}{code(value)}"


def coded(text: str, most: int = MOST_IN_TEXT) -> str:
    """A text as it is kept: its words in their order."""
    return spread(map(code, tokens(text)), most)


def spread(codes: Iterable[str], most: int) -> str:
    """Words of a text, none of them more often than `most`."""
    often: dict[str, int] = {}
    kept = []
    for one in codes:
        often[one] = often.get(one, 0) + 1
        kept.append(one if often[one] <= most else GAP)
    return " ".join(kept)


def titled(texts: Iterable[str]) -> str:
    """Titles and names as they are kept: a gap behind each, so that no phrase spans two."""
    codes = [one for text in texts for one in (*map(code, tokens(text)), GAP)]
    return " ".join(one for one in spread(codes, MOST_IN_TITLE).split())


def band(amount: int) -> int:
    """The quarter of an octave an amount is in; every amount is in one, greater ones in later ones.

    The least share one, and so do the greatest: a range without an end would be in too many.
    """
    return min(max((max(amount, 1) ** 4).bit_length(), FIRST_BAND), LAST_BAND)


FIRST_BAND, LAST_BAND = 33, 81  # up to 256, and from about a million


def bands(kind: str, currency: str, lowest: int | None, highest: int | None) -> tuple[str, ...]:
    """The facts of a range of amounts; two ranges that meet have one in common."""
    first = band(lowest or 0)
    last = LAST_BAND if highest is None else max(first, band(highest))
    return tuple(fact(kind, f"{currency.lower()}{number}") for number in range(first, last + 1))
