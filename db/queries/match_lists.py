"""What a search finds, parted for the order of the match: those with a common skill, and others."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec.structs import replace
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    String,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest, RequestSkill
from db.models.profiles import CoachProfile, CoachSkill
from db.models.proposals import Proposal, ProposalStatus
from db.queries import coach_cards as cards_of_coaches
from db.queries import (
    coach_filters,
    coach_searches,
    learning_requests,
    matches,
    request_filters,
    request_searches,
)
from db.queries.coach_cards import CoachCard
from db.queries.coach_searches import CoachFilter
from db.queries.learning_requests import RequestCard
from db.queries.match_facts import Asked, Offered
from db.queries.plans import looked_at
from db.queries.request_searches import RequestFilter
from db.queries.search_hits import Place
from db.queries.search_rows import is_sqlite
from db.queries.standings import Standing
from db.queries.viewers import Viewer
from db.search_terms import Terms
from db.statements import AT, KEPT, VIEWER, ask

HIGHEST = 2**63 - 1  # no place is that great


def request_cards(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], ids: Sequence[int], *, at: datetime
) -> list[RequestCard]:
    """These requests, in this order."""
    if not ids:
        return []
    query = _request_cards(viewer.standing, visible)
    rows = ask(db, query, ids=ids, at=at, viewer=viewer.id).all()
    found = {row[0]: learning_requests.make_card(*row, at=at) for row in rows}
    return [found[key] for key in ids if key in found]


@lru_cache(KEPT)
def _request_cards(standing: Standing, visible: ColumnElement[bool]) -> Executable:
    cards = learning_requests.card_columns(standing, AT)
    return cards.where(looked_at(visible), LearningRequest.id.in_(bindparam("ids", expanding=True)))


def coach_cards(db: Session, visible: ColumnElement[bool], ids: Sequence[int]) -> list[CoachCard]:
    """These coaches, in this order."""
    if not ids:
        return []
    rows = ask(db, _coach_cards(visible), ids=ids)
    found = {row[0]: cards_of_coaches.make_card(*row) for row in rows}
    return [found[key] for key in ids if key in found]


@lru_cache(KEPT)
def _coach_cards(visible: ColumnElement[bool]) -> Executable:
    these = CoachProfile.account_id.in_(bindparam("ids", expanding=True))
    return cards_of_coaches.card_columns().where(looked_at(visible), these)


def requests(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *,
    skills: Sequence[int], newest: int, most: int,
) -> list[Asked]:  # fmt: skip
    """The newest that the search finds and that ask for one of these skills."""
    on_sqlite = is_sqlite(db)
    # Of a few, FTS5 would have to be asked about each; see below.
    is_apart = on_sqlite and wanted.bookmarked
    asked = wanted if is_apart else replace(wanted, shared=tuple(skills))
    match = request_filters.match_of(asked, on_sqlite=on_sqlite)
    some = () if request_filters.asked_of(asked).is_everything else (0,)
    shared = replace(asked, shared=some, terms=Terms(), skills=())
    query = _newest_requests(viewer.standing, visible, shared, most, on_sqlite=on_sqlite)
    rows = ask(db, query, viewer=viewer.id, newest=newest, match=match, skills=skills).all()
    return [matches.asked(*row) for row in rows]


@lru_cache(KEPT)
def _newest_requests(
    standing: Standing, visible: ColumnElement[bool], shared: RequestFilter, most: int, *,
    on_sqlite: bool,
) -> Executable:  # fmt: skip
    # What the index is asked says which skills and which words: the statement is the same for all.
    until = and_(visible, LearningRequest.posting <= bindparam("newest", type_=BigInteger))
    match = bindparam("match", type_=String)
    if on_sqlite and shared.bookmarked:
        until = and_(until, _asks_for(bindparam("skills", expanding=True)))
    keys = request_searches.newest_keys(
        standing, until, shared, on_sqlite=on_sqlite, most=most, match=match
    )
    found = matches.requests_where(LearningRequest.id.in_(select(keys.c.key)))
    # But not its plan: one that PostgreSQL made for any words would be a bad one for these.
    return found.execution_options(plan_anew=True)


def other_requests(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: RequestFilter, *,
    skills: Sequence[int], oldest: int, below: int, most: int,
) -> list[Place]:  # fmt: skip
    """All others that the search finds; of the candidates, none is older than `oldest`."""
    is_older = LearningRequest.posting < oldest
    others = and_(visible, or_(is_older, ~_asks_for(skills)))
    return request_searches.newest(db, viewer, others, wanted, below=below, most=most)


def coaches(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: CoachFilter, *,
    skills: Sequence[int], newest: int, most: int,
) -> list[Offered]:  # fmt: skip
    """The newest that the search finds and that teach one of these skills; nobody oneself."""
    others = and_(visible, CoachProfile.account_id != viewer.id)
    shared = replace(wanted, shared=tuple(skills))
    until = and_(others, CoachProfile.listing <= newest) if newest < HIGHEST else others
    keys = coach_searches.newest_keys(until, shared, on_sqlite=is_sqlite(db), most=most)
    return matches.coaches(db, CoachProfile.account_id.in_(select(keys.c.key)))


def coaches_for_several(
    db: Session, viewer: Viewer, visible: ColumnElement[bool],
    several: Sequence[Sequence[int]], *, most: int,
) -> list[Offered]:  # fmt: skip
    """The newest who teach one of the skills of each of several requests; nobody oneself."""
    on_sqlite = is_sqlite(db)
    wanted = [CoachFilter(shared=tuple(skills)) for skills in several if skills]
    if not wanted:
        return []
    asked = [coach_filters.match_of(one, on_sqlite=on_sqlite) for one in wanted]
    query = _coaches_for(len(asked), visible, most, on_sqlite=on_sqlite)
    named = {f"match_{number}": match for number, match in enumerate(asked)}
    return [matches.offered(*row) for row in ask(db, query, viewer=viewer.id, **named)]


@lru_cache(KEPT)
def _coaches_for(
    several: int, visible: ColumnElement[bool], most: int, *, on_sqlite: bool
) -> Executable:
    others, shared = and_(visible, CoachProfile.account_id != VIEWER), CoachFilter(shared=(0,))
    keys = [
        coach_searches.newest_keys(
            others, shared, on_sqlite=on_sqlite, most=most,
            match=bindparam(f"match_{number}", type_=String),
        )
        for number in range(several)
    ]  # fmt: skip
    either = [CoachProfile.account_id.in_(select(one.c.key)) for one in keys]
    # Each time with a plan of its own, as above.
    return matches.coaches_where(or_(*either)).execution_options(plan_anew=True)


def other_coaches(
    db: Session, viewer: Viewer, visible: ColumnElement[bool], wanted: CoachFilter, *,
    skills: Sequence[int], oldest: int, below: int, most: int,
) -> list[Place]:  # fmt: skip
    """All others that the search finds; of the candidates, none is older than `oldest`."""
    is_older, is_oneself = CoachProfile.listing < oldest, CoachProfile.account_id == viewer.id
    others = and_(visible, or_(is_older, is_oneself, ~_teaches(skills)))
    return coach_searches.newest(db, others, wanted, below=below, most=most)


def _asks_for(skills: Any) -> ColumnElement[bool]:
    return exists().where(
        RequestSkill.request_id == LearningRequest.id, RequestSkill.skill_id.in_(skills)
    )


def _teaches(skills: Sequence[int]) -> ColumnElement[bool]:
    return exists().where(
        CoachSkill.account_id == CoachProfile.account_id, CoachSkill.skill_id.in_(skills)
    )


def has_proposed_to(request_id: int) -> ColumnElement[bool]:
    """The coaches with a proposal to this request, drafts apart."""
    sent = (Proposal.request_id == request_id, Proposal.status != ProposalStatus.DRAFT)
    return CoachProfile.account_id.in_(select(Proposal.coach_id).where(*sent))
