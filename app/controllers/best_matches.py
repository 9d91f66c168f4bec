"""Lists in the order of the match: a bounded number of candidates by score, then all the others.

A cursor names the part it goes on in: `newest-position-id` among the candidates, of which none is
newer than `newest`, and `oldest-below` among the others.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlalchemy import ColumnElement

from app.access.scopes import for_all, open_requests
from app.clock import now
from app.controllers.matches import (
    MOST_CANDIDATES,
    asked_by_viewer,
    known_matches,
    offered_by_viewer,
)
from app.matching import Match, Scored, best_first, is_new, match_of, with_kept_places
from app.web.request import Request
from db.queries import match_lists
from db.queries.coach_cards import CoachCard
from db.queries.coach_searches import CoachFilter
from db.queries.learning_requests import RequestCard
from db.queries.match_facts import Asked, Ground, Offered
from db.queries.match_lists import HIGHEST
from db.queries.paging import SIZE, Found, WrongCursor
from db.queries.request_searches import RequestFilter
from db.queries.search_hits import Place

RECOMMENDED = 5

T = TypeVar("T", RequestCard, CoachCard)
Recommended = list[tuple[T, Match]]


class Listed(Protocol[T]):
    """What is put in order: candidates, who are scored, and the others of the same search."""

    def candidates(self, newest: int) -> list[Scored]:
        """In their order; none newer than this."""

    def others(self, oldest: int, below: int, most: int) -> list[Place]:
        """The newest first: those older than `oldest`, and those who cannot be scored."""

    def cards(self, ids: Sequence[int]) -> list[T]:
        """What the list shows of these, in this order."""


def best_requests(
    request: Request, visible: ColumnElement[bool], wanted: RequestFilter, after: str
) -> Found[RequestCard]:
    """One page of what a coach's search finds, the best matches first."""
    return _page(Requests(request, visible, wanted), after)


def best_coaches(
    request: Request, visible: ColumnElement[bool], wanted: CoachFilter, after: str
) -> Found[CoachCard]:
    """One page of what a student's search finds, the best matches first."""
    return _page(Coaches(request, visible, wanted), after)


def recommended_requests(request: Request) -> Recommended[RequestCard]:
    """The open requests that fit this coach best, and that they have not answered."""
    visible = for_all(open_requests, request.viewer.standing)
    return _best(Requests(request, visible, RequestFilter(not_proposed=True)))


class Requests:
    """Requests, for the coach who looks."""

    def __init__(
        self, request: Request, visible: ColumnElement[bool], wanted: RequestFilter
    ) -> None:
        self.request, self.visible, self.wanted = request, visible, wanted
        self.mine: tuple[Offered, Ground] | None = offered_by_viewer(request)
        self.skills = tuple(self.mine[0].skills) if self.mine else ()

    def candidates(self, newest: int) -> list[Scored]:
        if not self.mine or not self.skills:
            return []
        found = match_lists.requests(
            self.request.db, self.request.viewer, self.visible, self.wanted,
            skills=self.skills, newest=newest, most=MOST_CANDIDATES,
        )  # fmt: skip
        scored, at = [], now()
        for asked in found:
            match = match_of(asked, *self.mine, at=at)
            if match:
                scored.append(Scored(asked.id, asked.posting or 0, match))
        return _known(self.request, best_first(scored))

    def others(self, oldest: int, below: int, most: int) -> list[Place]:
        return match_lists.other_requests(
            self.request.db, self.request.viewer, self.visible, self.wanted,
            skills=self.skills, oldest=oldest, below=below, most=most,
        )  # fmt: skip

    def cards(self, ids: Sequence[int]) -> list[RequestCard]:
        return match_lists.request_cards(
            self.request.db, self.request.viewer, self.visible, ids, at=now()
        )


class Coaches:
    """Coaches, for the student who looks."""

    def __init__(self, request: Request, visible: ColumnElement[bool], wanted: CoachFilter) -> None:
        self.request, self.visible, self.wanted = request, visible, wanted
        self.sought: tuple[Asked, Ground] | None = asked_by_viewer(request)
        self.skills = tuple(self.sought[0].skills) if self.sought else ()

    def candidates(self, newest: int) -> list[Scored]:
        if not self.sought or not self.skills:
            return []
        asked, ground = self.sought
        found = match_lists.coaches(
            self.request.db, self.request.viewer, self.visible, self.wanted,
            skills=self.skills, newest=newest, most=MOST_CANDIDATES,
        )  # fmt: skip
        scored, at = [], now()
        for offered in found:
            match = match_of(asked, offered, ground, at=at)
            if match:
                place, new = offered.listing or 0, is_new(offered)
                scored.append(Scored(offered.id, place, match, is_new=new))
        # While nobody has been rated, all are new, and no place needs to be kept.
        has_ratings = ground.mean is not None
        return _known(self.request, with_kept_places(scored) if has_ratings else best_first(scored))

    def others(self, oldest: int, below: int, most: int) -> list[Place]:
        return match_lists.other_coaches(
            self.request.db, self.request.viewer, self.visible, self.wanted,
            skills=self.skills, oldest=oldest, below=below, most=most,
        )  # fmt: skip

    def cards(self, ids: Sequence[int]) -> list[CoachCard]:
        return match_lists.coach_cards(self.request.db, self.visible, ids)


def _known(request: Request, scored: list[Scored]) -> list[Scored]:
    known_matches(request).update((one.id, one.match) for one in scored)
    return scored


# Paging.


def _best(listed: Listed[T]) -> Recommended[T]:
    best = listed.candidates(HIGHEST)[:RECOMMENDED]
    cards = listed.cards([one.id for one in best])
    matches = {one.id: one.match for one in best}
    return [(card, matches[card.id]) for card in cards]


def _page(listed: Listed[T], after: str) -> Found[T]:
    numbers = _numbers(after)
    if len(numbers) == 2:
        return _others(listed, [], *numbers)
    newest, position, last = numbers or (HIGHEST, 0, 0)
    scored = listed.candidates(newest)
    begin = next((at + 1 for at, one in enumerate(scored) if one.id == last), position)
    end = begin + SIZE
    ids = [one.id for one in scored[begin:end]]
    places = [one.place for one in scored]
    if len(scored) > end:
        return Found(listed.cards(ids), f"{min(newest, max(places))}-{end}-{ids[-1]}")
    oldest = min(places) if len(scored) >= MOST_CANDIDATES else 0
    return _others(listed, ids, oldest, HIGHEST)


def _others(listed: Listed[T], ids: list[int], oldest: int, below: int) -> Found[T]:
    """A page that ends with others, behind the last candidates."""
    room = SIZE - len(ids)
    found = listed.others(oldest, below, room + 1)
    shown: list[Place] = found[:room]
    goes_on = shown[-1].place if shown else below
    cards = listed.cards([*ids, *(one.id for one in shown)])
    return Found(cards, f"{oldest}-{goes_on}" if len(found) > room else None)


def _numbers(cursor: str) -> list[int]:
    parts = cursor.split("-") if cursor else []
    known = all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts)
    numbers = [int(part) for part in parts] if known else [HIGHEST + 1]
    if len(numbers) not in (0, 2, 3) or any(number > HIGHEST for number in numbers):
        raise WrongCursor(cursor)
    return numbers
