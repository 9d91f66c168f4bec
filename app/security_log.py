"""What bears on the safety of accounts: one line of JSON each, for whoever watches the site.

Never an address of mail, a password, a token or a cookie; of a network address its prefix.
"""

import json
import logging
from collections.abc import Sequence

import msgspec
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.clock import now
from db.models.events import Event

log = logging.getLogger("skileez.security")

# Of the history, the rows that are written here too, once their transaction is kept.
RECORDED = frozenset(
    {
        "sign_in.created",
        "sign_in.destroyed",
        "sign_in.ended",
        "sign_in.ended_others",
        "sign_in.proved",
        "password.changed",
        "password.reset",
        "email.changed",
        "email.confirmed",
        "email.restored",
        "account.appointed",
        "account.warned",
        "account.suspended",
        "account.restored",
    }
)
ORIGIN = "origin"  # where a session knows it: who asked for what it does
WAITING = "security_events"


class Origin(msgspec.Struct, frozen=True):
    """Where a request came from, as far as it is written down."""

    network: str | None = None
    request_id: str | None = None


NOWHERE = Origin()


def speak_for_itself() -> None:
    """Let these lines out as they are, without the words other lines begin with."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False


def write(event: str, origin: Origin, *, account: int | None = None, **more: str) -> None:
    """Write one line at once: for what was refused, which no transaction keeps."""
    line = {
        "at": now().isoformat(timespec="milliseconds"),
        "level": "info",
        "log": log.name,
        "event": event,
        "account": account,
        "network": origin.network,
        "request": origin.request_id,
        **more,
    }
    log.info(json.dumps(line))


def write_refused(db: Session, *, account: int, why: str) -> None:
    """Write that a sign-in was refused, with what the session knows of who asked."""
    write("sign_in.refused", db.info.get(ORIGIN, NOWHERE), account=account, why=why)


def write_once_kept(db: Session, event: Event) -> None:
    """Write a row of history once its transaction is kept; what is rolled back was never done."""
    if WAITING not in db.info:
        db.info[WAITING] = []
        sqlalchemy_event.listen(db, "after_commit", _write_waiting)
        sqlalchemy_event.listen(db, "after_soft_rollback", _forget_undone)
    db.info[WAITING].append(event)


def _write_waiting(db: Session) -> None:
    if db.in_nested_transaction():
        return  # a savepoint; what holds it may still be taken back
    waiting: Sequence[Event] = db.info[WAITING]
    db.info[WAITING] = []
    for event in waiting:
        of_account = event.subject in ("password", "email")
        account = event.actor_id or (event.subject_id if of_account else None)
        more = {}
        if event.subject == "account":  # what staff decided about somebody else
            account, more = event.subject_id, {"by": str(event.actor_id)}
        write(event.name, db.info.get(ORIGIN, NOWHERE), account=account, **more)


def _forget_undone(db: Session, _: object) -> None:
    db.info[WAITING] = [event for event in db.info[WAITING] if _is_there(event)]


def _is_there(event: Event) -> bool:
    state = inspect(event)
    return bool(state.persistent or state.pending)
