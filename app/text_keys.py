"""By which number the same words are known again, however they are spaced and dotted."""

import hashlib

from db.search_text import fold

SHORTEST = 20  # characters; "Thank you" is said to everybody


def text_key(text: str) -> int | None:
    """The same for texts that differ in case, accents, spaces and marks; None for short ones."""
    if len(text.strip()) < SHORTEST:
        return None
    folded = fold(text)
    letters = "".join(filter(str.isalnum, folded)) or folded
    digest = hashlib.blake2b(letters.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
