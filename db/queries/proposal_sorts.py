"""The orders in which the student of a request reads its proposals."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal

from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile
from db.models.proposals import Proposal, ProposalStatus
from db.queries.proposals import standing

Columns = tuple[ColumnElement[Any], ...]


class ProposalSort(StrEnum):
    """What the proposals to a request can be sorted by."""

    NEWEST = "newest"
    PRICE = "price"  # the lowest first
    RATING = "rating"
    MATCH = "match"


PLACES = (ProposalStatus.ACCEPTED, ProposalStatus.SHORTLISTED, ProposalStatus.SUBMITTED)


def order(sort: ProposalSort, points: Mapping[int, int], at: datetime) -> tuple[Columns, bool]:
    """The columns of a sort, unique together, and whether they rise.

    In each of them what was chosen comes first, then the shortlist, and what has ended last.
    """
    rank = case(
        *((standing(at) == status, place) for place, status in enumerate(PLACES)),
        else_=len(PLACES),
    )
    if sort is ProposalSort.PRICE:
        # Amounts in another currency than the request's cannot be compared, and come after.
        is_other = case((Proposal.currency == LearningRequest.currency, 0), else_=1)
        return (rank, is_other, Proposal.price.expression, Proposal.id.expression), True
    newest = (Proposal.submitted_at.expression, Proposal.id.expression)
    if sort is ProposalSort.RATING:
        rating = func.coalesce(CoachProfile.rating, 0)
        return (len(PLACES) - rank, rating, CoachProfile.review_count.expression, *newest), False
    if sort is ProposalSort.MATCH and points:
        fit = case(dict(points), value=Proposal.coach_id, else_=literal(0))
        return (len(PLACES) - rank, fit, *newest), False
    return (len(PLACES) - rank, *newest), False
