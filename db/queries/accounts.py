"""Accounts, as signing up and signing in look for them."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus, StaffRole
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from db.queries import mail_tokens
from db.statements import KEY, hold_rows

_LOCKED = select(Account.id).where(Account.id == KEY).with_for_update(key_share=True)


class Nobody(msgspec.Struct, frozen=True):
    """Whom history names when an address is nobody's."""

    id: int = 0


NOBODY = Nobody()


class Credentials(msgspec.Struct, frozen=True):
    """What a password is compared with."""

    id: int
    password_hash: str


class CastMember(msgspec.Struct, frozen=True):
    """Somebody the demo offers to sign in as."""

    first_name: str
    last_name: str
    email: str
    status: AccountStatus
    staff_role: StaffRole | None
    is_student: bool
    coach_status: CoachStatus | None

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


def folded(email: str) -> str:
    """The spelling under which an address is unique, whatever its letter case."""
    return unicodedata.normalize("NFC", email.lower())


def credentials(db: Session, email: str) -> Credentials | None:
    """What is stored for this address, if anybody has it."""
    query = select(Account.id, Account.password_hash).where(Account.email_folded == folded(email))
    row = db.execute(query).one_or_none()
    return Credentials(*row) if row else None


def locked(db: Session, account_id: int) -> Account:
    """The account, held until the transaction ends."""
    # FOR NO KEY UPDATE: rows that refer to the account may still be added by everybody.
    return db.scalars(_held(Account.id == account_id)).one()


def hold_account(db: Session, account_id: int) -> None:
    """The same without reading it."""
    hold_rows(db, _LOCKED, key=account_id)


def locked_by_email(db: Session, email: str) -> Account | None:
    """Whoever has this address, held until the transaction ends."""
    return db.scalars(_held(Account.email_folded == folded(email))).one_or_none()


def has_mail_key(db: Session, key: str) -> bool:
    """Whether this is the secret of anybody's way out of mails."""
    return bool(db.scalar(select(exists().where(Account.mail_key == key))))


def locked_by_mail_key(db: Session, key: str) -> Account | None:
    """Whose secret it is, held until the transaction ends."""
    return db.scalars(_held(Account.mail_key == key)).one_or_none()


def _held(condition: ColumnElement[bool]) -> Select[Account]:
    # As it stands once nobody else holds it, also when this session has read it before.
    query = select(Account).where(condition).with_for_update(key_share=True)
    return query.execution_options(populate_existing=True)


def is_taken(db: Session, email: str, *, but: int, at: datetime) -> bool:
    """Whether another account has this address, or can still take it back."""
    query = select(Account.id).where(Account.email_folded == folded(email))
    owner = db.scalars(query).one_or_none()
    earlier = mail_tokens.owner_of_reserved(db, folded(email), at=at)
    return not {owner, earlier} <= {None, but}


def cast(db: Session, emails: Sequence[str]) -> list[CastMember]:
    """Those of these people who are here, in this order."""
    query = (
        select(
            Account.first_name,
            Account.last_name,
            Account.email,
            Account.status,
            Account.staff_role,
            StudentProfile.account_id.is_not(None),
            CoachProfile.status,
        )
        .join(StudentProfile, StudentProfile.account_id == Account.id, isouter=True)
        .join(CoachProfile, CoachProfile.account_id == Account.id, isouter=True)
        .where(Account.email_folded.in_([folded(email) for email in emails]))
    )
    found = [CastMember(*row) for row in db.execute(query)]
    return sorted(found, key=lambda member: emails.index(member.email))
