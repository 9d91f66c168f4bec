"""Passwords that many people use, recognised by pieces of their hashes.

app/common_passwords.bin holds nothing but these pieces, sorted: nothing is parsed at the start,
workers share its pages, and what people once typed cannot be read in it. Where its entries come
from stands in app/common_passwords.LICENSE.txt. To make it again from lists, each a text of one
password a line or a folder of such texts, the first with the most common ones on top:

    python -m app.common_passwords LIST...
"""

import mmap
import sys
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path

LEAST = 12  # characters a password has here
LISTED = Path(__file__).parent / "common_passwords.bin"
OWN = LISTED.with_suffix(".txt")  # words since the lists were made, and what people put after them
# Five bytes of a hash: 155,000 entries among 2**40 pieces take one other password in seven million
# for theirs, and one that can be read in all six ways (see `_readings`) less than one in a million.
PIECE = 5
ENTRIES = 155_000
SHORT = 30_000  # of them shorter than LEAST: what people make long with digits and marks

FEW = 4  # digits that make no other password of a common one, nor does saying so many twice
# Letters written as what they look like; 1 and ! are l to some and i to others.
LOOKS = [str.maketrans({}), *(str.maketrans("034578@$1!", f"oeastbas{i}{i}") for i in "li")]


def is_common(password: str) -> bool:
    """Whether it is listed, whatever its case, accents, marks, look-alikes, ornament or repeats."""
    return any(
        is_listed(form) or (unit != form and (len(unit) <= FEW or is_listed(unit)))
        for form in _readings(_folded(password))
        for unit in (_unit(form),)
    )


def is_listed(form: str) -> bool:
    """Whether this plain form has an entry."""
    wanted, kept = _piece(form), _entries()
    at = bisect_left(range(count()), wanted, key=lambda n: kept[n * PIECE : (n + 1) * PIECE])
    return kept[at * PIECE : (at + 1) * PIECE] == wanted


def count() -> int:
    """How many entries the list has."""
    return len(_entries()) // PIECE


def plain(text: str) -> str:
    """Letters and digits alone, of one case, without accents."""
    return "".join(letter for letter in _folded(text) if letter.isalnum())


def build(lists: list[Path], target: Path = LISTED) -> None:
    """Make the file from lists; same lists, same bytes.

    All of our own. Of the short ones those that the first list has first. Of the long ones those
    met in most spellings and lists, and among equals those whose letters were, whatever their
    digits.
    """
    own = {plain(line) for line in _lines(OWN)}
    first = dict.fromkeys(plain(line) for line in _lines(lists[0]))
    short = [form for form in first if FEW <= len(form) < LEAST][:SHORT]
    met = Counter(form for line in chain.from_iterable(map(_lines, lists)) if (form := plain(line)))
    stems: Counter[str] = Counter()
    for form, times in met.items():
        stems[_stem(form)] += times
    long = [form for form in met if len(form) >= LEAST]
    long.sort(key=lambda form: (-met[form], -stems[_stem(form)], form))
    entries = list(dict.fromkeys([*own, *short, *long]))[:ENTRIES]
    target.write_bytes(b"".join(sorted({_piece(form) for form in entries})))


@cache
def _entries() -> mmap.mmap:
    with LISTED.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _piece(form: str) -> bytes:
    return blake2b(form.encode(), digest_size=PIECE).digest()


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _readings(text: str) -> set[str]:
    """Plain forms it can be read as: whole, and without the digits around it if they are few."""
    read = {text.translate(look) for look in LOOKS}
    letters = [at for at, letter in enumerate(text) if letter.isalpha()]
    if letters:
        first, end = letters[0], letters[-1] + 1
        around = text[:first] + text[end:]
        marks = "".join(letter for letter in around if not letter.isalnum())
        digits = _unit(plain(around))
        if len(digits) <= FEW or is_listed(digits):
            read |= {text[first:end].translate(look) + marks for look in LOOKS}
    return {plain(one) for one in read if len(plain(one)) >= LEAST or _is_hardly_marked(one)}


def _is_hardly_marked(text: str) -> bool:
    """Whether its marks add little: two of them, or one over and over."""
    marks = [letter for letter in text if not letter.isalnum()]
    return len(marks) <= 2 or len(set(marks)) == 1


def _unit(form: str) -> str:
    """What it says over and over; itself when it says a thing once."""
    half = range(1, len(form) // 2 + 1)
    return next((form[:n] for n in half if form[n:] == form[:-n]), form)


def _stem(form: str) -> str:
    return "".join(letter for letter in form if letter.isalpha()) or form


def _lines(place: Path) -> Iterator[str]:
    for file in sorted(place.rglob("*.txt")) if place.is_dir() else [place]:
        yield from file.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    build([Path(place) for place in sys.argv[1:]])
