"""The tiles of both homes: what each is made of, and the name its address carries.

An address names the side, too: who has two may have both homes open.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import msgspec

from app.access.scopes import for_all, visible_invitations
from app.clock import now
from app.controllers.dashboard_figures import coach_figures, student_figures
from app.controllers.matches import once
from app.web.request import Request
from app.web.respond import Page
from db.models.accounts import Side
from db.models.learning_requests import RUNNING
from db.models.session_states import LINK_SHOWN
from db.queries import (
    contract_lists,
    dashboard_figures,
    dashboards,
    earnings,
    learning_sessions,
    own_requests,
    ratings,
    thread_lines,
)
from db.queries.dashboards import SHOWN
from db.queries.session_rows import SessionRow

NEWS = timedelta(days=14)  # so long an acceptance is news

Context = dict[str, Any]


class Tile(msgspec.Struct, frozen=True):
    """A part of a home that changes by itself: its fragment, and what that needs."""

    page: Page
    make: Callable[[Request], Context]


# A coach's.


def coach_waiting(request: Request) -> Context:
    viewer, at = request.viewer, now()
    invited = for_all(visible_invitations, viewer.standing)
    figures = coach_figures(request, "waiting")
    return {
        "threads": thread_lines.unread(request.db, viewer.id, Side.COACH, at=at, most=SHOWN),
        "sessions": _sessions(request, Side.COACH)[1],
        "news": dashboards.news(request.db, viewer.id, invited, at=at, since=at - NEWS),
        "waiting": {name: figures[name] for name in ("threads", "invitations", "to_answer")},
    }


def pipeline(request: Request) -> Context:
    return {"pipeline": dashboard_figures.pipeline(coach_figures(request, "proposals"))}


def rating(request: Request) -> Context:
    ever, lately = ratings.of_tallies(coach_figures(request, "rating"))
    return {"rating": ever, "lately": lately, "average": ever.average, "recent": lately.average}


def marks(request: Request) -> Context:
    figures = coach_figures(request, "bookmarks")
    return {"marks": {name: figures[name] for name in ("bookmarks", "ending")}}


# A student's.


def student_waiting(request: Request) -> Context:
    figures, me = student_figures(request, "waiting"), request.viewer.id
    return {
        "threads": thread_lines.unread(request.db, me, Side.STUDENT, at=now(), most=SHOWN),
        "sessions": _sessions(request, Side.STUDENT)[1],
        "to_answer": [
            mine for mine in _requests(request) if mine.proposals and mine.status in RUNNING
        ],
        "waiting": {name: figures[name] for name in ("threads", "to_answer", "to_confirm")},
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


# Of both sides.


def _sessions(request: Request, side: Side) -> tuple[SessionRow | None, list[SessionRow]]:
    return once(
        request, "sessions",
        lambda: learning_sessions.at_home(
            request.db, request.viewer.id, side, now(), most=SHOWN
        ),
    )  # fmt: skip


def following(side: Side, request: Request) -> Context:
    """The next session, with its link from an hour before."""
    session, _ = _sessions(request, side)
    is_due = session and session.starts_at and session.starts_at - LINK_SHOWN <= now()
    return {"session": session, "link": session.link if session and is_due else None}


def money(side: Side, request: Request) -> Context:
    viewer = request.viewer
    return {
        "sums": earnings.summary(
            request.db, viewer.id, side, at=now(), zone=viewer.time_zone, months=12
        )
    }


def running(request: Request) -> Context:
    me, at = request.viewer.id, now()
    found = contract_lists.lines(request.db, me, Side.STUDENT, at=at, size=SHOWN)
    return {"running": found.items, "contracts": student_figures(request, "contracts")["contracts"]}


TILES: Mapping[Side, Mapping[str, Tile]] = {
    Side.COACH: {
        "next": Tile(
            Page("dashboards/coach", part="dashboards/next"), partial(following, Side.COACH)
        ),
        "money": Tile(
            Page("dashboards/coach", part="dashboards/money"), partial(money, Side.COACH)
        ),
        "rating": Tile(Page("dashboards/coach", part="dashboards/rating"), rating),
        "waiting": Tile(Page("dashboards/coach", part="dashboards/coach_waiting"), coach_waiting),
        "proposals": Tile(Page("dashboards/coach", part="dashboards/pipeline"), pipeline),
        "bookmarks": Tile(Page("dashboards/coach", part="dashboards/bookmarks"), marks),
    },
    Side.STUDENT: {
        "next": Tile(
            Page("dashboards/student", part="dashboards/next"), partial(following, Side.STUDENT)
        ),
        "money": Tile(
            Page("dashboards/student", part="dashboards/money"), partial(money, Side.STUDENT)
        ),
        "contracts": Tile(Page("dashboards/student", part="dashboards/contracts"), running),
        "waiting": Tile(
            Page("dashboards/student", part="dashboards/student_waiting"), student_waiting
        ),
        "requests": Tile(Page("dashboards/student", part="dashboards/requests"), requests),
    },
}


def cursor_of(context: Context) -> str:
    """What a tile shows, in a word: another one for anything else."""
    # A letter ahead: of cursors that are numbers, a page keeps the greater one.
    return "t" + hashlib.sha256(msgspec.json.encode(_lasting(context))).hexdigest()[:10]


def _lasting(shown: Any) -> Any:
    """All but the instant at which a session was looked at."""
    if isinstance(shown, SessionRow):
        return msgspec.structs.replace(shown, at=shown.updated_at)
    if isinstance(shown, dict):
        return {name: _lasting(one) for name, one in shown.items()}
    return [_lasting(one) for one in shown] if isinstance(shown, list) else shown
