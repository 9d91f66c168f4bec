"""What nobody needs any more, as conditions: `before` is a time that lies back far enough."""

from datetime import datetime, timedelta
from typing import Any, TypeAlias, cast

import msgspec
from sqlalchemy import ColumnElement, CursorResult, and_, delete, func, not_, or_, select, tuple_
from sqlalchemy.orm import Session

from db.base import Base
from db.models.attempts import Attempt
from db.models.bookmarks import Bookmark
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.mail_tokens import MailToken
from db.models.notices import Notice
from db.models.outgoing_mail import MailStatus, OutgoingMail
from db.models.parked_forms import ParkedForm
from db.models.pictures import Picture
from db.models.portfolio_items import PortfolioItem
from db.models.profiles import CoachProfile, StudentProfile
from db.models.session_claims import SessionClaim, slot_at
from db.models.sign_ins import SignIn
from db.models.submissions import Submission
from db.queries.viewers import IDLE, IDLE_REMEMBERED

Condition: TypeAlias = ColumnElement[bool]
NEVER_SENT = timedelta(days=30)  # as long as a mail that was set aside may wait for staff


class Outlived(msgspec.Struct, frozen=True):
    """Rows of a table that may go."""

    model: type[Base]
    condition: Condition


def attempts(before: datetime) -> Outlived:
    """Tries that count no longer."""
    return Outlived(Attempt, Attempt.at <= before)


def parked_forms(before: datetime) -> Outlived:
    """Forms nobody came back for."""
    return Outlived(ParkedForm, ParkedForm.created_at <= before)


def submissions(before: datetime) -> Outlived:
    """Once-only keys that no browser sends again."""
    return Outlived(Submission, Submission.created_at <= before)


def sign_ins(before: datetime) -> Outlived:
    """Sign-ins that had ended by then, idle or too old."""
    idle = and_(not_(SignIn.remember), SignIn.seen_at <= before - IDLE)
    idle_remembered = and_(SignIn.remember, SignIn.seen_at <= before - IDLE_REMEMBERED)
    return Outlived(SignIn, or_(SignIn.expires_at <= before, idle, idle_remembered))


def mail_tokens(before: datetime) -> Outlived:
    """Tokens that were dead by then, and those whose mail never left."""
    never_sent = and_(MailToken.expires_at.is_(None), MailToken.created_at <= before - NEVER_SENT)
    dead = or_(MailToken.used_at <= before, MailToken.expires_at <= before, never_sent)
    return Outlived(MailToken, dead)


def notices(before: datetime) -> Outlived:
    """What was read by then, and waits for no bundle."""
    return Outlived(Notice, and_(Notice.read_at <= before, Notice.mail_due_at.is_(None)))


def mails(before: datetime) -> Outlived:
    """Mails that have left, that nobody needed, or that staff left lying."""
    over = OutgoingMail.status.in_((MailStatus.SENT, MailStatus.DROPPED, MailStatus.SET_ASIDE))
    ended_at = func.coalesce(OutgoingMail.sent_at, OutgoingMail.created_at)
    return Outlived(OutgoingMail, and_(over, ended_at <= before))


def experiences(before: datetime) -> Outlived:
    """Places of work that coaches took off their lists."""
    return Outlived(Experience, Experience.removed_at <= before)


def portfolio_items(before: datetime) -> Outlived:
    """Pieces of work that coaches took off their lists; links and skills go with them."""
    return Outlived(PortfolioItem, PortfolioItem.removed_at <= before)


def educations(before: datetime) -> Outlived:
    """Places of learning that coaches took off their lists."""
    return Outlived(Education, Education.removed_at <= before)


def coach_languages(before: datetime) -> Outlived:
    """Languages that coaches took off their lists."""
    return Outlived(CoachLanguage, CoachLanguage.removed_at <= before)


def student_languages(before: datetime) -> Outlived:
    """Languages that students took off their lists."""
    return Outlived(StudentLanguage, StudentLanguage.removed_at <= before)


def bookmarks(before: datetime) -> Outlived:
    """Marks that coaches took off requests; their notes go with them."""
    return Outlived(Bookmark, Bookmark.removed_at <= before)


def session_claims(before: datetime) -> Outlived:
    """Time that has passed: nobody can agree on it any more."""
    return Outlived(SessionClaim, SessionClaim.slot < slot_at(before))


def pictures(before: datetime) -> Outlived:
    """Pictures that are shown nowhere, and will not be by a form that is under way."""
    shown = (CoachProfile.picture_id, StudentProfile.picture_id, PortfolioItem.thumbnail_id)
    nowhere = [Picture.id.not_in(select(place).where(place.is_not(None))) for place in shown]
    return Outlived(Picture, and_(Picture.created_at <= before, *nowhere))


def is_any(db: Session, found: Outlived) -> bool:
    """Whether there is anything to remove."""
    query = select(*_key(found)).where(found.condition).limit(1)
    return db.execute(query).first() is not None


def remove(db: Session, found: Outlived, most: int) -> int:
    """Remove so many of them at most; how many it were. What somebody holds is left for later."""
    key = _key(found)
    chosen = select(*key).where(found.condition).limit(most).with_for_update(skip_locked=True)
    # Not as a subquery: PostgreSQL may ask it again for every row, and find more each time.
    some = [tuple(row) for row in db.execute(chosen)]
    same = tuple_(*key).in_(some) if len(key) > 1 else key[0].in_([row[0] for row in some])
    gone = db.execute(
        delete(found.model).where(same), execution_options={"synchronize_session": False}
    )
    return cast("CursorResult[Any]", gone).rowcount


def _key(found: Outlived) -> tuple[ColumnElement[Any], ...]:
    return tuple(found.model.__table__.primary_key)
