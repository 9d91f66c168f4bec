"""What the parts of a request are called where somebody reads which of them have changed."""

from collections.abc import Iterable

CALLED = {
    "title": "title",
    "description": "description",
    "skills": "skills",
    "level": "level",
    "format": "how long",
    "language": "language",
    "language_level": "language",
    "budget_from": "budget",
    "budget_to": "budget",
    "currency": "budget",
    "sessions": "sessions",
    "times": "good times",
    "questions": "questions",
}


def called(changed: Iterable[str]) -> list[str]:
    """The names of these parts, each once, in the order of the form."""
    names = set(changed)
    return list(dict.fromkeys(word for name, word in CALLED.items() if name in names))
