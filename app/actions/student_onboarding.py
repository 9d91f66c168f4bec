"""What a student tells at first: on the page for it, or beside a request that needs it."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions.languages import STUDENT_LANGUAGES, put_language
from app.actions.list_items import held
from app.actions.search_entries import index_coach
from app.actions.student_profiles import note_changed, set_goal, set_place
from app.clock import now
from app.errors import WrongState
from app.forms.learning_requests import DraftForm
from app.forms.student_onboarding import WelcomeForm, told
from app.forms.versions import is_older
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
    if is_older(form.version, told(student_profiles.find(db, by.id))):
        raise WrongState("This was changed meanwhile.", to="/welcome")
    changed = [
        *set_place(account, form.country, form.time_zone),
        *set_languages(db, student.account_id, form.speaks),
        *set_goal(db, student, form.skill_names, form.goal),
    ]
    if by.is_coach:
        index_coach(db, by.id)  # the country is the person's
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
    if by.is_coach:
        index_coach(db, by.id)
    if language and level:
        put_language(db, STUDENT_LANGUAGES, student.account_id, language, level)
        changed.append("languages")
    note_changed(db, student, changed, by=by)


def set_languages(db: Session, account_id: int, speaks: Speaks) -> list[str]:
    """Each row says what stands in its place from now on; rows that say nothing change nothing."""
    before = student_profiles.languages(db, account_id)
    entries = held(db, STUDENT_LANGUAGES, account_id)
    standing = [entry for entry in entries if entry.removed_at is None]
    wanted = {language for language, _ in speaks.values()}
    for row, (language, level) in speaks.items():
        here = standing[row - 1] if row <= len(standing) else None
        if here is not None and here.language not in wanted:
            here.removed_at = now()  # this row names another language now
        at = here.position if here is not None else None
        put_language(db, STUDENT_LANGUAGES, account_id, language, level, at=at)
    return [] if student_profiles.languages(db, account_id) == before else ["languages"]
