"""What a search finds of a request or a coach, kept as they change."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile
from db.models.proposals import Proposal
from db.queries import profiles, search_entries
from db.search_entries import SECOND, place_of


def index_request(db: Session, wanted: LearningRequest) -> None:
    """Let searches find a request as it is now; after whatever they look at has changed."""
    db.flush()
    _write(wanted, search_entries.of_requests(db, [wanted.id])[wanted.id])
    if wanted.posting is None and wanted.posted_at is not None:
        first = place_of(wanted.posted_at)
        wanted.posting = search_entries.free_place(db, LearningRequest.posting, first)
    db.flush()


def index_request_of(db: Session, proposal: Proposal) -> None:
    """The same for the request of a proposal that was sent or has ended."""
    db.flush()
    index_request(db, db.get_one(LearningRequest, proposal.request_id))


def index_coach(db: Session, account_id: int) -> None:
    """Let searches find a coach as they are now; after whatever they look at has changed."""
    db.flush()
    profiles.hold_coach(db, account_id)  # whoever indexes it next sees what this has written
    coach = db.get_one(CoachProfile, account_id)
    _write(coach, search_entries.of_coaches(db, [account_id])[account_id])
    first = None if coach.approved_at is None else place_of(coach.approved_at)
    if first is None:
        coach.listing = None
    elif coach.listing is None or not first <= coach.listing < first + SECOND:
        coach.listing = search_entries.free_place(db, CoachProfile.listing, first)
    db.flush()


def index_skills(db: Session, skills: Iterable[int]) -> None:
    """Let searches find whatever uses these skills, after they were named otherwise."""
    db.flush()
    search_entries.write_for_skills(db, skills)


def _write(of: LearningRequest | CoachProfile, entry: search_entries.Entry) -> None:
    for name, value in entry.items():
        setattr(of, name, value)
