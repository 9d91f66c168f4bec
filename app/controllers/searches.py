"""The page of a search for requests: what was found, and what it can be narrowed to."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from litestar.response import Response
from sqlalchemy import ColumnElement

from app.controllers.best_matches import best_requests
from app.controllers.findings import Finding
from app.controllers.matches import matches_for, offered_by_viewer
from app.forms.searches import FEWER, POSTED, Search
from app.kept import kept
from app.labels import choices
from app.matching import Match
from app.web.pages import found_at
from app.web.request import Request
from app.web.respond import Page, show
from db.models.learning_requests import Format
from db.models.skills import Level
from db.queries import request_searches
from db.queries.learning_requests import RequestCard
from db.queries.paging import Found
from db.queries.request_searches import RequestFilter, RequestSort
from db.queries.search_options import Count, Options
from db.search_text import fold

INDEX = Page("learning_requests/index", part="learning_requests/results")
MORE = Page("learning_requests/index", part="learning_requests/list")


def index_page(request: Request, search: Search, visible: ColumnElement[bool]) -> Response[str]:
    """What a search found; htmx gets only what follows where it goes on behind a row."""
    finding = RequestFinding(request, search, visible)
    if finding.after:
        return show(request, MORE, finding=finding)
    return found_at(show(request, INDEX, finding=finding), finding.search.address)


class RequestFinding(Finding[Search]):
    """Requests, as a coach looks for them."""

    speaking, money = "In", "budget"
    levels = choices(Level)
    formats = choices(Format)
    posted = (("", "Any time"), *POSTED.items())
    fewer = (("", "Any number"), *FEWER.items())

    def __init__(self, request: Request, asked: Search, visible: ColumnElement[bool]) -> None:
        super().__init__(request, asked)
        self.visible = visible
        self.found = self.in_order(self.page())

    @kept
    def orders(self) -> Sequence[RequestSort]:
        # Those to choose from; there is no match without a skill, nor relevance without words.
        mine = offered_by_viewer(self.request)
        has = {
            RequestSort.RELEVANCE: self.terms.wanted,
            RequestSort.MATCH: mine and mine[0].skills,
        }
        return [one for one in RequestSort if has.get(one, True)]

    @property
    def own_skills(self) -> dict[str, int]:
        # Those the coach teaches.
        mine = offered_by_viewer(self.request)
        return {fold(taught.name): key for key, taught in mine[0].skills.items()} if mine else {}

    def page(self) -> Found[RequestCard]:
        """The requests of one page."""
        wanted = self.wanted(self.asked)
        if self.sort == RequestSort.MATCH:
            return best_requests(self.request, self.visible, wanted, self.place)
        return request_searches.cards(
            self.db, self.viewer, self.visible, wanted,
            sort=self.sort, at=self.at, after=self.place,
        )  # fmt: skip

    @kept
    def matches(self) -> Mapping[int, Match | None]:
        # How well the coach fits; what was put in order by that is known already.
        return matches_for(self.request, [one.id for one in self.found.items])

    @property
    def pairs(self) -> list[tuple[RequestCard, Match | None]]:
        # What was found, each with how well the coach fits.
        return [(card, self.matches.get(card.id)) for card in self.found.items]

    def wanted(self, search: Search) -> RequestFilter:
        """What the database is asked for a search."""
        days = timedelta(days=search.posted)
        return RequestFilter(
            terms=self.terms if search.words else RequestFilter().terms,
            skills=self.skill_ids(search),
            every_skill=search.every_skill,
            levels=search.levels,
            formats=search.formats,
            languages=search.languages,
            budget_from=search.budget_from,
            budget_to=search.budget_to,
            currency=self.currency,
            # By the minute, so that all who ask meanwhile ask the same.
            posted_after=self.at.replace(second=0, microsecond=0) - days if days else None,
            fewer_than=search.fewer or None,
            not_proposed=search.not_proposed,
            bookmarked=search.bookmarked,
        )

    def counts(self, several: Sequence[Search]) -> list[Count]:
        """How many each of several searches finds."""
        wanted = [self.wanted(search) for search in several]
        return request_searches.counts(self.db, self.viewer, self.visible, wanted)

    @kept
    def options(self) -> Options:
        # How many there are, and what else could be asked for.
        wanted = self.wanted(self.asked)
        return request_searches.options(self.db, self.viewer, self.visible, wanted)
