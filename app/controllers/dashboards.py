"""Home: what is waiting, from the side one looks from."""

from datetime import timedelta

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_requests
from app.clock import now
from app.controllers.best_matches import recommended_coaches, recommended_requests
from app.controllers.coach_steps import progress, standing_of
from app.controllers.invitations import waiting_for
from app.controllers.matches import asked_by_viewer
from app.controllers.student_onboarding import missing_of
from app.onboarding import completeness
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.models.accounts import Side
from db.queries import coach_profiles, dashboards

COACH = Page("dashboards/coach")
STUDENT = Page("dashboards/student")
STAFF = Page("dashboards/staff")
NEWS = timedelta(days=14)  # so long an acceptance is news
EXAMPLES = (
    "Speak Spanish with my neighbours after three months",
    "Build a monthly budget sheet I can trust",
    "Play one song on the guitar at my sister's wedding",
)


class Dashboards(Controller):
    """One address; the role view decides what it shows."""

    @get("/dashboard", allow=Permission.VIEW_DASHBOARD, name="dashboards.show")
    def show(self, request: Request) -> Response[str]:
        return dashboard_page(request)


def dashboard_page(request: Request) -> Response[str]:
    side = request.viewer.role_view
    home = HOMES[side] if request.viewer.has(side) else staff_page
    return home(request)


def coach_page(request: Request) -> Response[str]:
    home = dashboards.coach_home(
        request.db,
        request.viewer,
        visible=visible_requests(request.viewer),
        at=now(),
        since=now() - NEWS,
    )
    if request.viewer.is_approved_coach:
        coach = coach_profiles.filled(request.db, request.viewer.id)
        recommended = recommended_requests(request)
        return show(
            request, COACH, home=home, standing=None, recommended=recommended,
            completeness=completeness(coach), invited=waiting_for(request),
        )  # fmt: skip
    standing = standing_of(request, *progress(request))
    return show(
        request, COACH, home=home, standing=standing, recommended=[], completeness=None, invited=[]
    )


def student_page(request: Request) -> Response[str]:
    home = dashboards.student_home(request.db, request.viewer, at=now())
    return show(
        request,
        STUDENT,
        home=home,
        examples=EXAMPLES,
        missing=missing_of(request),
        recommended=recommended_coaches(request),
        sought=asked_by_viewer(request),
    )


def staff_page(request: Request) -> Response[str]:
    return show(request, STAFF)


HOMES = {Side.COACH: coach_page, Side.STUDENT: student_page}
