"""The once-only keys people have used."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.submissions import Submission


def of_key(db: Session, account_id: int, key: str) -> Submission:
    """What this person sent with this key; it must exist."""
    query = select(Submission).where(Submission.account_id == account_id, Submission.key == key)
    return db.scalars(query).one()
