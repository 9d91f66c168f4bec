"""Skills as people write them: names separated by commas."""

from typing import Annotated

from app.forms.fields import read_names
from app.forms.kinds import Kind, Wrong
from db.search_text import fold, words

MOST_SKILLS, SHORTEST_SKILL, LONGEST_SKILL = 8, 2, 40


def read_skills(text: str, *, most: int = MOST_SKILLS) -> str:
    """Some names separated by commas; the same name written twice is one."""
    names = {fold(name): name for name in reversed(read_names(text).split(", ")) if name}
    for folded, name in names.items():
        if not any(word[0].isalnum() for word in words(name)):  # a picture is none
            raise Wrong(f"Write “{name[:LONGEST_SKILL]}” in letters.")
        if not SHORTEST_SKILL <= len(name) <= LONGEST_SKILL or len(folded) > LONGEST_SKILL:
            raise Wrong(f"Each skill has 2 to 40 characters. “{name[:LONGEST_SKILL]}” does not.")
    if len(names) > most:
        raise Wrong(f"Name at most {most} skills. These are {len(names)}.")
    return ", ".join(reversed(names.values()))


def being_written(text: str) -> tuple[list[str], str]:
    """The names that stand in a field already and the one that is being written, folded."""
    *before, begun = text.split(",")
    return [fold(name) for name in before], fold(begun)


Skills = Annotated[str, Kind(read_skills, missing="Name at least one skill.")]
