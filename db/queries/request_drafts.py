"""The requests a student is still writing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest


def held(db: Session, student_id: int, number: int) -> LearningRequest | None:
    """This student's own request with this number, held until the transaction ends."""
    query = select(LearningRequest).where(
        LearningRequest.id == number, LearningRequest.student_id == student_id
    )
    return db.scalars(query.with_for_update()).one_or_none()
