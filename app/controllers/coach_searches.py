"""The page of a search for coaches, for everybody: what was found, and how it can be narrowed."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar.response import Response
from sqlalchemy import ColumnElement

from app.controllers.best_matches import best_coaches
from app.controllers.findings import Finding
from app.controllers.matches import asked_by_viewer, coach_matches_for
from app.countries import country_name
from app.forms.coach_searches import RATINGS, CoachSearch
from app.forms.form import Bound, typed
from app.kept import kept
from app.labels import choices
from app.matching import Match
from app.web.pages import found_at
from app.web.request import Request
from app.web.respond import Page, show
from db.models.skills import LanguageLevel
from db.queries import coach_searches, search_offers
from db.queries.coach_cards import CoachCard
from db.queries.coach_searches import CoachFilter, CoachSort
from db.queries.paging import Found
from db.queries.search_offers import Offers
from db.queries.search_options import Count, Options
from db.search_text import fold

# What every guest sees first is packed once; what somebody looks for is not worth keeping.
FIRST = Page("profiles/coaches", part="profiles/coach_results", same_for_guests=True)
INDEX = Page("profiles/coaches", part="profiles/coach_results")
MORE = Page("profiles/coaches", part="profiles/coach_list")
ORDERS = (  # the usual ones first
    CoachSort.RELEVANCE, CoachSort.MATCH, CoachSort.NEWEST, CoachSort.RATING, CoachSort.PRICE_UP,
    CoachSort.PRICE_DOWN,
)  # fmt: skip


def coaches_page(
    request: Request, search: CoachSearch, listed: ColumnElement[bool]
) -> Response[str]:
    """What a search found; htmx gets only what follows where it goes on behind a row."""
    finding = CoachFinding(request, search, listed)
    if finding.after:
        return show(request, MORE, finding=finding)
    page = FIRST if search == CoachSearch() else INDEX
    return found_at(show(request, page, finding=finding), finding.search.address)


class CoachFinding(Finding[CoachSearch]):
    """Coaches, as anybody looks for them."""

    speaking, money = "Speaks", "price"
    language_levels = (("", "Any level"), *choices(LanguageLevel)[1:])
    ratings = (("", "Any"), *RATINGS.items())

    def __init__(self, request: Request, asked: CoachSearch, listed: ColumnElement[bool]) -> None:
        super().__init__(request, asked)
        self.listed = listed
        if asked.speaks_mine and not self.offers.speaks:  # a link that somebody else has passed on
            self.asked = asked.but(speaks_mine=False)
        self.found = self.in_order(self.page())

    @kept
    def orders(self) -> Sequence[CoachSort]:
        # Those to choose from: there is no match for who looks for nothing, nor a rating yet,
        # nor relevance without words.
        sought = asked_by_viewer(self.request)
        has = {
            CoachSort.RELEVANCE: self.terms.wanted,
            CoachSort.MATCH: sought and sought[0].skills,
            CoachSort.RATING: self.offers.has_ratings,
        }
        return [one for one in ORDERS if has.get(one, True)]

    @property
    def own_skills(self) -> dict[str, int]:
        # Those the student looks for.
        sought = asked_by_viewer(self.request)
        return {fold(name): key for key, name in sought[0].skills.items()} if sought else {}

    @kept
    def can_invite(self) -> bool:
        # Whether the student who looks has an open request to invite coaches to.
        sought = asked_by_viewer(self.request)
        return bool(sought and sought[0].id and self.viewer.has_confirmed_email)

    def page(self) -> Found[CoachCard]:
        """The coaches of one page."""
        wanted = self.wanted(self.asked)
        if self.sort == CoachSort.MATCH:
            return best_coaches(self.request, self.listed, wanted, self.place)
        return coach_searches.cards(self.db, self.listed, wanted, sort=self.sort, after=self.place)

    @kept
    def matches(self) -> Mapping[int, Match | None]:
        # How well they fit; what was put in order by that is known already.
        return coach_matches_for(self.request, None, [one.id for one in self.found.items])

    @kept
    def offers(self) -> Offers:
        # What can be offered to this viewer; it may have been read for the match already.
        sought = asked_by_viewer(self.request)
        if sought and sought[0].speaks:
            asked, ground = sought
            return Offers(tuple(asked.speaks), has_ratings=ground.mean is not None)
        return search_offers.coach_offers(self.db, self.viewer, self.listed)

    def wanted(self, search: CoachSearch) -> CoachFilter:
        """What the database is asked for a search."""
        return CoachFilter(
            terms=self.terms if search.words else CoachFilter().terms,
            topic=search.topic,
            skills=self.skill_ids(search),
            every_skill=search.every_skill,
            languages=search.languages,
            language_level=search.language_level or LanguageLevel.BASIC,
            price_from=search.price_from,
            price_to=search.price_to,
            currency=self.currency,
            countries=search.countries,
            rating_at_least=search.rating or None,
            speaks=self.offers.speaks if search.speaks_mine else (),
            new_only=search.is_new,
        )

    @property
    def unseen(self) -> list[tuple[str, Any]]:
        # The same, with the topic, the purpose, and all countries but the one in the field.
        search = self.search
        return [
            *super().unseen,
            *(("country", code) for code in search.countries[1:]),
            *[("topic", search.topic)] * bool(search.topic),
            *[("request", search.request)] * bool(search.request),
        ]

    @property
    def topic_address(self) -> str:
        # What search engines are told: the list of a topic, whatever else is asked.
        return CoachSearch(topic=self.asked.topic).address

    @property
    def places(self) -> Bound[Any]:
        # The field for a country, which takes its name.
        return Bound(
            typed({"country": [country_name(one) for one in self.search.countries]}),
            {}, None, frozenset(),
        )  # fmt: skip

    def counts(self, several: Sequence[CoachSearch]) -> list[Count]:
        """How many each of several searches finds."""
        return coach_searches.counts(self.db, self.listed, [self.wanted(one) for one in several])

    @kept
    def options(self) -> Options:
        # How many there are, and what else could be asked for.
        return coach_searches.options(self.db, self.listed, self.wanted(self.asked))
