"""What is told about the application of a coach: to the coach, and to nobody else."""

from collections.abc import Mapping
from typing import Any

from markupsafe import escape
from sqlalchemy.orm import Session

from app.forms.coach_onboarding import STEPS
from app.forms.text import clean_line
from app.notify.notices import notify
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.notices import NoticeKind

# A mail stays below 20 KB, and has its words twice. What is cut off here stands on the page.
MOST_BYTES = 6000


def coach_approved(db: Session, account: Account, event: Event) -> None:
    """That a coach may teach."""
    _about(db, "coach_approved", account, event, "/requests")


def coach_changes_requested(
    db: Session, account: Account, event: Event, comments: Mapping[str, str]
) -> None:
    """What a coach is asked to change, step by step."""
    titles = {step.name: step.title for step in STEPS}
    share = MOST_BYTES // len(comments)
    said = [{"title": titles[step], "text": _short(text, share)} for step, text in comments.items()]
    first = next(iter(comments))
    path = f"/become-a-coach/{first}"
    _about(db, "coach_changes_requested", account, event, path, comments=said, step=first)


def coach_rejected(db: Session, account: Account, event: Event, reason: str) -> None:
    """That a coach cannot teach here, and why."""
    parts = [part for part in reason.splitlines() if part.strip()]
    share = MOST_BYTES // len(parts)
    said = [_short(part, share) for part in parts]
    _about(db, "coach_rejected", account, event, "/become-a-coach/review", reason=said)


def _about(
    db: Session, name: str, account: Account, event: Event, path: str, **detail: Any
) -> None:
    kind, side = NoticeKind.APPROVAL, Side.COACH
    notify(db, account, event, kind=kind, name=name, side=side, path=path, **detail)


def _short(text: str, most: int) -> str:
    """One line, as much of it as fits into so many bytes of a mail."""
    line = clean_line(text)
    end, size = 0, 0
    for end, letter in enumerate(line):
        size += _bytes(letter)
        if size > most:
            return line[:end].rstrip() + "…"
    return line


def _bytes(letter: str) -> int:
    # Quoted-printable: =C3=B6; markup and the equals sign become longer too.
    written = str(escape(letter))
    return len(written) if written.isascii() and letter != "=" else 3 * len(written.encode())
