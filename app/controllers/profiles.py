"""Coaches' profiles, for everybody."""

from datetime import datetime

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.enforce import may
from app.access.permissions import Permission
from app.access.scopes import for_all, listed_coaches, visible_coaches
from app.clock import now
from app.controllers.coach_searches import coaches_page
from app.controllers.handles import coach_called, moved
from app.errors import NotFound
from app.forms.coach_searches import read_coach_search
from app.forms.form import clean_line
from app.sharing import coach_address, coach_data, picture_address, summary_of, title_of
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.queries import answer_rates, coach_pages, invitable_requests, portfolio_items, ratings
from db.queries.coach_pages import CoachPage
from db.queries.invitable_requests import Invitable

COACH = Page("profiles/coach", part="reviews/of_coach")
FIRST, MORE = 5, 20  # reviews, with the page and below it


class Coaches(Controller):
    """Approved coaches, for anybody."""

    path = "/coaches"

    @get("/", allow=Permission.VIEW_PUBLIC_PAGE, name="profiles.coaches")
    def coaches(self, request: Request) -> Response[str]:
        search = read_coach_search(request.query_params.dict())
        return coaches_page(request, search, listed_coaches())

    @get("/{handle:str}", allow=Permission.VIEW_COACH, name="profiles.coach")
    def coach(self, request: Request, handle: FromPath[str]) -> Response[str]:
        at = now()
        found = found_page(request, handle, at)
        if found is None:
            return moved(request, f"/coaches/{coach_called(request, handle).handle}")
        coach, taught = found
        return coach_page(request, request.permitted(coach), taught, at)


def found_page(request: Request, handle: str, at: datetime) -> tuple[CoachPage, int] | None:
    """The page that has this name today, and how many sessions its coach has taught."""
    if handle != clean_line(handle):
        raise NotFound  # no name of ours, and PostgreSQL fails on some of them
    viewer = request.viewer
    visible = for_all(visible_coaches, viewer.standing)
    return coach_pages.called(request.db, handle, visible, viewer_id=viewer.id, at=at)


def coach_page(request: Request, coach: CoachPage, taught: int, at: datetime) -> Response[str]:
    """What a coach says of themselves, what is counted of them, and the same for search engines."""
    public_url, after = request.settings.public_url, request.query("after")
    size = MORE if after else FIRST
    rating, found = ratings.shown(request.db, coach.id, at, after=after, size=size)
    return show(
        request,
        COACH,
        coach=coach,
        items=tuple(portfolio_items.cards(request.db, coach.id)),
        answers=answer_rates.answer_rate(request.db, coach.id, at=at),
        taught=taught,
        rating=rating,
        found=found,
        offers=offers_to(request, coach),
        title=title_of(coach),
        summary=summary_of(coach),
        address=coach_address(public_url, coach.handle),
        picture_address=picture_address(public_url, coach.picture) if coach.picture else "",
        data=coach_data(coach, public_url, rating) if coach.is_for_search_engines else None,
    )


def offers_to(request: Request, coach: CoachPage) -> list[Invitable]:
    """The open requests to which the student who looks could invite this coach, or has."""
    if not may(request.viewer, Permission.INVITE_COACH, coach):
        return []
    return invitable_requests.invitable(request.db, request.viewer.id, coach.id, at=now())
