"""Sign-ins, as they are listed, ended and counted."""

from datetime import datetime

import msgspec
from sqlalchemy import and_, not_, or_, select
from sqlalchemy.orm import Session

from db.models.sign_ins import SignIn
from db.queries.viewers import IDLE, IDLE_REMEMBERED, Viewer


class SignInLine(msgspec.Struct, frozen=True):
    """A browser somebody is signed in with, as they see it."""

    id: int
    browser: str
    place: str
    created_at: datetime
    seen_at: datetime


def lines(db: Session, viewer: Viewer, *, at: datetime) -> list[SignInLine]:
    """The viewer's sign-ins that still hold: this one, then the others, the latest seen first."""
    query = select(
        SignIn.id, SignIn.browser, SignIn.place, SignIn.created_at, SignIn.seen_at
    ).where(
        SignIn.account_id == viewer.id,
        SignIn.expires_at > at,
        or_(
            and_(SignIn.remember, SignIn.seen_at > at - IDLE_REMEMBERED),
            and_(not_(SignIn.remember), SignIn.seen_at > at - IDLE),
        ),
    )
    query = query.order_by(
        (SignIn.id == viewer.sign_in_id).desc(), SignIn.seen_at.desc(), SignIn.id.desc()
    )
    return [SignInLine(*row) for row in db.execute(query)]


def beyond_newest(db: Session, account_id: int, keep: int) -> list[SignIn]:
    """A person's sign-ins, the `keep` latest begun left out."""
    query = (
        select(SignIn)
        .where(SignIn.account_id == account_id)
        .order_by(SignIn.created_at.desc(), SignIn.id.desc())
        .offset(keep)
    )
    return list(db.scalars(query))


def locked(db: Session, sign_in_id: int) -> SignIn | None:
    """The sign-in, held until the transaction ends, if it has not been ended."""
    query = select(SignIn).where(SignIn.id == sign_in_id)
    return db.scalars(query.with_for_update()).one_or_none()


def by_token(db: Session, token_hash: bytes) -> SignIn | None:
    """The sign-in this token belongs to, whether it still holds or not."""
    return db.scalars(select(SignIn).where(SignIn.token_hash == token_hash)).one_or_none()
