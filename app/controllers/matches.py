"""How well coaches and requests go together, for the pages that show it; and how it is counted."""

from collections.abc import Callable, Collection
from typing import TypeVar

from litestar import Controller
from litestar.response import Response

from app import matching, waking_hours
from app.access.permissions import Permission
from app.clock import now
from app.matching import Match, match_of
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile
from db.queries import match_lists, matches
from db.queries.match_facts import Asked, Ground, Offered

SHOW = Page("matches/show", same_for_guests=True)
MOST_CANDIDATES = 60  # that are scored for one list: three pages of it

T = TypeVar("T")


class Matches(Controller):
    """For everybody: what the numbers on requests and coaches mean."""

    @get("/how-matching-works", allow=Permission.VIEW_PUBLIC_PAGE, name="matches.show")
    def show(self, request: Request) -> Response[str]:
        return show(request, SHOW, rules=matching, hours=waking_hours, candidates=MOST_CANDIDATES)


def matches_for(request: Request, request_ids: Collection[int]) -> dict[int, Match]:
    """How well this coach fits each of these requests; without a common skill, it is left out."""
    known = known_matches(request)
    mine = offered_by_viewer(request)
    missing = [key for key in request_ids if key not in known]
    if mine and missing:
        for asked in matches.requests(request.db, missing):
            known[asked.id] = match_of(asked, *mine, at=now())
    return {key: match for key in request_ids if (match := known.get(key))}


def coach_matches_for(
    request: Request, wanted: LearningRequest | None, coach_ids: Collection[int]
) -> dict[int, Match]:
    """How well each of these coaches fits a request, or what this student looks for (None)."""
    sought = asked_by_viewer(request) if wanted is None else _asked(request, wanted)
    known = known_matches(request) if wanted is None else {}
    missing = [key for key in coach_ids if key not in known]
    if sought and missing:
        asked, ground = sought
        for offered in matches.coaches(request.db, CoachProfile.account_id.in_(missing)):
            known[offered.id] = match_of(asked, offered, ground, at=now())
    return {key: match for key in coach_ids if (match := known.get(key))}


def proposal_matches(request: Request, wanted: LearningRequest) -> dict[int, Match]:
    """How well those fit who have sent a proposal to one's request, by the coach."""
    sought = _asked(request, wanted)
    if sought is None:
        return {}
    asked, ground = sought
    sent = matches.coaches(request.db, match_lists.has_proposed_to(wanted.id))
    scored = ((offered.id, match_of(asked, offered, ground, at=now())) for offered in sent)
    return {key: match for key, match in scored if match}


def offered_by_viewer(request: Request) -> tuple[Offered, Ground] | None:
    """What the coach who looks offers; None for who is none."""
    viewer = request.viewer
    if not viewer.is_coach:
        return None
    return once(request, "offered", lambda: matches.offered_by(request.db, viewer.id))


def asked_by_viewer(request: Request) -> tuple[Asked, Ground] | None:
    """What the student who looks wants: the request of the address, or their newest open one.

    Before the first one, what they said they would like to learn.
    """
    viewer = request.viewer
    if not viewer.is_student:
        return None
    return once(request, "asked", lambda: _sought(request, request.query("request")))


def _sought(request: Request, named: str) -> tuple[Asked, Ground] | None:
    own = matches.open_of(request.viewer.id, at=now())
    if named.isascii() and named.isdigit() and len(named) < 19:
        found = matches.asked_by(request.db, own & (LearningRequest.id == int(named)))
        if found:
            return found
    newest = matches.asked_by(request.db, own)
    return newest or matches.wished_by(request.db, request.viewer.id)


def _asked(request: Request, wanted: LearningRequest) -> tuple[Asked, Ground] | None:
    return matches.asked_by(request.db, LearningRequest.id == wanted.id)


def once(request: Request, name: str, find: Callable[[], T]) -> T:
    """The page asks several times: for the order, for each line, for the reasons."""
    if name not in request.__dict__:
        request.__dict__[name] = find()
    found: T = request.__dict__[name]
    return found


def known_matches(request: Request) -> dict[int, Match | None]:
    """What was worked out already, for the order of a list; a page shows a list of one kind."""
    return once(request, "known_matches", dict)
