"""The once-only keys people have used."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.submissions import Submission


def of_key(db: Session, account_id: int, key: str) -> Submission:
    """What this person sent with this key; it must exist."""
    query = select(Submission).where(Submission.account_id == account_id, Submission.key == key)
    return db.scalars(query).one()


def held(db: Session, account_id: int, key: str) -> Submission:
    """The same, held until the transaction ends; it must exist."""
    query = select(Submission).where(Submission.account_id == account_id, Submission.key == key)
    return db.scalars(query.with_for_update()).one()


def is_known(db: Session, account_id: int, key: str) -> bool:
    """Whether this person has sent something with this key."""
    query = select(Submission.key).where(Submission.account_id == account_id, Submission.key == key)
    return db.scalars(query).one_or_none() is not None
