"""What a student tells at first: on the page for it, or beside a request that needs it."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions.student_profiles import note_changed, set_goal, set_place
from app.clock import now
from app.errors import WrongState
from app.forms.learning_requests import DraftForm
from app.forms.student_onboarding import WelcomeForm, told
from app.forms.versions import version_of
from db.models.languages import StudentLanguage
from db.models.skills import LanguageLevel
from db.queries import accounts, student_profiles
from db.queries.viewers import Viewer

Speaks = Mapping[int, tuple[str, LanguageLevel]]


def welcome_student(db: Session, form: WelcomeForm, *, by: Viewer) -> None:
    """Keep all that the page asks for.

    Raises WrongState when it was changed since the form was opened.
    """
    account = accounts.locked(db, by.id)
    student = student_profiles.held(db, by.id)
    current = version_of(told(student_profiles.find(db, by.id)))
    if form.version not in ("", current):
        raise WrongState("This was changed meanwhile.", to="/welcome")
    changed = [
        *set_place(account, form.country, form.time_zone),
        *set_languages(db, student.account_id, form.speaks),
        *set_goal(db, student, form.skill_names, form.goal),
    ]
    note_changed(db, student, changed, by=by)


def complete_student(db: Session, form: DraftForm, *, by: Viewer) -> None:
    """Keep what a request's form asked of its student besides; where it asked nothing, nothing."""
    country, time_zone, language, level = (
        getattr(form, name, None) for name in ("country", "time_zone", "language_1", "level_1")
    )
    if not (country or time_zone or language):
        return
    account = accounts.locked(db, by.id)
    student = student_profiles.held(db, by.id)
    changed = set_place(account, country, time_zone)
    if language and level:
        changed += add_language(db, student.account_id, language, level)
    note_changed(db, student, changed, by=by)


def set_languages(db: Session, account_id: int, speaks: Speaks) -> list[str]:
    """Each row says what stands in its place from now on; rows that say nothing change nothing."""
    kept = student_profiles.kept_languages(db, account_id)
    standing = [entry for entry in kept if entry.removed_at is None]
    wanted = {language for language, _ in speaks.values()}
    changed: list[str] = []
    for row, (language, level) in speaks.items():
        before = standing[row - 1] if row <= len(standing) else None
        if before is not None and before.language not in wanted:
            before.removed_at = now()  # this row names another language now
            changed = ["languages"]
        place = before.position if before is not None else None
        changed = add_language(db, account_id, language, level, position=place) or changed
    return changed


def add_language(
    db: Session,
    account_id: int,
    language: str,
    level: LanguageLevel,
    *,
    position: int | None = None,
) -> list[str]:
    """A student speaks this language so well; one that was removed stands there again."""
    kept = student_profiles.kept_languages(db, account_id)
    entry = next((entry for entry in kept if entry.language == language), None)
    if entry is not None and entry.removed_at is None:
        changed = ["languages"] if entry.level != level else []
        entry.level = level
        return changed
    if position is None:
        position = max((entry.position for entry in kept), default=-1) + 1
    if entry is None:
        entry = StudentLanguage(account_id=account_id, language=language)
        db.add(entry)
    entry.level, entry.position, entry.removed_at = level, position, None
    db.flush()
    return ["languages"]
