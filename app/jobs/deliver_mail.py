"""Delivering what waits in the outbox, one mail at a time."""

import logging
import threading
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from app.clock import now
from app.mail import claims
from app.mail.claims import Claimed, Lost
from app.mail.delivery import deliver
from app.mail.links import mint
from app.mail.message import Letter, compose
from app.mail.outcomes import Never, NotNow, Unknown
from app.mail.outdated import is_outdated
from app.mail.unsubscribing import key_for
from app.settings import Settings
from db.engine import Database
from db.queries import outgoing_mail

log = logging.getLogger("skileez.mail")

MOST = 100  # before other work has its turn
PAUSES = (1, 5, 25)  # seconds; what is not kept in the end is left to staff


def deliver_mail(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Deliver what is due, and decide about mails whose senders died."""
    with database.reading() as db:  # so that an empty outbox never waits for the writers
        if not outgoing_mail.is_any_due(db, now()):
            return
    claims.take_back(database)
    for _ in range(MOST):
        mail = None if stop.is_set() else claims.claim(database)
        if mail is None:
            return
        try:
            deliver_one(mail, settings, database, stop)
        except Lost:
            log.warning("mail %s took longer than its claim", mail.id)


def deliver_one(
    mail: Claimed, settings: Settings, database: Database, stop: threading.Event
) -> None:
    """Deliver a claimed mail, and keep what came of it. Raises Lost."""
    secret = secret_for(mail, database)
    if secret is None:
        claims.drop(database, mail)
        return
    letter = letter_of(mail, secret, settings)
    if letter is None:
        claims.set_aside(database, mail, "Its words could not be written.")
        return
    try:
        deliver(letter, settings, partial(claims.hand_over, database, mail), stop)
    except NotNow as problem:
        claims.postpone(database, mail, problem.sentence)
    except (Never, Unknown) as problem:
        claims.set_aside(database, mail, problem.sentence)
    else:
        keep_sent(mail, database, stop)


def keep_sent(mail: Claimed, database: Database, stop: threading.Event) -> None:
    """Keep that it was taken, also when the database is away for a moment. Raises Lost."""
    for pause in PAUSES:
        try:
            claims.mark_sent(database, mail)
            return
        except (SQLAlchemyError, OSError):  # OSError: another write takes too long
            stop.wait(pause)
    claims.mark_sent(database, mail)


def secret_for(mail: Claimed, database: Database) -> str | None:
    """The secret of its link, "" where it has none; None when nobody wants it any more."""
    if is_outdated(database, mail):
        return None
    if mail.way_out:
        return key_for(database, mail, mail.way_out)
    if not mail.wants_link:
        return ""
    if mail.token_id is None or mail.purpose is None:
        return None
    return mint(database, mail.token_id, mail.purpose)


def letter_of(mail: Claimed, secret: str, settings: Settings) -> Letter | None:
    """The mail as it leaves; None when it cannot be written, which is a fault of ours."""
    try:
        return compose(mail, secret, settings)
    except Exception:  # whatever it is, the mails behind it must not wait for it
        log.exception("mail %s (%s) cannot be written", mail.id, mail.template)
        return None
