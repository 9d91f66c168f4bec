"""Text as it is searched: the same folding for what is stored and for what is typed."""

import re
import unicodedata

APART = re.compile(r"([\u3040-\u30ff\u3400-\u9fff])")  # scripts that put no spaces between words
BARRED = str.maketrans("łøđħı", "lodhi")  # letters that Unicode does not take apart
PART_OF_A_WORD = "+#%_"  # C++, C#, 100%
MOST_WORDS = 8


def fold(text: str) -> str:
    """Without accents, case and doubled spaces: by this a name is the same name."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.translate(BARRED).split())


def words(text: str) -> list[str]:
    """The folded words of a text, each once, in their order; punctuation parts them."""
    kept = "".join(letter if _is_kept(letter) else " " for letter in fold(text))
    found = (word.lstrip(PART_OF_A_WORD) for word in APART.sub(r" \1 ", kept).split())
    return list(dict.fromkeys(word for word in found if word))


def search_text(*texts: str) -> str:
    """What a search looks into: every word with a space before it, so that beginnings match."""
    return "".join(f" {word}" for word in words(" ".join(texts)))


def searched(typed: str) -> list[str]:
    """The words somebody looks for, as many as a search takes."""
    return words(typed)[:MOST_WORDS]


def _is_kept(letter: str) -> bool:
    return letter in PART_OF_A_WORD or unicodedata.category(letter)[0] in "LNM"
