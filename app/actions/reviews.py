"""Reviews: written sealed, published once both are in or their time is over, replied to once.

Whoever calls holds the contract, so that of two who write at once the second one publishes.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.actions.search_entries import index_coach
from app.clock import now
from app.errors import WrongState
from app.events import record
from app.forms.reviews import ReplyForm, ReviewForm
from app.notify import reviews as tell
from db.models.accounts import Account, Side
from db.models.contracts import Contract
from db.models.profiles import CoachProfile
from db.models.reviews import ONGOING_FROM, REVIEWED_WITHIN, Review
from db.queries import profiles, ratings, review_deadlines, reviews
from db.queries.reviews import OfContract
from db.queries.viewers import Viewer

WRITTEN_ALREADY = "You have reviewed this contract already. One review is all there is."
NOT_BEFORE = "You can write a review once one of its sessions has taken place."
NOT_BEFORE_THIRD = (
    f"While the contract runs, you can review it after {ONGOING_FROM} completed sessions."
)


def refuse_a_second(db: Session, contract: Contract, *, by: Viewer) -> None:
    """Say so before what is wrong with the words: there is no form to mend them in any more."""
    if sentence := why_not(reviews.of_contract(db, contract.id, by.id, now())):
        raise WrongState(sentence, to=f"/contracts/{contract.id}")


def create_review(db: Session, contract: Contract, form: ReviewForm, *, by: Viewer) -> Review:
    """Say how it went: sealed, unless the other one has done so, too."""
    at = now()
    refuse_a_second(db, contract, by=by)
    review = Review(
        contract_id=contract.id,
        author_id=by.id,
        about_id=contract.other_of(by.id),
        side=contract.side_of(by.id),
        stars=form.stars,
        text=form.text,
        is_ongoing=contract.is_running,
        written_at=at,
        opens_at=(contract.ended_at or at) + REVIEWED_WITHIN,
    )
    db.add(review)
    record(db, "review.created", by=by, side=review.side, subject=review)
    both = review_deadlines.of_contract(db, contract.id)
    if len(both) > 1:
        for one in both:
            publish_review(db, contract, one)
    return review


def keep_sealed(db: Session, contract: Contract) -> None:
    """A contract has ended, and the other one may review it now: what was written while it ran
    and is sealed yet stays so until their time is over, too.
    """
    for review in review_deadlines.of_contract(db, contract.id):
        if contract.ended_at and review.published_at is None and review.opens_at > now():
            review.opens_at = contract.ended_at + REVIEWED_WITHIN


def publish_review(db: Session, contract: Contract, review: Review) -> None:
    """Open a review to whom it is for, once; what is published already stays as it is."""
    if review.published_at is not None:
        return
    at = now()
    # Late or not, it opened when it was due: pages say so before this is written down.
    review.published_at = min(at, review.opens_at)
    event = record(db, "review.published", by=None, subject=review)
    if review.side is Side.STUDENT:
        rate_coach(db, review.about_id, at)
    tell.review_published(db, db.get_one(Account, review.about_id), event, contract)


def reply_to(db: Session, review: Review, form: ReplyForm, *, by: Viewer) -> None:
    """Answer a review of oneself, for everybody who reads it."""
    review.reply, review.replied_at = form.text, now()
    event = record(db, "review.replied", by=by, side=Side.COACH, subject=review)
    student = db.get_one(Account, review.author_id)
    tell.review_replied(db, student, event, review.contract, by.name)


def rate_coach(db: Session, coach_id: int, at: datetime) -> None:
    """Count a coach's reviews anew, for lists and searches."""
    db.flush()
    profiles.hold_coach(db, coach_id)  # whoever counts next counts what this has written
    given, coach = ratings.rating_of(db, coach_id, at), db.get_one(CoachProfile, coach_id)
    coach.rating, coach.review_count = given.average, given.count
    index_coach(db, coach_id)


def invite_to_review(db: Session, contract: Contract) -> None:
    """Tell the two that they can say how it went; not who has done so before the end."""
    contract.review_invited_at = now()
    event = record(db, "contract.review_invited", by=None, subject=contract)
    for account in review_deadlines.silent(db, contract):
        tell.review_invited(db, account, event, contract)


def remind_of_review(db: Session, contract: Contract) -> None:
    """Tell whoever has not written that the time is nearly over."""
    contract.review_reminded_at = now()
    event = record(db, "contract.review_reminded", by=None, subject=contract)
    for account in review_deadlines.silent(db, contract):
        tell.review_closing(db, account, event, contract)


def why_not(stands: OfContract) -> str:
    """What keeps one of the two from writing now; "" when nothing does."""
    if stands.mine:
        return WRITTEN_ALREADY
    return "" if stands.can_write else NOT_BEFORE if stands.is_over else NOT_BEFORE_THIRD
