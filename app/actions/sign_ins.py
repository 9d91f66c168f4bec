"""Signed-in browsers: begun, kept alive, ended."""

from sqlalchemy.orm import Session

from app.clock import now
from db.models.sign_ins import SignIn


def touch_sign_in(db: Session, sign_in_id: int) -> None:
    """Note that the person was here; a sign-in that ended meanwhile stays ended."""
    sign_in = db.get(SignIn, sign_in_id)
    if sign_in is not None:
        sign_in.seen_at = now()
