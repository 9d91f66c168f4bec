"""The demo world: the same people, requests and talks wherever it is planted."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.seeds.agreements import settle_agreements
from db.seeds.bookmarks import mark_bookmarks
from db.seeds.contracts import open_contracts
from db.seeds.invitations import send_invitations
from db.seeds.learning_requests import post_requests
from db.seeds.learning_sessions import hold_sessions
from db.seeds.ledger import post_sessions
from db.seeds.notices import tell_notices
from db.seeds.pasts import tell_wishes
from db.seeds.people import settle_people
from db.seeds.proposals import send_proposals
from db.seeds.reports import send_reports
from db.seeds.reviews import rate_coaches, write_reviews
from db.seeds.rows import Progress, Rows
from db.seeds.search_entries import index_later
from db.seeds.skills import list_skills
from db.seeds.threads import open_threads
from db.seeds.world import World


def is_empty(db: Session) -> bool:
    """Whether nobody lives here yet."""
    return db.scalar(select(Account.id).limit(1)) is None


def plant(db: Session, *, now: datetime, password_hash: str, progress: Progress) -> None:
    """Fill an empty database with the demo world; everybody has the same password."""
    rows = Rows(db)
    world = World(rows, now, password_hash)
    world.skills = list_skills(db, at=world.ago(days=1000))
    settle_people(world)
    settle_agreements(world)
    post_requests(world)
    tell_wishes(world)
    send_proposals(world)
    open_threads(world)
    mark_bookmarks(world)
    send_invitations(world)
    send_reports(world)
    open_contracts(world)
    hold_sessions(world)
    post_sessions(world)
    write_reviews(world)
    rate_coaches(world)
    tell_notices(world)
    world.write_history()
    rows.write(progress)
    index_later(db, (0, 0))
