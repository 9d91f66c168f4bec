"""A coach's list of places of work."""

from sqlalchemy.orm import Session

from app.actions.list_items import Listing, add_entry
from app.forms.experiences import ExperienceForm, values_of
from db.models.accounts import Side
from db.models.experiences import Experience
from db.queries import experiences
from db.queries.viewers import Viewer

EXPERIENCES = Listing(
    model=Experience,
    noun="experience",
    side=Side.COACH,
    most=30,
    columns=("title", "company", "description", "started", "ended"),
    address="/profile/experience",
    form=ExperienceForm,
    values_of=values_of,
    lines=experiences.lines,
)


def add_experience(db: Session, coach_id: int, form: ExperienceForm, *, by: Viewer) -> Experience:
    """One more place of work, at the end of the list. Raises Refused when the list is full."""
    entry: Experience = add_entry(db, EXPERIENCES, coach_id, EXPERIENCES.written(form), by=by)
    return entry
