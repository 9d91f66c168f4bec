"""Pictures as they are stored, for the profile or the portfolio that shows them."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.clock import now
from app.errors import Refused
from app.pictures import Upload
from app.tokens import new_token
from db.models.pictures import Picture, PictureKind

# No history rows: what shows the picture writes its own.


def store_picture(
    db: Session, account_id: int, kind: PictureKind, upload: Upload, *, field: str = "picture"
) -> Picture:
    """Keep the picture somebody sent. Raises Refused, beside its field, when it is none."""
    if upload.problem:
        raise Refused(field, upload.problem)
    picture = Picture(
        account_id=account_id,
        kind=kind,
        token=new_token(),
        content=upload.content,
        created_at=now(),
    )
    db.add(picture)
    db.flush()
    return picture


def drop_picture(db: Session, picture_id: int | None) -> None:
    """Let go of a picture that nothing refers to any more; of none, nothing happens."""
    db.flush()  # what showed it says so first
    db.execute(delete(Picture).where(Picture.id == picture_id))
