"""Whether the database answers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.accounts import Account


def answers(db: Session) -> bool:
    """True once the database has answered from its own tables; raises what it raises otherwise."""
    db.execute(select(Account.id).limit(1))
    return True
