"""The entries of a profile's lists, whatever they are about."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.models.list_items import UNDO_FOR, ListItem

E = TypeVar("E", bound=ListItem)


def hold(db: Session, profile: type[Any], account_id: int) -> None:
    """Let nobody else write into the lists of this profile until this is over."""
    held = select(profile.account_id).where(profile.account_id == account_id)
    db.execute(held.with_for_update(key_share=True))


def all_of(db: Session, model: type[E], account_id: int) -> Sequence[E]:
    """Every entry of an account in its order, those that were removed too."""
    # Read afresh: somebody may have moved them before the profile was held.
    query = select(model).filter_by(account_id=account_id).order_by(model.position, model.id)
    return db.scalars(query.execution_options(populate_existing=True)).all()


def shown(model: type[ListItem], at: datetime | None) -> ColumnElement[bool]:
    """Entries that stand; with `at`, also those removed so lately that they can be put back."""
    stands = model.removed_at.is_(None)
    return stands if at is None else or_(stands, model.removed_at > at - UNDO_FOR)
