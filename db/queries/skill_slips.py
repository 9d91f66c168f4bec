"""Small slips of typing in the names of skills: one letter too many, too few, other or swapped."""

from bisect import bisect_left
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import select, true, union_all
from sqlalchemy.orm import Session

from db.models.skills import Skill, SkillSynonym
from db.search_terms import Phrase, Terms
from db.search_text import tokens

SHORTEST = 4  # letters; of shorter words too many are near each other
MOST = 3  # words that one that was typed may stand for


class Vocabulary(msgspec.Struct, frozen=True):
    """The words in the names of listed skills, in order, and by what is left without a letter."""

    words: tuple[str, ...]
    near: dict[str, tuple[str, ...]]

    def knows(self, word: str, *, is_begun: bool) -> bool:
        """Whether it is one of them, or may become one."""
        place = bisect_left(self.words, word)
        found = self.words[place] if place < len(self.words) else ""
        return found.startswith(word) if is_begun else found == word

    def like(self, word: str) -> list[str]:
        """Those that differ by one slip."""
        found = {one for short in _shortened(word) for one in self.near.get(short, ())}
        return sorted(one for one in found if is_slip(word, one))[:MOST]


def forgiven(db: Session, terms: Terms) -> Terms:
    """The same terms, where a word that nearly names a skill may also be that skill's."""
    if not any(_is_candidate(*spellings) for spellings in terms.wanted):
        return terms
    known = _vocabulary(db)
    wanted = tuple(_with_likes(known, *spellings) for spellings in terms.wanted)
    return msgspec.structs.replace(terms, wanted=wanted)


def is_slip(typed: str, meant: str) -> bool:
    """Whether one letter is too many, too few, another, or swapped with the next."""
    if len(typed) > len(meant):
        typed, meant = meant, typed
    pairs = zip(typed, meant, strict=False)
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), len(typed))
    left, right = typed[same:], meant[same:]
    if len(left) != len(right):
        return left == right[1:]
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])


def _is_candidate(phrase: Phrase, *_: Phrase) -> bool:
    return len(phrase.words) == 1 and len(phrase.words[0]) >= SHORTEST and not phrase.is_quoted


def _with_likes(known: Vocabulary, *spellings: Phrase) -> tuple[Phrase, ...]:
    typed = spellings[0]
    if not _is_candidate(typed) or known.knows(typed.words[0], is_begun=typed.is_begun):
        return spellings
    return (typed, *(Phrase((word,)) for word in known.like(typed.words[0])))


def _vocabulary(db: Session) -> Vocabulary:
    # The newest of each stand for the whole: names are added, and merged by adding a name.
    skill = select(Skill.id, Skill.created_at).order_by(Skill.id.desc()).limit(1).subquery()
    names = select(SkillSynonym.id, SkillSynonym.folded).order_by(SkillSynonym.id.desc())
    other = names.limit(1).subquery()
    newest = db.execute(select(skill, other).join_from(skill, other, true(), isouter=True))
    version = (str(db.get_bind().engine.url), *newest)
    found = _KNOWN.get(version)
    if found is None:
        _KNOWN.clear()
        found = _KNOWN[version] = _read(db)
    return found


_KNOWN: dict[Any, Vocabulary] = {}


def _read(db: Session) -> Vocabulary:
    listed = Skill.topic != ""
    others = select(SkillSynonym.folded).join(Skill, Skill.id == SkillSynonym.skill_id)
    names = db.scalars(union_all(select(Skill.folded).where(listed), others.where(listed)))
    return _vocabulary_of(tuple(sorted(names)))


@lru_cache(maxsize=2)
def _vocabulary_of(names: tuple[str, ...]) -> Vocabulary:
    words = sorted({word for name in names for word in tokens(name) if len(word) >= SHORTEST})
    near: dict[str, tuple[str, ...]] = {}
    for word in words:
        for short in _shortened(word):
            near[short] = (*near.get(short, ()), word)
    return Vocabulary(tuple(words), near)


def _shortened(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
