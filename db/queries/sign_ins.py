"""Sign-ins, as they are ended and counted."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.sign_ins import SignIn


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
