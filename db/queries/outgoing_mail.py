"""The outbox: what is due, and what was set aside."""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.mail_tokens import MailToken, Purpose
from db.models.notices import MailTiming, Notice, NoticeKind, NoticeSetting
from db.models.outgoing_mail import MailStatus, OutgoingMail
from db.queries.paging import Found, page


class MailLine(msgspec.Struct, frozen=True):
    """A mail as staff see it."""

    id: int
    template: str
    recipient: str
    problem: str
    attempts: int
    created_at: datetime
    tried_at: datetime
    wants_link: bool
    mail_token_id: int | None

    @property
    def is_called_off(self) -> bool:
        """Whether its link has been called off, so that nobody needs it any more."""
        return self.wants_link and self.mail_token_id is None


def is_any_due(db: Session, at: datetime) -> bool:
    """Whether a mail is to be sent by now, or its sender given up."""
    query = select(OutgoingMail.id).where(
        OutgoingMail.status.in_((MailStatus.WAITING, MailStatus.SENDING)),
        OutgoingMail.due_at <= at,
    )
    return db.scalars(query.limit(1)).first() is not None


def counts(db: Session) -> dict[MailStatus, int]:
    """How many mails wait, are being sent, or were set aside; of the others there are too many."""
    unsent = (MailStatus.WAITING, MailStatus.SENDING, MailStatus.SET_ASIDE)
    query = select(OutgoingMail.status, func.count()).where(OutgoingMail.status.in_(unsent))
    found = dict(db.execute(query.group_by(OutgoingMail.status)).all())
    return {status: found.get(status, 0) for status in unsent}


def due_since(db: Session, at: datetime) -> datetime | None:
    """Since when the mail that has waited longest should have been sent; None when none should."""
    waits = OutgoingMail.status.in_((MailStatus.WAITING, MailStatus.SENDING))
    query = select(func.min(OutgoingMail.due_at)).where(waits, OutgoingMail.due_at <= at)
    return db.scalars(query).one()


def last_sent_at(db: Session) -> datetime | None:
    """When a mail last left; None when none did in the last weeks."""
    return db.scalars(select(func.max(OutgoingMail.sent_at))).one()


def next_due(db: Session, at: datetime) -> OutgoingMail | None:
    """The mail that has waited longest, held until the transaction ends; others skip it."""
    query = (
        select(OutgoingMail)
        .where(OutgoingMail.status == MailStatus.WAITING, OutgoingMail.due_at <= at)
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(1)
    )
    return db.scalars(query.with_for_update(skip_locked=True)).one_or_none()


def first_name_of(db: Session, account_id: int) -> str:
    """What the person a mail is for is called; "" when the account is gone."""
    return db.scalars(select(Account.first_name).where(Account.id == account_id)).first() or ""


def purpose_of(db: Session, token_id: int) -> Purpose | None:
    """What a mail's link is for; None when its token is gone."""
    return db.scalars(select(MailToken.purpose).where(MailToken.id == token_id)).one_or_none()


def set_aside(db: Session, visible: ColumnElement[bool], *, after: str) -> Found[MailLine]:
    """The mails that could not be delivered, the latest trouble first."""
    query = select(
        OutgoingMail.id,
        OutgoingMail.template,
        OutgoingMail.recipient,
        OutgoingMail.problem,
        OutgoingMail.attempts,
        OutgoingMail.created_at,
        OutgoingMail.due_at,
        OutgoingMail.wants_link,
        OutgoingMail.mail_token_id,
    ).where(visible, OutgoingMail.status == MailStatus.SET_ASIDE)
    key = (OutgoingMail.due_at, OutgoingMail.id)
    return page(db, query, key=key, make=MailLine, after=after)


def set_aside_count(db: Session, visible: ColumnElement[bool]) -> int:
    """How many mails wait for staff: not those whose link has been called off meanwhile."""
    is_wanted = or_(not_(OutgoingMail.wants_link), OutgoingMail.mail_token_id.is_not(None))
    query = select(func.count()).where(
        visible, is_wanted, OutgoingMail.status == MailStatus.SET_ASIDE
    )
    return db.scalars(query).one()


class Wish(msgspec.Struct, frozen=True):
    """Whether somebody still wants the mail of a notice, and the secret of their way out."""

    mail_key: str | None
    status: AccountStatus
    timing: MailTiming | None
    read_at: datetime | None  # of the notice; never of several

    @property
    def is_suspended(self) -> bool:
        """Nobody who is suspended is told of anything but that."""
        return self.status is AccountStatus.SUSPENDED


def wish(db: Session, account_id: int, kind: NoticeKind | None, key: str) -> Wish | None:
    """What a person has set for this kind, and whether they have read the notice of this key."""
    chosen = and_(NoticeSetting.account_id == Account.id, NoticeSetting.kind == kind)
    query = (
        select(Account.mail_key, Account.status, NoticeSetting.mail, Notice.read_at)
        .outerjoin(NoticeSetting, chosen)
        .outerjoin(Notice, Notice.key == key)
        .where(Account.id == account_id)
    )
    row = db.execute(query).one_or_none()
    return Wish(*row) if row else None
