"""The counts of both homes: all by one statement for the page, a tile's own for a tile."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Select

from app.access.scopes import markable_requests, visible_invitations
from app.clock import now
from app.controllers.matches import once
from app.web.request import Request
from db.queries import dashboard_figures

LATELY = timedelta(days=91)  # what the trend of a rating is made of

Parts = Mapping[str, list[Select[Any]]]


def coach_figures(request: Request, tile: str = "") -> Counter[str]:
    viewer, at = request.viewer, now()
    return _figures(
        request, tile,
        lambda: dashboard_figures.of_coach(
            viewer, markable=markable_requests(viewer), invited=visible_invitations(viewer),
            at=at, since=at - LATELY,
        ),
    )  # fmt: skip


def student_figures(request: Request, tile: str = "") -> Counter[str]:
    return _figures(request, tile, lambda: dashboard_figures.of_student(request.viewer, at=now()))


def _figures(request: Request, tile: str, parts: Callable[[], Parts]) -> Counter[str]:
    if tile and "figures" not in request.__dict__:
        return dashboard_figures.figures(request.db, parts()[tile])
    return once(
        request, "figures",
        lambda: dashboard_figures.figures(request.db, [*chain(*parts().values())]),
    )  # fmt: skip
