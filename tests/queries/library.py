"""A small library of requests, which searches are tried on."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.clock import now
from db.models.accounts import Account
from tests.factories import make_request
from tests.queries.searched import TEXTS

Texts = tuple[str, ...]


def make_library(db: Session, student: Account) -> dict[int, Texts]:
    """A request for each text, by its number; the later ones were posted later."""
    made = {}
    for number, (title, text, skills) in enumerate(TEXTS):
        posted = now() - timedelta(days=20) + timedelta(hours=number)
        # Titles may be longer here than a form lets them be; SQLite and PostgreSQL do not mind.
        wanted = make_request(
            db, student, title=title[:120], description=text, skills=skills, posted_at=posted,
            expires_at=now() + timedelta(days=5, minutes=(number * 7) % 11),
        )  # fmt: skip
        made[wanted.id] = (title[:120], text, *skills)
    return made
