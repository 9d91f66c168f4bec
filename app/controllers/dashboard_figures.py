"""The counts of both homes: all by one statement for the page, a tile's own for a tile."""

from collections import Counter
from datetime import timedelta

from app.access.scopes import for_all, markable_requests, visible_invitations
from app.clock import now
from app.controllers.matches import once
from app.web.request import Request
from db.queries import dashboard_figures
from db.queries.dashboard_figures import ALL, Counted

LATELY = timedelta(days=91)  # what the trend of a rating is made of


def coach_figures(request: Request, tile: str = "") -> Counter[str]:
    standing = request.viewer.standing
    counted = dashboard_figures.of_coach(
        standing,
        markable=for_all(markable_requests, standing),
        invited=for_all(visible_invitations, standing),
    )
    return _figures(request, tile, counted)


def student_figures(request: Request, tile: str = "") -> Counter[str]:
    return _figures(request, tile, dashboard_figures.of_student())


def _figures(request: Request, tile: str, counted: Counted) -> Counter[str]:
    def figures(name: str) -> Counter[str]:
        at, me = now(), request.viewer.id
        return dashboard_figures.figures(request.db, counted[name], me, at=at, since=at - LATELY)

    if tile and "figures" not in request.__dict__:
        return figures(tile)
    return once(request, "figures", lambda: figures(ALL))
