"""What somebody types into a search, read: words, "a phrase", and -what is not wanted."""

import re

import msgspec

from db.search_text import parts

MOST = 12  # words and phrases of a kind; what is typed beyond that is left out
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("－−", "-"))
PIECE = re.compile(r'(-*)(?:"([^"]*)(?:"|$)|([^\s"]+))')


class Phrase(msgspec.Struct, frozen=True):
    """Words that stand side by side; the last may only be begun, if they are not quoted."""

    words: tuple[str, ...]
    is_begun: bool = False
    is_quoted: bool = False


class Terms(msgspec.Struct, frozen=True):
    """Each of `wanted` is there, in one of its spellings; none of `excluded` is."""

    wanted: tuple[tuple[Phrase, ...], ...] = ()
    excluded: tuple[Phrase, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether everything is meant."""
        return not self.wanted and not self.excluded


def read_terms(typed: str) -> Terms:
    """What is meant by this. The last word may be the beginning of one; a quote may stay open.

    Where nothing can be looked for, as in `"` or `*`, everything is meant.
    """
    wanted: list[Phrase] = []
    excluded: list[Phrase] = []
    is_begun = False
    for minus, phrase, word in PIECE.findall(typed.translate(QUOTES)):
        found = parts(word or phrase)
        if minus:
            excluded += [Phrase(tuple(_flat(found)))] * bool(found)
        elif word:
            wanted += [Phrase(tuple(part[:MOST])) for part in found]
        else:
            wanted += [Phrase(tuple(_flat(found)), is_quoted=True)] * bool(found)
        is_begun = bool(word and found and not minus)
    if is_begun:
        wanted[-1] = Phrase(wanted[-1].words, is_begun=True)
    return Terms(
        tuple((phrase,) for phrase in dict.fromkeys(wanted))[:MOST],
        tuple(dict.fromkeys(excluded))[:MOST],
    )


def _flat(found: list[list[str]]) -> list[str]:
    return [word for part in found for word in part][:MOST]
