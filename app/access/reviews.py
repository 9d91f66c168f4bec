"""Facts about reviews: when one may be written, and when it may be replied to.

How many sessions took place, and who has written, is asked by the action.
"""

from app.access.facts import relation as _relation
from app.access.facts import state as _state
from app.clock import now
from db.models.accounts import Side
from db.models.contracts import Contract
from db.models.reviews import REPLIED_WITHIN, REVIEWED_WITHIN, Review
from db.queries.viewers import Viewer


@_state("You can write a review once the contract has ended.")
def can_be_reviewed_from_here(viewer: Viewer, contract: Contract) -> bool:
    """It has ended; its student may review it while it runs, too."""
    return not contract.is_running or contract.side_of(viewer.id) is Side.STUDENT


@_state("A review can be written within 14 days after the contract has ended. They are over.")
def reviews_are_still_taken(viewer: Viewer, contract: Contract) -> bool:
    """It runs, or has ended a short while ago."""
    return contract.ended_at is None or now() < contract.ended_at + REVIEWED_WITHIN


@_relation("Only the coach that a review is about can reply to it.")
def is_the_coach_it_is_about(viewer: Viewer, review: Review) -> bool:
    """Taught the student who wrote it."""
    return review.about_id == viewer.id and review.side is Side.STUDENT


@_state("You have replied to this review already.")
def has_no_reply(viewer: Viewer, review: Review) -> bool:
    """Nothing stands below it yet."""
    return review.replied_at is None


@_state("A reply can be written within 28 days after the review was published. They are over.")
def replies_are_still_taken(viewer: Viewer, review: Review) -> bool:
    """It was published a short while ago."""
    return now() < (review.published_at or review.opens_at) + REPLIED_WITHIN
