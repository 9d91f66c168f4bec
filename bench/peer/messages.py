"""The idle poll of a thread, and a message that is sent."""

from datetime import datetime, timedelta

from flask import Response, abort, render_template, request
from sqlalchemy.orm import joinedload

from app.clock import now
from app.contact_details import why_wait
from app.text_keys import text_key
from bench.peer.models import Account, Block, Message, Thread, app, db
from bench.peer.signed_in import signed_in
from db.search_entries import message_entry

LIMITS = ((timedelta(minutes=1), 20), (timedelta(hours=1), 200))


@app.get("/messages/<int:thread_id>/new")
def new(thread_id: int) -> Response:
    """204 while nothing is new. What is new the benchmark never asks for."""
    me = signed_in()
    thread = thread_of(me, thread_id)
    read = thread.coach_read if me.id == thread.student_id else thread.student_read
    last_seen, read_seen, could_write = map(int, request.headers["HX-PTag"].split("."))
    if thread.last_number > last_seen or read > read_seen or may_write(me, thread) != could_write:
        abort(501)
    response = Response(status=204)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "HX-Request-Type"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@app.post("/messages/<int:thread_id>")
def send(thread_id: int) -> str:
    """The bubble of a new message."""
    me, at = signed_in(), now()
    thread = thread_of(me, thread_id)
    text = request.form["text"].strip()
    if not may_write(me, thread):
        abort(403)
    if not 1 <= len(text) <= 4000 or (thread.proposal_id is None and why_wait(text)):
        abort(422)
    keep_to_limits(me, thread, text, at)
    thread.last_number += 1
    thread.last_message_at, thread.last_sender_id = at, me.id
    thread.last_text = " ".join(text.split())[:200]
    thread.student_read, thread.student_waits_at = thread.last_number, None
    thread.coach_waits_at = thread.coach_waits_at or at + timedelta(minutes=10)
    thread.student_wrote_at = thread.student_wrote_at or at
    message = Message(
        thread_id=thread.id, number=thread.last_number, sender_id=me.id, text=text,
        text_key=text_key(text), created_at=at,
        search_text=message_entry(text, thread.student_id, thread.coach_id),
    )  # fmt: skip
    db.session.add(message)
    db.session.commit()
    return render_template("message.html", message=message)


def thread_of(me: Account, thread_id: int) -> Thread:
    """A thread of one's own; 404 for others."""
    thread = db.session.scalar(
        db.select(Thread)
        .options(joinedload(Thread.student), joinedload(Thread.coach))
        .where(Thread.id == thread_id, db.or_(Thread.student_id == me.id, Thread.coach_id == me.id))
    )
    if thread is None:
        abort(404)
    return thread


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


def keep_to_limits(me: Account, thread: Thread, text: str, at: datetime) -> None:
    """So many a minute and an hour, and the same words to few."""
    for window, most in LIMITS:
        sent = db.select(db.func.count()).select_from(Message)
        mine = sent.where(Message.sender_id == me.id, Message.created_at > at - window)
        if (db.session.scalar(mine) or 0) >= most:
            abort(429)
    key = text_key(text)
    if key is not None:
        same = (Message.text_key == key, Message.sender_id == me.id)
        others = db.session.scalars(
            db.select(Message.thread_id)
            .where(
                *same, Message.created_at > at - timedelta(days=1), Message.thread_id != thread.id
            )
            .distinct()
        ).all()
        if len(others) >= 4:
            abort(422)
