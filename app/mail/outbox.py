"""Mails that wait: written together with what they are about, delivered later by a worker."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.clock import now
from db.models.accounts import Account
from db.models.events import Event
from db.models.mail_tokens import MailToken
from db.models.outgoing_mail import OutgoingMail


def enqueue_about(
    db: Session, template: str, account: Account, event: Event, **detail: Any
) -> OutgoingMail:
    """The mail that tells one person of one event, once."""
    db.flush()  # a new event gets its id here
    key = f"{template}:event:{event.id}:{account.id}"
    return enqueue(db, template, key=key, to=account.email, account=account, **detail)


def enqueue(
    db: Session,
    template: str,
    *,
    key: str,
    to: str,
    account: Account | None = None,
    token: MailToken | None = None,
    due_at: datetime | None = None,
    way_out: str = "",
    **detail: Any,
) -> OutgoingMail:
    """Put a mail into the outbox; it leaves once this transaction is kept.

    `template` names templates/mail/{template}.txt and .html; `key` is the event it tells of, and
    a second mail with the same key fails. With a `token` the mail has a link, made when it leaves;
    with a `way_out` it has an address that ends such mails. `detail` is what else its words need,
    and never a secret. It waits until it is due.
    """
    db.flush()  # a new token gets its id here
    mail = OutgoingMail(
        key=key,
        template=template,
        recipient=to,
        account_id=account.id if account else None,
        mail_token_id=token.id if token else None,
        wants_link=token is not None,
        detail=detail | ({"way_out": way_out} if way_out else {}),
        due_at=due_at or now(),
        created_at=now(),
    )
    db.add(mail)
    return mail
