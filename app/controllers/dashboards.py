"""Home: what is waiting, from the side one looks from."""

from collections.abc import Mapping
from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.controllers.best_matches import recommended_requests
from app.controllers.coach_matches import suggested_coaches
from app.controllers.coach_steps import progress, standing_of
from app.controllers.dashboard_figures import coach_figures, student_figures
from app.controllers.dashboard_tiles import TILES, Context, Tile, cursor_of
from app.errors import NotFound
from app.forms.student_onboarding import missing_parts
from app.onboarding import completeness
from app.web.polls import changes
from app.web.request import Request
from app.web.respond import Page, show, with_cursor
from app.web.routes import get
from db.models.accounts import Side
from db.queries import coach_profiles
from db.queries.badges import Unread

COACH = Page("dashboards/coach")
STUDENT = Page("dashboards/student")
STAFF = Page("dashboards/staff")
EXAMPLES = (
    "Speak Spanish with my neighbours after three months",
    "Build a monthly budget sheet I can trust",
    "Play one song on the guitar at my sister's wedding",
)


class Dashboards(Controller):
    """One address; the role view decides what it shows. Each tile asks by itself what is new."""

    @get("/dashboard", allow=Permission.VIEW_DASHBOARD, name="dashboards.show")
    def show(self, request: Request) -> Response[str]:
        return home_page(request, request.viewer.role_view)

    @get(
        "/dashboard/{side:str}/{tile:str}",
        allow=Permission.VIEW_DASHBOARD,
        name="dashboards.tile",
        poll=True,
        limited=True,
    )
    def tile(self, request: Request, side: FromPath[str], tile: FromPath[str]) -> Response[str]:
        home = side_named(request, side)
        if tile not in TILES[home]:
            raise NotFound
        context = TILES[home][tile].make(request)
        cursor = cursor_of(context)
        return changes(
            request,
            cursor,
            since=partial(tile_part, request, home, TILES[home][tile], tile, context),
            otherwise=partial(home_page, request, home),
        )


def tile_part(
    request: Request, side: Side, tile: Tile, name: str, context: Context
) -> Response[str]:
    """A tile as it stands now, telling the page what it has seen."""
    cursor = cursor_of(context)
    return with_cursor(
        show(request, tile.page, side=side, cursors={name: cursor}, **context), cursor
    )


def side_named(request: Request, word: str) -> Side:
    """The side an address names, of those this person has."""
    if word not in list(Side) or not request.viewer.has(Side(word)):
        raise NotFound
    return Side(word)


def home_page(request: Request, side: Side) -> Response[str]:
    """What somebody finds at home on this side; who has none looks after Skileez."""
    page = HOMES[side] if request.viewer.has(side) else staff_page
    return page(request)


def coach_page(request: Request) -> Response[str]:
    tiles = all_tiles(request, Side.COACH)
    if request.viewer.is_approved_coach:
        coach = coach_profiles.filled(request.db, request.viewer.id)
        recommended = recommended_requests(request)
        return show(
            request, COACH, **tiles, standing=None, recommended=recommended,
            completeness=completeness(coach),
        )  # fmt: skip
    standing = standing_of(request, *progress(request))
    return show(request, COACH, **tiles, standing=standing, recommended=[], completeness=None)


def student_page(request: Request) -> Response[str]:
    tiles = all_tiles(request, Side.STUDENT)
    viewer, languages = request.viewer, student_figures(request)["languages"]
    return show(
        request,
        STUDENT,
        **tiles,
        examples=EXAMPLES,
        missing=missing_parts(viewer.country, viewer.time_zone, range(languages)),
        suggested=suggested_coaches(request),
    )


def all_tiles(request: Request, side: Side) -> Context:
    """What the tiles of a home are made of, with what an open page has seen of each."""
    figures = coach_figures(request) if side is Side.COACH else student_figures(request)
    made = {name: tile.make(request) for name, tile in TILES[side].items()}
    parts: Context = {name: part for context in made.values() for name, part in context.items()}
    cursors = {name: cursor_of(context) for name, context in made.items()}
    return parts | {"side": side, "cursors": cursors} | _badges(request, side, figures)


def _badges(request: Request, side: Side, figures: Mapping[str, int]) -> Context:
    """The numbers of the top bar, which have been counted with the others."""
    if side is not request.viewer.role_view:
        return {}
    unread = Unread(figures["threads"], figures["notices"])
    return {"unread": lambda open_thread=0: unread}


def staff_page(request: Request) -> Response[str]:
    return show(request, STAFF)


HOMES = {Side.COACH: coach_page, Side.STUDENT: student_page}
