"""What is done with a student's profile: changed by the student, looked at by staff."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions.pictures import drop_picture, store_picture
from app.actions.skills import find_or_create_skills
from app.events import record
from app.forms.student_profiles import AboutForm, GoalForm, LookForm, PictureForm, PlaceForm
from app.pictures import Upload
from db.models.accounts import Account, Side
from db.models.pictures import PictureKind
from db.models.profiles import StudentProfile, StudentSkill
from db.queries import accounts, student_profiles
from db.queries.viewers import Viewer


def save_about(db: Session, form: AboutForm, *, by: Viewer) -> None:
    """Who a student is."""
    student = student_profiles.held(db, by.id)
    changed = ["bio"] if student.bio != form.bio else []
    student.bio = form.bio
    note_changed(db, student, changed, by=by)


def save_goal(db: Session, form: GoalForm, *, by: Viewer) -> None:
    """What a student would like to learn."""
    student = student_profiles.held(db, by.id)
    note_changed(db, student, set_goal(db, student, form.skill_names, form.goal), by=by)


def save_place(db: Session, form: PlaceForm, *, by: Viewer) -> None:
    """Where a student is. Country and zone are the person's, on both sides."""
    account = accounts.locked(db, by.id)
    student = student_profiles.held(db, by.id)
    note_changed(db, student, set_place(account, form.country, form.time_zone), by=by)


def save_picture(db: Session, upload: Upload | None, form: PictureForm, *, by: Viewer) -> None:
    """Show another picture from now on, or none; where neither is asked, it stays as it is.

    Raises Refused when what was sent is no picture.
    """
    student = student_profiles.held(db, by.id)
    before, after = student.picture_id, student.picture_id
    if upload is not None:
        after = store_picture(db, student.account_id, PictureKind.STUDENT, upload).id
    elif form.remove_picture:
        after = None
    if after != before:
        student.picture_id = after
        note_changed(db, student, ["picture"], by=by)
        drop_picture(db, before)


def look_at_student(db: Session, student: StudentProfile, form: LookForm, *, by: Viewer) -> None:
    """Open a student's profile to one member of staff for a while; the student reads why."""
    record(db, student_profiles.LOOKED_AT, by=by, subject=student, reason=form.reason)


# What onboarding does too; each returns what it changed.


def set_place(account: Account, country: str | None, time_zone: str | None) -> list[str]:
    """Where a person is, as far as it is said."""
    said = {"country": country, "time_zone": time_zone}
    changed = [name for name, value in said.items() if value and getattr(account, name) != value]
    for name in changed:
        setattr(account, name, said[name])
    return changed


def set_goal(db: Session, student: StudentProfile, skills: list[str], goal: str) -> list[str]:
    """What a student would like to learn: skills by their names, and a sentence."""
    changed = ["goal"] if student.goal != goal else []
    student.goal = goal
    kept = student_profiles.kept_skills(db, student.account_id)
    chosen = [skill.id for skill in find_or_create_skills(db, skills)]
    if [place.skill_id for place in kept] == chosen:
        return changed
    for place in kept:
        db.delete(place)
    db.flush()
    for position, skill_id in enumerate(chosen):
        db.add(StudentSkill(account_id=student.account_id, skill_id=skill_id, position=position))
    return [*changed, "skills"]


def note_changed(
    db: Session, student: StudentProfile, changed: Sequence[str], *, by: Viewer
) -> None:
    """History says what changed, not into what; where nothing did, it says nothing."""
    if changed:
        side = Side.STUDENT
        what = list(changed)
        record(db, "student_profile.updated", by=by, side=side, subject=student, changed=what)
