"""What waits for a person: read from the same queries as the lists it leads to."""

from datetime import datetime
from functools import partial

import msgspec
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from db.models.accounts import Side
from db.models.learning_requests import RUNNING
from db.models.proposals import ProposalStatus
from db.queries import bookmarks, own_requests, proposals, thread_lines
from db.queries.own_requests import MyRequest
from db.queries.proposals import ProposalLine
from db.queries.thread_lines import ThreadLine
from db.queries.viewers import Viewer

SHOWN = 5


class CoachHome(msgspec.Struct, frozen=True):
    """A coach's side."""

    threads: list[ThreadLine]
    accepted: list[ProposalLine]
    sent: dict[ProposalStatus, int]
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
    visible: ColumnElement[bool],
    at: datetime,
    since: datetime,
) -> CoachHome:
    """What an approved or future coach finds at home; acceptances count as news `since` then."""
    accepted = proposals.sent(db, viewer.id, status=ProposalStatus.ACCEPTED, at=at, after="").items
    return CoachHome(
        threads=_unread(db, viewer, Side.COACH, at),
        accepted=[line for line in accepted if line.ended_at and line.ended_at > since][:SHOWN],
        sent=proposals.sent_counts(db, viewer.id, at=at),
        bookmarks=bookmarks.count(db, viewer, visible),
    )


def student_home(db: Session, viewer: Viewer, *, at: datetime) -> StudentHome:
    """What a student finds at home."""
    of_student = partial(own_requests.of_student, db, viewer.id, at=at, after="")
    waiting = [one for one in of_student(waiting=True).items if one.status in RUNNING]
    return StudentHome(
        threads=_unread(db, viewer, Side.STUDENT, at),
        waiting=waiting,
        requests=of_student().items[:SHOWN],
    )


def _unread(db: Session, viewer: Viewer, side: Side, at: datetime) -> list[ThreadLine]:
    return thread_lines.lines(db, viewer.id, side, at=at, size=SHOWN, only_unread=True).items
