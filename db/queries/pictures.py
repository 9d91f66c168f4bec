"""Pictures, as they are served."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.models.pictures import Picture


def content(db: Session, picture_id: int) -> bytes:
    """The picture itself, a WebP."""
    return db.scalars(select(Picture.content).where(Picture.id == picture_id)).one()


def meets(db: Session, picture_id: int, condition: ColumnElement[bool]) -> bool:
    """Whether this holds of the picture."""
    query = select(Picture.id).where(Picture.id == picture_id, condition)
    return db.scalars(query).one_or_none() is not None
