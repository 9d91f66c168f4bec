"""What a fact of the rules is: a claim that holds or not, and the sentence of its no.

A fact about the person fails with 403. A fact about the state of the thing (`late=True`) fails
with 409, since someone else was quicker.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from db.queries.viewers import Viewer


class Fact(msgspec.Struct, frozen=True):
    """A claim that holds or not, and what to say when it does not."""

    holds: Callable[..., bool]
    sentence: str
    about_thing: bool
    late: bool = False
    by_status: Mapping[Any, str] = {}

    def __call__(self, viewer: Viewer, thing: Any) -> bool:
        """Whether the claim holds for this person (and this thing)."""
        return self.holds(viewer, thing) if self.about_thing else self.holds(viewer)

    def no(self, thing: Any) -> str:
        """What to say when it does not hold; some states of the thing have words of their own."""
        return self.by_status.get(getattr(thing, "status", None), self.sentence)


def person(sentence: str) -> Callable[[Callable[[Viewer], bool]], Fact]:
    """A fact about who asks."""
    return lambda holds: Fact(holds, sentence, about_thing=False)


def relation(sentence: str) -> Callable[[Callable[[Viewer, Any], bool]], Fact]:
    """A fact about what the thing is to who asks."""
    return lambda holds: Fact(holds, sentence, about_thing=True)


def state(
    sentence: str, by_status: Mapping[Any, str] | None = None
) -> Callable[[Callable[[Viewer, Any], bool]], Fact]:
    """A fact about how the thing stands; some states may have words of their own."""
    return lambda holds: Fact(
        holds, sentence, about_thing=True, late=True, by_status=by_status or {}
    )
