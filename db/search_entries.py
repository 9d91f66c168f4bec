"""What searches keep of a request, a coach and a message: titles, text, and facts to filter by."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from db.models.accounts import Side
from db.models.skills import LanguageLevel
from db.search_codes import EVERYTHING, bands, coded, fact, titled
from db.types import EPOCH

LEVELS = tuple(LanguageLevel)  # from the least to the best
FEWER_THAN = (1, 5, 10, 20)  # proposals
STARS = (1, 2, 3, 4, 5)
SECOND = 1_000_000


class Named(msgspec.Struct, frozen=True):
    """A skill of a request or coach, with all it is called."""

    id: int
    topic: str
    names: tuple[str, ...]


def place_of(moment: datetime) -> int:
    """Microseconds since 1970: where something stands among all that has come one by one."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def request_entry(
    row: dict[str, Any], skills: Sequence[Named], proposals: int
) -> dict[str, str | int | None]:
    """The columns of a request by which it is found; `row` has its others, by their names."""
    names = [name for skill in skills for name in skill.names]
    return {
        "search_title": titled([row["title"], *names]),
        "search_text": coded(row["description"]),
        "search_facets": " ".join(request_facts(row, [skill.id for skill in skills], proposals)),
        "budget_top": row["budget_from"] if row["budget_to"] is None else row["budget_to"],
    }


def request_facts(row: dict[str, Any], skills: Sequence[int], proposals: int) -> Iterator[str]:
    """What a search of requests can be narrowed to, of this one."""
    yield EVERYTHING
    for kind, name in (("l", "level"), ("f", "format"), ("g", "language")):
        if row[name]:
            yield fact(kind, str(row[name]))
    yield from (fact("s", skill) for skill in skills)
    if row["budget_from"] is not None or row["budget_to"] is not None:
        yield fact("c", row["currency"].lower())
        yield from bands("b", row["currency"], row["budget_from"], row["budget_to"])
    yield from (fact("p", number) for number in FEWER_THAN if proposals < number)


def coach_entry(
    row: dict[str, Any], skills: Sequence[Named], languages: Sequence[tuple[str, str]]
) -> dict[str, str | int | None]:
    """The columns of a coach by which they are found; `row` has others, the person's too."""
    names = [name for skill in skills for name in skill.names]
    name = f"{row['first_name']} {row['last_name']}"
    return {
        "search_title": titled([name, row["headline"], *names]),
        "search_text": coded(row["bio"]),
        "search_facets": " ".join(coach_facts(row, skills, languages)),
    }


def coach_facts(
    row: dict[str, Any], skills: Sequence[Named], languages: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """What a search of coaches can be narrowed to, of this one."""
    yield EVERYTHING
    yield from (fact("s", skill.id) for skill in skills)
    yield from dict.fromkeys(fact("t", skill.topic) for skill in skills if skill.topic)
    for language, level in languages:
        reached = LEVELS[: LEVELS.index(LanguageLevel(level)) + 1]
        yield from (speaking(language, level) for level in reached)
    if row["country"]:
        yield fact("n", row["country"].lower())
    if row["rate"] is not None:
        yield fact("c", row["currency"].lower())
        yield from bands("b", row["currency"], row["rate"], row["rate"])
    if row["rating"] is None:
        yield fact("w")
    else:
        yield from (fact("r", stars) for stars in STARS if row["rating"] >= 100 * stars)


def speaking(language: str, level: LanguageLevel) -> str:
    """The fact that a coach speaks this at that level or better."""
    return fact("g", f"{language}_{level}")


def message_entry(text: str, student_id: int, coach_id: int) -> str:
    """What a message is found by: its words, and the two who may find it."""
    return f"{party(Side.STUDENT, student_id)} {party(Side.COACH, coach_id)} {coded(text)}"


def party(side: Side, account_id: int) -> str:
    """The fact that a message stands in a thread in which this person has that side."""
    return fact("x" if side is Side.STUDENT else "y", account_id)
