"""Coaches for what a student looks for: a few for each of their open requests."""

from collections.abc import Sequence

import msgspec

from app.access.scopes import listed_coaches
from app.clock import now
from app.matching import Match, Scored, best_first, is_new, match_of, with_kept_places
from app.web.request import Request
from db.queries import match_lists, matches
from db.queries.coach_cards import CoachCard
from db.queries.match_facts import Asked, Ground, Offered

RECOMMENDED = 5
MOST_REQUESTS = 5
CANDIDATES = 40  # that are scored for each request


class Suggested(msgspec.Struct, frozen=True):
    """Who fits one request best; `request_id` is 0 for what a student said before the first."""

    request_id: int
    title: str
    coaches: list[tuple[CoachCard, Match]]


def suggested_coaches(request: Request) -> list[Suggested]:
    """For each open request, the newest first; before the first, for what they want to learn.

    A request that nobody fits is left out. However many there are, three statements are sent.
    """
    sought = sought_by(request)
    skills = [tuple(asked.skills) for _, asked, _ in sought]
    offered = match_lists.coaches_for_several(
        request.db, request.viewer, listed_coaches(), skills, most=CANDIDATES
    )
    best = [(title, asked, _best(offered, asked, ground)) for title, asked, ground in sought]
    ids = {one.id for _, _, scored in best for one in scored}
    cards = {
        card.id: card for card in match_lists.coach_cards(request.db, listed_coaches(), [*ids])
    }
    return [
        Suggested(asked.id, title, [(cards[one.id], one.match) for one in scored])
        for title, asked, scored in best
        if scored
    ]


def sought_by(request: Request) -> list[tuple[str, Asked, Ground]]:
    """What a student's open requests ask for, with their titles, or what they said they want."""
    viewer = request.viewer
    found = matches.asked_by_each(request.db, viewer.id, at=now(), most=MOST_REQUESTS)
    if found:
        return found
    wished = matches.wished_by(request.db, viewer.id)
    return [("", *wished)] if wished else []


def _best(offered: Sequence[Offered], asked: Asked, ground: Ground) -> list[Scored]:
    """As the search puts them in order."""
    scored, at = [], now()
    for one in offered:
        match = match_of(asked, one, ground, at=at)
        if match:
            scored.append(Scored(one.id, one.listing or 0, match, is_new=is_new(one)))
    has_ratings = ground.mean is not None
    return (with_kept_places(scored) if has_ratings else best_first(scored))[:RECOMMENDED]
