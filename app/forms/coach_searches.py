"""What an address asks the list of coaches for, and the addresses that ask for less."""

from typing import ClassVar

from app.countries import countries_called
from app.forms.query_values import (
    Query,
    is_on,
    keys,
    known,
    line,
    lines,
    members,
    number,
    one_of,
    words,
)
from app.forms.search_addresses import Asked, Range
from app.forms.search_amounts import read_amounts
from app.wording import LANGUAGES
from db.models.skills import LanguageLevel
from db.queries.coach_searches import CoachSort

RATINGS = {4: "4 stars or more", 3: "3 stars or more", 2: "2 stars or more"}


class CoachSearch(Asked, frozen=True):
    """A search for coaches; `rating` is in whole stars."""

    path: ClassVar[str] = "/coaches"
    called: ClassVar = {
        "words": "q", "skills": "skill", "every_skill": "all", "languages": "language",
        "countries": "country", "is_new": "new",
    }  # fmt: skip
    filtering: ClassVar = {
        "words": ("words",),
        "topic": ("topic",),
        "skill": ("skills", "every_skill"),
        "language": ("languages", "language_level"),
        "price": ("price_from", "price_to", "currency"),
        "country": ("countries",),
        "rating": ("rating",),
        "speaks_mine": ("speaks_mine",),
        "new": ("is_new",),
    }

    topic: str = ""
    languages: tuple[str, ...] = ()
    language_level: LanguageLevel | None = None
    price_from: int | None = None
    price_to: int | None = None
    currency: str = ""
    countries: tuple[str, ...] = ()
    rating: int = 0
    speaks_mine: bool = False
    is_new: bool = False
    request: int = 0  # the one of one's own for which a coach is looked for

    @property
    def cleared(self) -> "CoachSearch":
        """The same list for the same request, of which nothing is asked but its order."""
        return CoachSearch(sort=self.sort, request=self.request)

    @property
    def range(self) -> Range:
        """What an hour may cost."""
        return Range(self.price_from, self.price_to, self.currency)


def read_coach_search(query: Query) -> CoachSearch:
    """The search an address asks for; what cannot be read is left out."""
    skills, languages = keys(query, "skill"), known(query, "language", LANGUAGES)
    levels = members(query, "language_level", LanguageLevel)
    amounts = read_amounts(query, "price")
    return CoachSearch(
        words=words(query),
        sort=one_of(query, "sort", list(CoachSort)),
        topic=line(query, "topic"),
        skills=skills,
        every_skill=bool(skills) and is_on(query, "all"),
        languages=languages,
        language_level=levels[0] if languages and levels else None,
        price_from=amounts.least,
        price_to=amounts.most,
        currency=amounts.currency,
        countries=_countries(query),
        rating=number(query, "rating", RATINGS),
        speaks_mine=is_on(query, "speaks_mine"),
        is_new=is_on(query, "new"),
        request=next((key for key in keys(query, "request") if isinstance(key, int)), 0),
    )


def _countries(query: Query) -> tuple[str, ...]:
    """Codes of those that are named without doubt, by a code or by a name."""
    called = [countries_called(text) for text in lines(query, "country")]
    return tuple(dict.fromkeys(codes[0] for codes in called if len(codes) == 1))
