"""What a rule of the table is: the alternatives, each a conjunction of facts."""

import msgspec

from app.access.facts import Fact


class Rule(msgspec.Struct, frozen=True):
    """Who may; `about` is the model the rule needs a thing of, or None."""

    about: type | None
    alternatives: tuple[tuple[Fact, ...], ...]
    for_guests: bool = False
    fresh: bool = False  # only a short while after the password was given


def either(*alternatives: tuple[Fact, ...], fresh: bool = False) -> Rule:
    """Signed-in people for whom one of the alternatives holds."""
    return Rule(None, alternatives, fresh=fresh)


def about(model: type, *alternatives: tuple[Fact, ...], fresh: bool = False) -> Rule:
    """The same, where the facts concern a thing that the viewer can see."""
    return Rule(model, alternatives, fresh=fresh)


anyone = Rule(None, ((),), for_guests=True)
