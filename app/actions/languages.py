"""The languages of the two sides of a person: two lists that never touch each other."""

from typing import Any

from sqlalchemy.orm import Session

from app.actions.list_items import (
    Listing,
    change_entry,
    held,
    noted,
    require_room,
    require_standing,
)
from app.errors import Refused
from app.forms.languages import LanguageForm, values_of
from app.wording import language_name
from db.models.accounts import Side
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.skills import LanguageLevel
from db.queries import languages
from db.queries.viewers import Viewer

MOST = 20
COLUMNS = ("language", "level")

COACH_LANGUAGES = Listing(
    model=CoachLanguage,
    noun="coach_language",
    side=Side.COACH,
    most=MOST,
    columns=COLUMNS,
    address="/profile/coach/languages",
    form=LanguageForm,
    values_of=values_of,
    lines=languages.of_coach,
)
STUDENT_LANGUAGES = Listing(
    model=StudentLanguage,
    noun="student_language",
    side=Side.STUDENT,
    most=MOST,
    columns=COLUMNS,
    address="/profile/languages",
    form=LanguageForm,
    values_of=values_of,
    lines=languages.of_student,
)


def add_coach_language(
    db: Session, coach_id: int, form: LanguageForm, *, by: Viewer
) -> CoachLanguage:
    """One more language a coach teaches in. Raises Refused when it stands there already."""
    entry: CoachLanguage = _add(db, COACH_LANGUAGES, coach_id, form, by=by)
    return entry


def add_student_language(
    db: Session, student_id: int, form: LanguageForm, *, by: Viewer
) -> StudentLanguage:
    """One more language a student speaks. Raises Refused when it stands there already."""
    entry: StudentLanguage = _add(db, STUDENT_LANGUAGES, student_id, form, by=by)
    return entry


def change_language(
    db: Session, listing: Listing, entry: Any, form: LanguageForm, *, by: Viewer
) -> None:
    """Another level or another language in the same entry. Raises Refused as above."""
    require_standing(listing, entry)
    same = _find(held(db, listing, entry.account_id), form.language)
    if same is not None and same is not entry:
        _require_gone(same)
        db.delete(same)  # one row a language: what was removed makes way
        db.flush()
    change_entry(db, listing, entry, listing.written(form), by=by)


def put_language(
    db: Session,
    listing: Listing,
    account_id: int,
    language: str,
    level: LanguageLevel,
    *,
    at: int | None = None,
) -> Any:
    """The entry of a language, which stands in the list at this level from now on.

    One that was not there, or was removed, comes to the end, or to the position `at`.
    """
    entries = held(db, listing, account_id)
    entry = _find(entries, language)
    if entry is None or entry.removed_at is not None:
        end = entries[-1].position + 1 if entries else 0
        entry = entry or listing.model(account_id=account_id, language=language)
        entry.position, entry.removed_at = end if at is None else at, None
    entry.level = level
    db.add(entry)
    db.flush()
    return entry


def _add(db: Session, listing: Listing, account_id: int, form: LanguageForm, *, by: Viewer) -> Any:
    entries = held(db, listing, account_id)
    same = _find(entries, form.language)
    if same is not None:
        _require_gone(same)
    require_room(listing, entries)
    entry = put_language(db, listing, account_id, form.language, form.level)
    noted(db, listing, "added", entry, by=by)
    return entry


def _find(entries: Any, language: str) -> Any:
    return next((entry for entry in entries if entry.language == language), None)


def _require_gone(entry: Any) -> None:
    if entry.removed_at is None:
        name = language_name(entry.language)
        raise Refused(
            "language", f"{name} is in your list already. You can change its level there."
        )
