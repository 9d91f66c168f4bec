"""What a search can be narrowed to, and how much would be left."""

import msgspec

MOST_COUNTED = 1_000
MOST_COUNTED_BESIDE = 100  # beside an option


class Count(msgspec.Struct, frozen=True):
    """How many there are; with `is_more`, more than anybody counts."""

    number: int
    is_more: bool = False


class Option(msgspec.Struct, frozen=True):
    """A skill (`id` is its number) or language (`id` is its code) that a search may ask for.

    `number`: how many results choosing it would leave.
    """

    id: int | str
    name: str
    folded: str
    number: Count
    is_chosen: bool = False


class Options(msgspec.Struct, frozen=True):
    """How many a search finds, and what it can be narrowed to: the chosen ones first."""

    hits: Count
    skills: list[Option]
    languages: list[Option]


def capped(number: int, most: int) -> Count:
    """A number that was counted up to one more than `most`."""
    return Count(min(number, most), number > most)
