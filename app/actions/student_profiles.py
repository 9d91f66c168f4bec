"""What is done with a student's profile: changed by the student, looked at by staff."""

from sqlalchemy.orm import Session

from app.events import record
from app.forms.student_profiles import LookForm
from db.models.profiles import StudentProfile
from db.queries import student_profiles
from db.queries.viewers import Viewer


def look_at_student(db: Session, student: StudentProfile, form: LookForm, *, by: Viewer) -> None:
    """Open a student's profile to one member of staff for a while; the student reads why."""
    record(db, student_profiles.LOOKED_AT, by=by, subject=student, reason=form.reason)
