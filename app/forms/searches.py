"""What an address asks the list of requests for, and the addresses that ask for less."""

from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec

from app.forms.form import clean_line
from db.search_text import fold

REQUESTS = "/requests"
LONGEST_WORDS = 100
MOST_SKILLS = 20


class Search(msgspec.Struct, frozen=True):
    """Words, and skills by id or folded name of which any will do."""

    words: str = ""
    skills: tuple[int | str, ...] = ()

    @property
    def address(self) -> str:
        """Where this search is found, for a link."""
        pairs = [("q", self.words)] * bool(self.words)
        pairs += [("skill", str(skill)) for skill in self.skills]
        return f"{REQUESTS}?{urlencode(pairs)}" if pairs else REQUESTS

    @property
    def any_words(self) -> "Search":
        """The same without its words."""
        return Search("", self.skills)

    @property
    def any_skill(self) -> "Search":
        """The same without its skills."""
        return Search(self.words, ())

    @property
    def wider(self) -> list[tuple[str, "Search"]]:
        """What would ask for less, by the name of what is left out."""
        offers = [("words", self.any_words), ("skills", self.any_skill)]
        return [(name, less) for name, less in offers if less != self]

    def without(self, *keys: int | str) -> "Search":
        """The same without one skill, which may stand in it as an id or as a name."""
        return Search(self.words, tuple(skill for skill in self.skills if skill not in keys))


class Wider(msgspec.Struct, frozen=True):
    """A search without one of its filters, and how much it finds."""

    filter: str
    address: str
    requests: int


def read_search(words: str, skills: Sequence[str]) -> Search:
    """The search an address asks for; what cannot be read is left out."""
    keys = dict.fromkeys(_key(fold(clean_line(skill))) for skill in skills)
    return Search(words[:LONGEST_WORDS], tuple(key for key in keys if key)[:MOST_SKILLS])


def _key(folded: str) -> int | str:
    if folded.isascii() and folded.isdigit() and len(folded) < 19:
        return int(folded)
    return folded
