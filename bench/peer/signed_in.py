"""Who asks, what waits for them, and how a page is drawn."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from flask import abort, render_template, request
from sqlalchemy.orm import joinedload

from app.clock import now
from app.jinja import assets
from app.labels import LABELS
from app.wording import FILTERS
from bench.peer.models import Account, Notice, SignIn, Thread, app, db

WORDS = {str(value): words for labels in LABELS.values() for value, words in labels.items()}
app.jinja_env.filters.update(FILTERS | {"label": WORDS.__getitem__})
app.jinja_env.globals["asset"] = lambda name: assets().address(name)


def signed_in() -> Account:
    """Who asks; 401 for nobody."""
    token = request.cookies.get("__Host-session", "")
    sign_in = db.session.scalar(
        db.select(SignIn)
        .options(joinedload(SignIn.account))
        .where(SignIn.token_hash == hashlib.sha256(token.encode()).digest())
    )
    at = now()
    if sign_in is None or at >= sign_in.expires_at:
        abort(401)
    if at >= sign_in.seen_at + (timedelta(days=14) if sign_in.remember else timedelta(hours=12)):
        abort(401)
    if sign_in.account.status == "suspended":
        abort(401)
    return sign_in.account


def page(template: str, me: Account, **shown: Any) -> str:
    """A whole page for somebody, with what waits for them."""
    as_student = db.and_(Thread.student_id == me.id, Thread.student_read < Thread.last_number)
    as_coach = db.and_(Thread.coach_id == me.id, Thread.coach_read < Thread.last_number)
    unread = db.session.scalar(
        db.select(db.func.count()).select_from(Thread).where(db.or_(as_student, as_coach))
    )
    notices = db.session.scalar(
        db.select(db.func.count())
        .select_from(Notice)
        .where(Notice.account_id == me.id, Notice.read_at.is_(None))
    )
    return render_template(template, me=me, unread=unread, unread_notices=notices, **shown)


def is_open(request_model: Any, at: datetime) -> Any:
    """Whether coaches may find a request."""
    return db.and_(
        request_model.status == "open",
        db.or_(request_model.expires_at.is_(None), request_model.expires_at > at),
    )
