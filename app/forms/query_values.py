"""Values of an address's query, whatever stands in it: what cannot be read is left out."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from app.forms.fields import read_whole
from app.forms.form import clean_line
from app.forms.kinds import Wrong
from db.search_terms import read_terms
from db.search_text import fold

LONGEST_WORDS = 100
LONGEST_NAME = 60
MOST = 20  # values of one name
LARGEST_ID = 2**63

E = TypeVar("E", bound=StrEnum)
Query = Mapping[str, Sequence[str]]


def line(query: Query, name: str, most: int = LONGEST_NAME) -> str:
    """The first text under this name."""
    return clean_line(next(iter(query.get(name, ())), ""))[:most].strip()


def words(query: Query) -> str:
    """What is looked for; where there is no word in it, as in `"`, nothing is."""
    typed = line(query, "q", LONGEST_WORDS)
    return "" if read_terms(typed).is_blank else typed


def lines(query: Query, name: str) -> tuple[str, ...]:
    """Every text under this name, each once."""
    found = (clean_line(text)[:LONGEST_NAME].strip() for text in query.get(name, ()))
    return tuple(dict.fromkeys(text for text in found if text))[:MOST]


def keys(query: Query, name: str) -> tuple[int | str, ...]:
    """Things by their id or by their folded name."""
    found = (_key(fold(text)) for text in lines(query, name))
    return tuple(dict.fromkeys(key for key in found if key))


def _key(folded: str) -> int | str:
    if folded.isascii() and folded.isdigit():
        return int(folded) if int(folded) < LARGEST_ID else 0
    return folded


def members(query: Query, name: str, kind: type[E]) -> tuple[E, ...]:
    """Members of an enumeration, in its own order."""
    return tuple(one for one in kind if one in lines(query, name))


def known(query: Query, name: str, codes: Collection[str]) -> tuple[str, ...]:
    """Codes that are among these."""
    return tuple(code for code in lines(query, name) if code in codes)


def one_of(query: Query, name: str, offered: Collection[str]) -> str:
    """One of what is offered."""
    return next(iter(known(query, name, offered)), "")


def is_on(query: Query, name: str) -> bool:
    """Whether a box is ticked."""
    return line(query, name) == "1"


def number(query: Query, name: str, offered: Collection[int]) -> int:
    """One of these numbers; 0 for none."""
    try:
        found = read_whole(line(query, name))
    except Wrong:
        return 0
    return int(found) if found in offered else 0
