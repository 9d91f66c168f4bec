"""Blocks, as actions read them once the threads of the two are held."""

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from db.models.blocks import Block


def between(db: Session, one_id: int, other_id: int) -> bool:
    """Whether either of these two has blocked the other, as it stands at this moment."""
    either = or_(
        and_(Block.blocker_id == one_id, Block.blocked_id == other_id),
        and_(Block.blocker_id == other_id, Block.blocked_id == one_id),
    )
    return bool(db.scalar(select(exists().where(either))))


def of_person(db: Session, blocker_id: int, blocked_id: int) -> Block | None:
    """What one has blocked of the other."""
    query = select(Block).where(Block.blocker_id == blocker_id, Block.blocked_id == blocked_id)
    return db.scalars(query).one_or_none()
