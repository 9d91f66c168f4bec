"""Text as it is searched: the same folding for what is stored and for what is typed."""

import re
import unicodedata

APART = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\u2600-\u27bf\U0001f000-\U0001faff])")
BARRED = str.maketrans("łøđħı", "lodhi")  # letters that Unicode does not take apart
PART_OF_A_WORD = "+#%_"  # C++, C#, 100%
MOST_WORDS = 8
WORDS_BEFORE = 4
LONGEST_WORD = 40  # letters; longer ones are the same word when they begin alike


def fold(text: str) -> str:
    """Without accents, case and doubled spaces: by this a name is the same name."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.translate(BARRED).split())


def parts(text: str) -> list[list[str]]:
    """The folded words in their order, parted by punctuation.

    Those that are written together, as in scripts without spaces, are one part.
    """
    folded = fold(text)
    if folded.isascii():
        plain = (part.lstrip(PART_OF_A_WORD) for part in folded.translate(PLAIN).split())
        return [[word[:LONGEST_WORD]] for word in plain if word]
    kept = "".join(letter if _is_kept(letter) else " " for letter in folded)
    found = [
        [word.lstrip(PART_OF_A_WORD)[:LONGEST_WORD] for word in APART.sub(r" \1 ", part).split()]
        for part in kept.split()
    ]
    return [part for part in ([word for word in words if word] for words in found) if part]


def tokens(text: str) -> list[str]:
    """The folded words of a text in their order, as often as they stand there."""
    return [word for part in parts(text) for word in part]


def words(text: str) -> list[str]:
    """The folded words of a text, each once, in their order."""
    return list(dict.fromkeys(tokens(text)))


def search_text(*texts: str) -> str:
    """What a search looks into: every word with a space before it, so that beginnings match."""
    return "".join(f" {word}" for word in words(" ".join(texts)))


def searched(typed: str) -> list[str]:
    """The words somebody looks for, as many as a search takes."""
    return words(typed)[:MOST_WORDS]


def around(text: str, sought: list[str], most: int = 160) -> str:
    """One line of a text, from shortly before the first word that begins like one of `sought`."""
    written = text.split()
    begins = tuple(sought) or ("",)
    places = (
        n for n, word in enumerate(written) if any(t.startswith(begins) for t in tokens(word))
    )
    first = max(next(places, 0) - WORDS_BEFORE, 0)
    line = " ".join(written[first:])
    return "…" * bool(first) + line[:most] + "…" * (len(line) > most)


def _is_kept(letter: str) -> bool:
    if letter in PART_OF_A_WORD:
        return True
    kind = unicodedata.category(letter)
    if kind == "So":
        return bool(APART.match(letter))  # emoji
    return kind[0] in "LNM" and not "\ufe00" <= letter <= "\ufe0f"  # which only pick a drawing


PLAIN = {number: " " for number in range(128) if not _is_kept(chr(number))}
