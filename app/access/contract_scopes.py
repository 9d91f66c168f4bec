"""Which contracts, and what hangs on them, a viewer may see, as conditions (see scopes.py)."""

from sqlalchemy import ColumnElement, and_, exists, false, or_

from app.access.moments import NOW
from db.aliases import another
from db.models.contracts import Contract
from db.models.learning_sessions import LearningSession
from db.models.payments import Payment
from db.models.reviews import Review
from db.queries.ratings import is_open
from db.queries.viewers import Who

_agreed = another(Contract)


def visible_contracts(viewer: Who) -> ColumnElement[bool]:
    """Those one is a party of, from whichever side."""
    if viewer.is_guest:
        return false()
    return or_(Contract.student_id == viewer.id, Contract.coach_id == viewer.id)


def visible_sessions(viewer: Who) -> ColumnElement[bool]:
    """One's own; to staff, those of others about which somebody has reported something."""
    if viewer.is_guest:
        return false()
    own = or_(LearningSession.student_id == viewer.id, LearningSession.coach_id == viewer.id)
    return or_(own, reported_sessions(viewer)) if viewer.is_staff else own


def reported_sessions(viewer: Who) -> ColumnElement[bool]:
    """What staff look after: reported, decided or not, and none they are a party of."""
    return and_(
        LearningSession.reported_at.is_not(None),
        LearningSession.student_id != viewer.id,
        LearningSession.coach_id != viewer.id,
    )


def visible_payments(viewer: Who) -> ColumnElement[bool]:
    """Those of one's own contracts."""
    agreed = _agreed
    mine = or_(agreed.student_id == viewer.id, agreed.coach_id == viewer.id)
    return false() if viewer.is_guest else exists().where(agreed.id == Payment.contract_id, mine)


def visible_reviews(viewer: Who) -> ColumnElement[bool]:
    """What was published about oneself; a sealed review is seen by its author alone."""
    if viewer.is_guest:
        return false()
    published = and_(Review.about_id == viewer.id, is_open(NOW))
    return or_(Review.author_id == viewer.id, published)
