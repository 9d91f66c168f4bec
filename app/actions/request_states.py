"""What a student does with a request as a whole: pause it, go on, renew it, close it."""

from sqlalchemy.orm import Session

from app.actions.proposal_choices import expire_proposals
from app.actions.request_deadlines import expire_invitations, touch_request
from app.clock import now
from app.errors import WrongState
from app.events import record
from app.forms.learning_requests import CloseForm
from app.notify import learning_requests as tell
from db.models.accounts import Side
from db.models.events import Event
from db.models.learning_requests import RUNNING, LearningRequest, RequestStatus, status_at
from db.models.moves import move
from db.queries import request_deadlines
from db.queries.viewers import Viewer


def pause_request(db: Session, wanted: LearningRequest, *, by: Viewer) -> None:
    """Take no more proposals for a while; those that are there stay, and the deadline too."""
    _check_running(wanted)
    _move(db, wanted, RequestStatus.PAUSED, "request.paused", by=by)


def resume_request(db: Session, wanted: LearningRequest, *, by: Viewer) -> None:
    """Take proposals again, for another 30 days."""
    _check_running(wanted)
    _move(db, wanted, RequestStatus.OPEN, "request.resumed", by=by)
    touch_request(wanted)


def renew_request(db: Session, wanted: LearningRequest, *, by: Viewer) -> None:
    """Let it stand for another 30 days, whether it is open or paused."""
    _check_running(wanted)
    touch_request(wanted)
    until = wanted.expires_at.isoformat() if wanted.expires_at else ""
    record(db, "request.renewed", by=by, side=Side.STUDENT, subject=wanted, until=until)


def close_request(db: Session, wanted: LearningRequest, form: CloseForm, *, by: Viewer) -> None:
    """End a request; coaches who waited for an answer are told that they get none."""
    told = request_deadlines.proposers(db, wanted.id, now())
    wanted.close_reason = form.reason
    event = _move(
        db, wanted, RequestStatus.CLOSED, "request.closed", by=by, reason=str(form.reason)
    )
    wanted.ended_at = now()
    expire_proposals(db, wanted, by=by)
    expire_invitations(db, wanted)
    tell.request_closed(db, wanted, told, event)


def _check_running(wanted: LearningRequest) -> None:
    if status_at(wanted.status, wanted.expires_at, now()) not in RUNNING:
        raise WrongState("This request does not run any more.", to=f"/requests/{wanted.id}")


def _move(
    db: Session, wanted: LearningRequest, to: RequestStatus, name: str, *, by: Viewer, **detail: str
) -> Event:
    was = wanted.status
    move(wanted, to)
    wanted.updated_at = now()
    return record(
        db, name, by=by, side=Side.STUDENT, subject=wanted, before=was, after=to, **detail
    )
