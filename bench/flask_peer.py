"""The same poll as people write it in Flask: Flask-SQLAlchemy's models and session, Gunicorn.

It reads the same database, keeps to the same rules and sends the same answer. Served by
`bench/polls.py`; run by itself it needs requirements/bench.txt and FLASK_DATABASE.
"""

import hashlib
import os
from datetime import UTC, datetime, timedelta

from flask import Flask, Response, abort, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import or_
from sqlalchemy.orm import joinedload

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["FLASK_DATABASE"]
db = SQLAlchemy(app)


class Account(db.Model):  # type: ignore[name-defined, misc]
    __tablename__ = "accounts"
    id = db.Column(db.Integer, primary_key=True)
    status = db.Column(db.String)
    email_confirmed_at = db.Column(db.DateTime)


class SignIn(db.Model):  # type: ignore[name-defined, misc]
    __tablename__ = "sign_ins"
    id = db.Column(db.Integer, primary_key=True)
    account_id = db.Column(db.ForeignKey(Account.id))
    token_hash = db.Column(db.LargeBinary)
    remember = db.Column(db.Boolean)
    seen_at = db.Column(db.DateTime)
    expires_at = db.Column(db.DateTime)
    account = db.relationship(Account)


class Block(db.Model):  # type: ignore[name-defined, misc]
    __tablename__ = "blocks"
    blocker_id = db.Column(db.Integer, primary_key=True)
    blocked_id = db.Column(db.Integer, primary_key=True)


class Thread(db.Model):  # type: ignore[name-defined, misc]
    __tablename__ = "threads"
    id = db.Column(db.Integer, primary_key=True)
    student_id = db.Column(db.ForeignKey(Account.id))
    coach_id = db.Column(db.ForeignKey(Account.id))
    last_number = db.Column(db.Integer)
    student_read = db.Column(db.Integer)
    coach_read = db.Column(db.Integer)
    student_wrote_at = db.Column(db.DateTime)
    invited_at = db.Column(db.DateTime)
    proposal_id = db.Column(db.Integer)
    student = db.relationship(Account, foreign_keys=[student_id])
    coach = db.relationship(Account, foreign_keys=[coach_id])


@app.get("/messages/<int:thread_id>/new")
def new(thread_id: int) -> Response:
    """204 while nothing is new. What is new the benchmark never asks for."""
    me = signed_in()
    thread = db.session.scalar(
        db.select(Thread)
        .options(joinedload(Thread.student), joinedload(Thread.coach))
        .where(Thread.id == thread_id, or_(Thread.student_id == me.id, Thread.coach_id == me.id))
    )
    if thread is None:
        abort(404)
    read = thread.coach_read if me.id == thread.student_id else thread.student_read
    last_seen, read_seen, could_write = map(int, request.headers["HX-PTag"].split("."))
    if thread.last_number > last_seen or read > read_seen or may_write(me, thread) != could_write:
        abort(501)
    response = Response(status=204)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "HX-Request-Type"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def signed_in() -> Account:
    """Who asks; 401 for nobody."""
    token = request.cookies.get("__Host-session", "")
    sign_in = db.session.scalar(
        db.select(SignIn)
        .options(joinedload(SignIn.account))
        .where(SignIn.token_hash == hashlib.sha256(token.encode()).digest())
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    if sign_in is None or now >= sign_in.expires_at:
        abort(401)
    if now >= sign_in.seen_at + (timedelta(days=14) if sign_in.remember else timedelta(hours=12)):
        abort(401)
    if sign_in.account.status == "suspended":
        abort(401)
    return sign_in.account


def may_write(me: Account, thread: Thread) -> bool:
    """Matrix A."""
    if me.email_confirmed_at is None:
        return False
    if (thread.student.status, thread.coach.status) != ("active", "active"):
        return False
    pair = (thread.student_id, thread.coach_id)
    blocked = db.session.scalar(
        db.select(Block).where(Block.blocker_id.in_(pair), Block.blocked_id.in_(pair)).limit(1)
    )
    if blocked is not None:
        return False
    if me.id == thread.student_id:
        return True
    return bool(thread.student_wrote_at or thread.invited_at or thread.proposal_id)
