"""Agreeing on the time of a session: one of the two offers it, the other one answers.

What is agreed holds until another time is agreed in its place.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.actions.session_claims import claim, in_the_way
from app.actions.session_reminders import begin_reminders
from app.clock import now
from app.errors import Outdated, Refused, TooMany
from app.events import record
from app.forms.learning_sessions import AnswerForm, LinkForm, OfferForm
from app.notify import learning_sessions as tell
from app.session_times import instant_of
from db.models.accounts import Side
from db.models.events import Event
from db.models.learning_sessions import LearningSession
from db.models.moves import move
from db.models.session_states import ANSWERED_WITHIN, CONFIRMED_WITHIN, SessionStatus
from db.queries import session_offers
from db.queries.viewers import Viewer

FARTHEST = timedelta(days=365)
HOUR, MOST_AN_HOUR = timedelta(hours=1), 6
OUTDATED = "Another time is offered now. This is how it stands."


def offer_time(db: Session, session: LearningSession, form: OfferForm, *, by: Viewer) -> None:
    """Offer the other one a time, by one's own clocks; an agreed one holds until they say yes.

    Raises Refused for a time that is not to come, or that one of the two cannot keep, and TooMany
    for one offer after the other: each of them is a mail.
    """
    _keep_to_limit(db, session, by=by)
    starts_at = instant_of(form.starts, by.time_zone, form.fold)
    _check_time(db, session, starts_at, by=by)
    settle(db, session)
    before, side = session.status, session.side_of(by.id)
    move(session, SessionStatus.PROPOSED)
    session.offer += 1
    session.offered_starts_at, session.offered_by = starts_at, side
    session.offered_at = session.updated_at = now()
    until = (now() + ANSWERED_WITHIN, starts_at, session.starts_at or starts_at)
    session.answer_by = min(until)
    event = record(
        db,
        "session.offered",
        by=by,
        side=side,
        subject=session,
        before=before,
        after=session.status,
        starts_at=starts_at.isoformat(),
    )
    tell.session_offered(db, session, event, by=by)


def agree_on_time(db: Session, session: LearningSession, form: AnswerForm, *, by: Viewer) -> None:
    """Say yes to the time that was read: it holds from now on, and nobody else gets it.

    Raises Outdated when another one is offered by now, or one of the two is taken then.
    """
    check_offer(session, form)
    before, was = session.status, session.starts_at
    starts_at = session.offered_starts_at
    assert starts_at is not None  # noqa: S101 - of what is proposed
    _put_at(session, starts_at)
    claim(db, session, by_id=by.id)
    move(session, SessionStatus.SCHEDULED)
    _clear_offer(session)
    event = record(
        db,
        "session.agreed",
        by=by,
        side=session.side_of(by.id),
        subject=session,
        before=before,
        after=session.status,
        starts_at=starts_at.isoformat(),
        **({"was": was.isoformat()} if was else {}),
    )
    (tell.session_moved if was else tell.session_agreed)(db, session, event, by=by)


def decline_time(db: Session, session: LearningSession, form: AnswerForm, *, by: Viewer) -> None:
    """Say no to the time that was read; an agreed one goes on to hold."""
    check_offer(session, form)
    offered = session.offered_starts_at
    event = end_offer(db, session, "session.declined", by=by, side=session.side_of(by.id))
    tell.session_declined(db, session, event, by=by, offered=offered)


def take_time_back(db: Session, session: LearningSession, form: AnswerForm, *, by: Viewer) -> None:
    """Offer the time no more that nobody has answered yet."""
    check_offer(session, form)
    end_offer(db, session, "session.taken_back", by=by, side=session.side_of(by.id))


def link_session(db: Session, session: LearningSession, form: LinkForm, *, by: Viewer) -> None:
    """Say where the two meet, or take that away; both see it from an hour before."""
    session.link = form.link or None
    session.sequence += 1
    session.updated_at = now()
    record(db, "session.linked", by=by, side=Side.COACH, subject=session)


def check_offer(session: LearningSession, form: AnswerForm) -> None:
    """Return quietly when the offer that was read is the one that stands. Raises Outdated."""
    if form.offer != session.offer:
        raise Outdated(OUTDATED, to=f"/sessions/{session.id}")


def settle(db: Session, session: LearningSession) -> None:
    """Write down that an offer has run out, and tell who made it: the clock does, or who acts."""
    side, offered = session.offered_by, session.offered_starts_at
    if session.status is not SessionStatus.PROPOSED or side is None:
        return
    if session.status_at(now()) is not SessionStatus.PROPOSED:
        event = end_offer(db, session, "session.lapsed", by=None, side=None)
        tell.session_lapsed(db, session, event, side=side, offered=offered)


def end_offer(
    db: Session, session: LearningSession, name: str, *, by: Viewer | None, side: Side | None
) -> Event:
    """End an offer without an agreement, for whatever reason: what was agreed before holds on."""
    before, offered = session.status, session.offered_starts_at
    move(session, SessionStatus.SCHEDULED if session.starts_at else SessionStatus.UNSCHEDULED)
    _clear_offer(session)
    return record(
        db,
        name,
        by=by,
        side=side,
        subject=session,
        before=before,
        after=session.status,
        **({"starts_at": offered.isoformat()} if offered else {}),
    )


def _keep_to_limit(db: Session, session: LearningSession, *, by: Viewer) -> None:
    earlier = session_offers.made_before(db, session.id, by.id, MOST_AN_HOUR)
    if earlier is not None and earlier > now() - HOUR:
        reason = f"You have offered {MOST_AN_HOUR} times for this session within an hour."
        raise TooMany.after(reason, earlier + HOUR - now())


def _check_time(db: Session, session: LearningSession, starts_at: datetime, *, by: Viewer) -> None:
    if starts_at <= now():
        raise Refused("starts", "Choose a time that is still to come.")
    if starts_at > now() + FARTHEST:
        raise Refused("starts", "Choose a time within a year from now.")
    if starts_at == session.starts_at:
        raise Refused("starts", "This is the time that is agreed already.")
    ends_at = starts_at + timedelta(minutes=session.contract.minutes)
    sentence = in_the_way(db, session, starts_at, ends_at, by_id=by.id)
    if sentence:
        raise Refused("starts", f"{sentence} Choose another time.")


def _put_at(session: LearningSession, starts_at: datetime) -> None:
    """Everything that follows from a time, and nobody has been reminded of it yet."""
    contract = session.contract
    session.starts_at = starts_at
    session.ends_at = starts_at + timedelta(minutes=contract.minutes)
    session.cancel_by = starts_at - timedelta(hours=contract.cancellation_hours)
    session.confirm_by = session.ends_at + CONFIRMED_WITHIN
    begin_reminders(session)
    session.sequence += 1


def _clear_offer(session: LearningSession) -> None:
    session.offered_starts_at = session.offered_by = session.offered_at = None
    session.answer_by = None
    session.updated_at = now()
