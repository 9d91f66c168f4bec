"""What an address asks the list of requests for, and the addresses that ask for less."""

from typing import ClassVar

from app.forms.query_values import (
    Query,
    is_on,
    keys,
    known,
    members,
    number,
    one_of,
    words,
)
from app.forms.search_addresses import Asked, Range
from app.forms.search_amounts import read_amounts
from app.wording import LANGUAGES
from db.models.learning_requests import Format
from db.models.skills import Level
from db.queries.request_searches import RequestSort

POSTED = {1: "The last day", 3: "The last 3 days", 7: "The last week", 30: "The last 30 days"}
FEWER = {1: "None yet", 5: "Fewer than 5", 10: "Fewer than 10", 20: "Fewer than 20"}


class Search(Asked, frozen=True):
    """A search for requests; `posted` is in days."""

    path: ClassVar[str] = "/requests"
    called: ClassVar = {
        "words": "q", "skills": "skill", "every_skill": "all", "levels": "level",
        "formats": "format", "languages": "language",
    }  # fmt: skip
    filtering: ClassVar = {
        "words": ("words",),
        "skill": ("skills", "every_skill"),
        "level": ("levels",),
        "format": ("formats",),
        "language": ("languages",),
        "budget": ("budget_from", "budget_to", "currency"),
        "posted": ("posted",),
        "fewer": ("fewer",),
        "not_proposed": ("not_proposed",),
        "bookmarked": ("bookmarked",),
    }

    levels: tuple[Level, ...] = ()
    formats: tuple[Format, ...] = ()
    languages: tuple[str, ...] = ()
    budget_from: int | None = None
    budget_to: int | None = None
    currency: str = ""
    posted: int = 0
    fewer: int = 0
    not_proposed: bool = False
    bookmarked: bool = False

    @property
    def range(self) -> Range:
        """What a session may cost."""
        return Range(self.budget_from, self.budget_to, self.currency)


def read_search(query: Query) -> Search:
    """The search an address asks for; what cannot be read is left out."""
    skills = keys(query, "skill")
    amounts = read_amounts(query, "budget")
    return Search(
        words=words(query),
        sort=one_of(query, "sort", list(RequestSort)),
        skills=skills,
        every_skill=bool(skills) and is_on(query, "all"),
        levels=members(query, "level", Level),
        formats=members(query, "format", Format),
        languages=known(query, "language", LANGUAGES),
        budget_from=amounts.least,
        budget_to=amounts.most,
        currency=amounts.currency,
        posted=number(query, "posted", POSTED),
        fewer=number(query, "fewer", FEWER),
        not_proposed=is_on(query, "not_proposed"),
        bookmarked=is_on(query, "bookmarked"),
    )
