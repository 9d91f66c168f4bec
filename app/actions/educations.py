"""A coach's list of places of learning."""

from sqlalchemy.orm import Session

from app.actions.list_items import Listing, add_entry
from app.forms.educations import EducationForm, values_of
from db.models.accounts import Side
from db.models.educations import Education
from db.queries import educations
from db.queries.viewers import Viewer

EDUCATIONS = Listing(
    model=Education,
    noun="education",
    side=Side.COACH,
    most=30,
    columns=("institution", "degree", "field", "started", "ended"),
    address="/profile/education",
    form=EducationForm,
    values_of=values_of,
    lines=educations.lines,
)


def add_education(db: Session, coach_id: int, form: EducationForm, *, by: Viewer) -> Education:
    """One more place of learning, at the end of the list. Raises Refused when the list is full."""
    entry: Education = add_entry(db, EDUCATIONS, coach_id, EDUCATIONS.written(form), by=by)
    return entry
