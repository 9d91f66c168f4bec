"""The two sides of whatever two people have together, as addresses name them."""

from app.errors import NotFound
from db.models.accounts import Side


def side_named(word: str, otherwise: Side) -> Side:
    """The side an address asks for. Raises NotFound for nonsense."""
    if word and word not in set(Side):
        raise NotFound
    return Side(word) if word else otherwise


def across_from(side: Side) -> Side:
    """The side one has seen from the other."""
    return Side.COACH if side is Side.STUDENT else Side.STUDENT
