"""What one person is shown of another."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.accounts import Account


def student_name(first_name: str, last_name: str, *, wrote: bool, accepted: bool) -> str:
    """Matrix B: a student's name as a coach sees it; "" as long as it is not theirs to know.

    The first name once the student wrote to the coach, the full name once they accepted a
    proposal of this coach. A coach's own name is public.
    """
    if accepted:
        return f"{first_name} {last_name}"
    return first_name if wrote else ""


def joined_at_held(db: Session, account_id: int) -> datetime:
    """Since when a person is here; what they do meanwhile in other tabs waits for this one."""
    query = select(Account.created_at).where(Account.id == account_id)
    # FOR NO KEY UPDATE: rows that refer to the account may still be added by everybody.
    return db.scalars(query.with_for_update(key_share=True)).one()
