"""Which sides people have, what coaches teach, and the names of their pages."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus, Side
from db.models.former_handles import FormerHandle
from db.models.profiles import (
    CoachProfile,
    CoachSkill,
    CoachStatus,
    StudentProfile,
)


def hold_coach(db: Session, coach_id: int) -> None:
    """Let this coach send one proposal at a time, so that their limits are counted right."""
    # Not the stronger lock: a thread or an answer that refers to the coach need not wait.
    held = select(CoachProfile.account_id).where(CoachProfile.account_id == coach_id)
    db.execute(held.with_for_update(key_share=True))


def coach_is_here(db: Session, coach_id: int) -> bool:
    """Whether this coach may still teach and can still be reached."""
    query = (
        select(CoachProfile.account_id)
        .join(Account, Account.id == CoachProfile.account_id)
        .where(
            CoachProfile.account_id == coach_id,
            CoachProfile.status == CoachStatus.APPROVED,
            Account.status == AccountStatus.ACTIVE,
        )
    )
    return db.scalars(query).one_or_none() is not None


def has_side(db: Session, account_id: int, side: Side) -> bool:
    """Whether this account has this side, as it stands at this moment."""
    profile = CoachProfile if side is Side.COACH else StudentProfile
    query = select(profile.account_id).where(profile.account_id == account_id)
    return db.scalars(query).one_or_none() is not None


def taken_handles(db: Session, handles: Sequence[str]) -> set[str]:
    """Those of these handles that a coach already has, or once had."""
    has = select(CoachProfile.handle).where(CoachProfile.handle.in_(handles))
    had = select(FormerHandle.handle).where(FormerHandle.handle.in_(handles))
    return set(db.scalars(has.union_all(had)))


def taught_skills(db: Session, account_id: int) -> list[int]:
    """The skills a coach teaches, by their ids."""
    query = select(CoachSkill.skill_id).where(CoachSkill.account_id == account_id)
    return list(db.scalars(query.order_by(CoachSkill.position)))
