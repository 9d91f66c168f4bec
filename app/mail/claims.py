"""Whose turn a mail is: one sender at a time, over all nodes, and never twice for one event.

A claim is kept before anything leaves, and lasts a while; who holds it is known by when it ends.
"""

import logging
from datetime import datetime, timedelta
from typing import Any, cast

import msgspec
from sqlalchemy import ColumnElement, CursorResult, update

from app.clock import now
from db.engine import Database
from db.models.mail_tokens import Purpose
from db.models.outgoing_mail import MailStatus, OutgoingMail
from db.queries import outgoing_mail

log = logging.getLogger("skileez.mail")

LEASE = timedelta(minutes=5)  # ten times as long as a delivery may take
RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
STOPPED = "The sender stopped before it had handed the mail over."
MAY_HAVE_ARRIVED = "The line was lost while the mail was handed over. It may have arrived."


class Lost(Exception):
    """The claim ran out, and somebody else has decided about this mail."""


class Claimed(msgspec.Struct, frozen=True):
    """A mail that this sender alone may deliver, until `lease`."""

    id: int
    key: str
    template: str
    recipient: str
    detail: dict[str, Any]
    first_name: str
    wants_link: bool
    token_id: int | None
    purpose: Purpose | None
    attempts: int
    created_at: datetime
    lease: datetime
    account_id: int | None = None

    @property
    def way_out(self) -> str:
        """What of the mails of notices its address to end them is about; "" for others."""
        return str(self.detail.get("way_out", ""))


def claim(database: Database) -> Claimed | None:
    """The next mail that is due, ours until its lease ends; None when there is none."""
    with database.writing() as db:
        mail = outgoing_mail.next_due(db, now())
        if mail is None:
            return None
        mail.status = MailStatus.SENDING
        mail.due_at = now() + LEASE
        mail.attempts += 1
        mail.handed_over_at = None
        return Claimed(
            id=mail.id,
            key=mail.key,
            template=mail.template,
            recipient=mail.recipient,
            detail=mail.detail,
            first_name=outgoing_mail.first_name_of(db, mail.account_id) if mail.account_id else "",
            wants_link=mail.wants_link,
            token_id=mail.mail_token_id,
            purpose=outgoing_mail.purpose_of(db, mail.mail_token_id or 0),
            attempts=mail.attempts,
            created_at=mail.created_at,
            lease=mail.due_at,
            account_id=mail.account_id,
        )


def hand_over(database: Database, mail: Claimed) -> None:
    """Keep that from here on it may have arrived. Raises Lost."""
    _mark(database, mail, handed_over_at=now())


def mark_sent(database: Database, mail: Claimed) -> None:
    """It was taken. Raises Lost."""
    _mark(database, mail, status=MailStatus.SENT, sent_at=now(), problem="")


def drop(database: Database, mail: Claimed) -> None:
    """Nobody needs it any more. Raises Lost."""
    _mark(database, mail, status=MailStatus.DROPPED)


def postpone(database: Database, mail: Claimed, problem: str) -> None:
    """It surely did not arrive: try again later, or leave it to staff. Raises Lost."""
    if mail.attempts > len(RETRIES):
        set_aside(database, mail, problem)
        return
    _mark(
        database,
        mail,
        status=MailStatus.WAITING,
        due_at=now() + RETRIES[mail.attempts - 1],
        handed_over_at=None,
        problem=problem[:300],
    )


def set_aside(database: Database, mail: Claimed, problem: str) -> None:
    """Leave it to staff. Raises Lost."""
    # Without the problem: servers repeat the address.
    log.warning("mail %s (%s) is set aside", mail.id, mail.template)
    _mark(database, mail, status=MailStatus.SET_ASIDE, due_at=now(), problem=problem[:300])


def take_back(database: Database) -> None:
    """Decide about the mails whose senders died: what was handed over is never sent again."""
    over = (OutgoingMail.status == MailStatus.SENDING, OutgoingMail.due_at <= now())
    was_handed_over = OutgoingMail.handed_over_at.is_not(None)
    tried_enough = OutgoingMail.attempts > len(RETRIES)  # it may be what the senders die of
    with database.writing() as db:
        for which, status, problem in (
            (was_handed_over, MailStatus.SET_ASIDE, MAY_HAVE_ARRIVED),
            (tried_enough, MailStatus.SET_ASIDE, STOPPED),
            (OutgoingMail.id > 0, MailStatus.WAITING, STOPPED),
        ):
            values = {"status": status, "due_at": now(), "problem": problem}
            db.execute(update(OutgoingMail).where(*over, which).values(**values))


def _mark(database: Database, mail: Claimed, **values: Any) -> None:
    ours: tuple[ColumnElement[bool], ...] = (
        OutgoingMail.id == mail.id,
        OutgoingMail.status == MailStatus.SENDING,
        OutgoingMail.due_at == mail.lease,
    )
    with database.writing() as db:
        marked = db.execute(update(OutgoingMail).where(*ours).values(**values))
    if cast("CursorResult[Any]", marked).rowcount != 1:
        raise Lost(f"mail {mail.id}")
