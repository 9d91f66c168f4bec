"""The tiles of both homes: what each is made of, and the name its address carries.

An address names the side, too: who has two may have both homes open.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import msgspec

from app.access.scopes import markable_requests, visible_invitations
from app.clock import now
from app.controllers.matches import once
from app.web.request import Request
from app.web.respond import Page
from db.models.accounts import Side
from db.models.learning_requests import RUNNING
from db.queries import dashboards, own_requests, thread_lines
from db.queries.dashboards import SHOWN

NEWS = timedelta(days=14)  # so long an acceptance is news

Context = dict[str, Any]


class Tile(msgspec.Struct, frozen=True):
    """A part of a home that changes by itself: its fragment, and what that needs."""

    page: Page
    make: Callable[[Request], Context]


# A coach's.


def coach_figures(request: Request) -> Counter[str]:
    """All counts of a coach's home, asked for once."""
    viewer, at = request.viewer, now()
    parts = dashboards.of_coach(
        viewer, markable=markable_requests(viewer), invited=visible_invitations(viewer), at=at
    )
    return once(request, "figures", lambda: dashboards.figures(request.db, parts))


def coach_waiting(request: Request) -> Context:
    viewer, at = request.viewer, now()
    figures = coach_figures(request)
    return {
        "threads": thread_lines.unread(request.db, viewer.id, Side.COACH, most=SHOWN),
        "news": dashboards.news(
            request.db, viewer.id, visible_invitations(viewer), at=at, since=at - NEWS
        ),
        "waiting": {name: figures[name] for name in ("threads", "invitations")},
    }


def pipeline(request: Request) -> Context:
    return {"pipeline": dashboards.pipeline(coach_figures(request))}


def marks(request: Request) -> Context:
    figures = coach_figures(request)
    return {"marks": {name: figures[name] for name in ("bookmarks", "ending")}}


# A student's.


def student_figures(request: Request) -> Counter[str]:
    """All counts of a student's home, asked for once."""
    parts = dashboards.of_student(request.viewer)
    return once(request, "figures", lambda: dashboards.figures(request.db, parts))


def student_waiting(request: Request) -> Context:
    figures = student_figures(request)
    return {
        "threads": thread_lines.unread(request.db, request.viewer.id, Side.STUDENT, most=SHOWN),
        "to_answer": [
            mine for mine in _requests(request) if mine.proposals and mine.status in RUNNING
        ],
        "waiting": {name: figures[name] for name in ("threads",)},
    }


def requests(request: Request) -> Context:
    return {"requests": _requests(request)[:SHOWN]}


def _requests(request: Request) -> list[own_requests.MyRequest]:
    return once(
        request, "requests",
        lambda: own_requests.at_home(
            request.db, request.viewer.id, most=SHOWN, most_waiting=3 * SHOWN, at=now()
        ),
    )  # fmt: skip


TILES: Mapping[Side, Mapping[str, Tile]] = {
    Side.COACH: {
        "waiting": Tile(Page("dashboards/coach", part="dashboards/coach_waiting"), coach_waiting),
        "proposals": Tile(Page("dashboards/coach", part="dashboards/pipeline"), pipeline),
        "bookmarks": Tile(Page("dashboards/coach", part="dashboards/bookmarks"), marks),
    },
    Side.STUDENT: {
        "waiting": Tile(
            Page("dashboards/student", part="dashboards/student_waiting"), student_waiting
        ),
        "requests": Tile(Page("dashboards/student", part="dashboards/requests"), requests),
    },
}


def all_tiles(request: Request, side: Side) -> Context:
    """What the tiles of a home are made of, with what an open page has seen of each."""
    made = {name: tile.make(request) for name, tile in TILES[side].items()}
    parts = {name: part for context in made.values() for name, part in context.items()}
    return parts | {"cursors": {name: cursor_of(context) for name, context in made.items()}}


def cursor_of(context: Context) -> str:
    """What a tile shows, in a word: another one for anything else."""
    # A letter ahead: of cursors that are numbers, a page keeps the greater one.
    return "t" + hashlib.sha256(msgspec.json.encode(context)).hexdigest()[:16]
