"""Coaches' profiles, for everybody."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.enforce import may
from app.access.permissions import Permission
from app.access.scopes import listed_coaches
from app.clock import now
from app.controllers.coach_searches import coaches_page
from app.controllers.handles import coach_called, moved
from app.forms.coach_searches import read_coach_search
from app.sharing import coach_address, coach_data, picture_address, summary_of, title_of
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.models.profiles import CoachProfile
from db.queries import answer_rates, coach_pages, invitable_requests, portfolio_items, ratings
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
        profile = coach_called(request, handle)
        if profile.handle != handle:
            return moved(request, f"/coaches/{profile.handle}")
        return coach_page(request, profile)


def coach_page(request: Request, profile: CoachProfile) -> Response[str]:
    """What a coach says of themselves, what is counted of them, and the same for search engines."""
    public_url = request.settings.public_url
    at, after = now(), request.query("after")
    coach, taught = coach_pages.coach_and_taught(request.db, profile.account_id, at)
    size = MORE if after else FIRST
    rating, found = ratings.shown(request.db, coach.id, at, after=after, size=size)
    return show(
        request,
        COACH,
        coach=coach,
        profile=profile,
        items=portfolio_items.cards(request.db, coach.id),
        answers=answer_rates.answer_rate(request.db, coach.id, at=at),
        taught=taught,
        rating=rating,
        found=found,
        offers=offers_to(request, profile),
        title=title_of(coach),
        summary=summary_of(coach),
        address=coach_address(public_url, coach.handle),
        picture_address=picture_address(public_url, coach.picture) if coach.picture else "",
        data=coach_data(coach, public_url, rating) if coach.is_for_search_engines else None,
    )


def offers_to(request: Request, profile: CoachProfile) -> list[Invitable]:
    """The open requests to which the student who looks could invite this coach, or has."""
    if not may(request.viewer, Permission.INVITE_COACH, profile):
        return []
    return invitable_requests.invitable(request.db, request.viewer.id, profile.account_id, at=now())
