"""Whether the database answers, and how it stands with it."""

from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.events import Event

# Behind a pooler a connection outlives who used it, so it must have asked something lately.
CONNECTED = text(
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = :name AND (coalesce(state, 'active') <> 'idle'"
    " OR state_change > clock_timestamp() - interval '5 minutes'))"
)


def answers(db: Session) -> bool:
    """True once the database has answered from its own tables; raises what it raises otherwise."""
    db.execute(select(Account.id).limit(1))
    return True


def time_there(db: Session) -> datetime:
    """What the clock of PostgreSQL says."""
    found: datetime = db.scalars(select(func.clock_timestamp())).one()
    return found


def is_connected(db: Session, name: str) -> bool:
    """Whether PostgreSQL knows a connection by this name that was used in the last minutes."""
    return bool(db.scalar(CONNECTED, {"name": name}))


def newest_event_at(db: Session) -> datetime | None:
    """When the last thing was done that history knows of; None when nothing was."""
    return db.scalars(select(Event.at).order_by(Event.id.desc()).limit(1)).first()


def has_account(db: Session, email: str) -> bool:
    """Whether somebody has this address, written small."""
    return db.scalars(select(Account.id).where(Account.email_folded == email)).first() is not None
