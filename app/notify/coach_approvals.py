"""What is told about the application of a coach: to the coach, and to nobody else."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.forms.coach_onboarding import STEPS
from app.mail.shortened import MOST_BYTES, in_parts, shortened
from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.notices import NoticeKind


def coach_approved(db: Session, account: Account, event: Event) -> None:
    """That a coach may teach."""
    _about(db, "coach_approved", account, event, "/requests")


def coach_changes_requested(
    db: Session, account: Account, event: Event, comments: Mapping[str, str]
) -> None:
    """What a coach is asked to change, step by step."""
    titles = {step.name: step.title for step in STEPS}
    share = MOST_BYTES // len(comments)
    said = [
        {"title": titles[step], "text": shortened(text, share)} for step, text in comments.items()
    ]
    first = next(iter(comments))
    path = f"/become-a-coach/{first}"
    _about(db, "coach_changes_requested", account, event, path, comments=said, step=first)


def coach_rejected(db: Session, account: Account, event: Event, reason: str) -> None:
    """That a coach cannot teach here, and why."""
    said = in_parts(reason)
    _about(db, "coach_rejected", account, event, "/become-a-coach/review", reason=said)


def _about(
    db: Session, name: str, account: Account, event: Event, path: str, **detail: Any
) -> None:
    kind, side = NoticeKind.APPROVAL, Side.COACH
    notify(db, account, event, kind=kind, name=name, side=side, path=path, **detail)
