"""What waits for a person: read from the same queries as the lists it leads to."""

from datetime import datetime
from functools import partial

import msgspec
from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.learning_requests import RUNNING
from db.models.proposals import ProposalStatus
from db.queries import bookmarks, learning_requests, own_requests, profiles, proposals, threads
from db.queries.learning_requests import RequestCard
from db.queries.own_requests import MyRequest
from db.queries.proposals import ProposalLine
from db.queries.threads import ThreadLine
from db.queries.viewers import Viewer

SHOWN = 5
MATCHES = 3
MOST_SKILLS = 20  # as many as a search takes


class CoachHome(msgspec.Struct, frozen=True):
    """A coach's side: `matching` open requests share a skill, `matches` are new to the coach."""

    threads: list[ThreadLine]
    accepted: list[ProposalLine]
    sent: dict[ProposalStatus, int]
    skills: list[int]
    matches: list[RequestCard]
    matching: int
    bookmarks: int


class StudentHome(msgspec.Struct, frozen=True):
    """A student's side: `waiting` are those of the requests that have unanswered proposals."""

    threads: list[ThreadLine]
    waiting: list[MyRequest]
    requests: list[MyRequest]


def coach_home(
    db: Session,
    viewer: Viewer,
    *,
    open_ones: ColumnElement[bool],
    visible: ColumnElement[bool],
    at: datetime,
    since: datetime,
) -> CoachHome:
    """What an approved or future coach finds at home; acceptances count as news `since` then."""
    accepted = proposals.sent(db, viewer.id, status=ProposalStatus.ACCEPTED, at=at, after="").items
    skills = profiles.taught_skills(db, viewer.id)[:MOST_SKILLS]
    shared = learning_requests.matching(open_ones, "", skills)
    fresh = and_(shared, ~proposals.sent_by(viewer.id))
    found = learning_requests.cards(db, viewer, fresh, at=at, after="") if skills else None
    return CoachHome(
        threads=_unread(db, viewer, Side.COACH),
        accepted=[line for line in accepted if line.ended_at and line.ended_at > since][:SHOWN],
        sent=proposals.sent_counts(db, viewer.id, at=at),
        skills=skills,
        matches=found.items[:MATCHES] if found else [],
        matching=learning_requests.count(db, shared) if skills else 0,
        bookmarks=bookmarks.count(db, viewer, visible),
    )


def student_home(db: Session, viewer: Viewer, *, at: datetime) -> StudentHome:
    """What a student finds at home."""
    of_student = partial(own_requests.of_student, db, viewer.id, at=at, after="")
    waiting = [one for one in of_student(waiting=True).items if one.status in RUNNING]
    return StudentHome(
        threads=_unread(db, viewer, Side.STUDENT),
        waiting=waiting,
        requests=of_student().items[:SHOWN],
    )


def _unread(db: Session, viewer: Viewer, side: Side) -> list[ThreadLine]:
    return threads.lines(db, viewer.id, side, size=SHOWN, only_unread=True).items
