"""Coaches' profiles, for everybody."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import listed_coaches
from app.forms.coach_searches import read_coach_search
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.models.profiles import CoachProfile
from db.queries import coach_cards, profiles

COACHES = Page("profiles/coaches", part="profiles/coach_list")
COACH = Page("profiles/coach")


class Coaches(Controller):
    """Approved coaches, for anybody."""

    path = "/coaches"

    @get("/", allow=Permission.VIEW_PUBLIC_PAGE, name="profiles.coaches")
    def coaches(self, request: Request) -> Response[str]:
        search = read_coach_search(request.query("q"), request.query("topic"))
        condition = coach_cards.matching(listed_coaches(), search.words, search.topic)
        found = coach_cards.cards(request.db, condition, after=request.query("after"))
        hits = coach_cards.count(request.db, condition)
        return show(request, COACHES, search=search, found=found, hits=hits)

    @get("/{handle:str}", allow=Permission.VIEW_COACH, name="profiles.coach")
    def coach(self, request: Request, handle: FromPath[str]) -> Response[str]:
        profile = request.allowed_by(CoachProfile, handle=handle)
        coach = profiles.coach(request.db, profile.account_id)
        return show(request, COACH, coach=coach, profile=profile)
