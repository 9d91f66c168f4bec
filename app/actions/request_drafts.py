"""Which draft a page writes: one page, one draft, however often it is sent, and in what order.

A page that writes a request carries a name of its own. Under that name is kept what it has written
last, as long as a form's key is kept: so its own older answers, lost on the way or late, are never
taken for somebody else's words, and none of it begins a second draft.
"""

import hashlib

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.clock import now
from app.forms.learning_requests import DraftForm
from db.models.learning_requests import LearningRequest
from db.models.submissions import Submission
from db.queries import request_drafts, submissions
from db.queries.viewers import Viewer

PREFIX = "request:"


def hold_page(db: Session, form: DraftForm, *, by: Viewer) -> Submission | None:
    """What is kept of the page that sent this form, held; None for a form without a page.

    Whoever sends the same page at the same moment waits here.
    """
    if not form.page:
        return None
    key = PREFIX + form.page
    fresh = Submission(account_id=by.id, key=key, digest=b"", status=0, created_at=now())
    try:
        with db.begin_nested():
            db.add(fresh)
    except IntegrityError:
        return submissions.held(db, by.id, key)
    return fresh


def knows_page(db: Session, name: str, *, by: Viewer) -> bool:
    """Whether the page of this name has written a request before."""
    return submissions.is_known(db, by.id, PREFIX + name)


def find_draft(
    db: Session, form: DraftForm, page: Submission | None, *, by: Viewer
) -> LearningRequest | None:
    """What this page has written before, held; None when that was nothing, or is gone."""
    number = int(page.location) if page and page.location else form.draft
    return request_drafts.held(db, by.id, number) if number else None


def is_repeated(form: DraftForm, page: Submission | None, wanted: LearningRequest) -> bool:
    """Whether just this was sent before, and stands: it gets the first answer again."""
    return page is not None and page.digest == _digest(form) and page.status == wanted.version


def is_outdated(form: DraftForm, page: Submission | None, wanted: LearningRequest) -> bool:
    """Whether somebody else, perhaps another tab, has written after this page."""
    return wanted.version not in (form.version, page.status if page else None)


def note_written(page: Submission | None, form: DraftForm, wanted: LearningRequest) -> None:
    """Keep what this page has written last."""
    if page is not None:
        page.location, page.status = str(wanted.id), wanted.version
        page.digest, page.created_at = _digest(form), now()


def _digest(form: DraftForm) -> bytes:
    return hashlib.sha256(msgspec.json.encode(form)).digest()
