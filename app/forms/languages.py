"""A language, and how well somebody speaks it."""

from functools import partial
from typing import Annotated, Any

from app.forms.fields import Line
from app.forms.form import Form
from app.forms.kinds import Kind, kind_of
from app.forms.learning_requests import Language
from app.forms.list_items import nothing_typed
from app.labels import explained
from app.wording import LANGUAGES
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.skills import LanguageLevel

OFFERED = {"language": list(LANGUAGES.items()), "level": explained(LanguageLevel)}


class LanguageForm(Form, frozen=True, kw_only=True):
    """One entry; `version` is that of the words a change was opened on."""

    language: Annotated[str, Kind(kind_of(Language).read, missing="Choose a language.")]
    level: LanguageLevel
    version: Line = ""


is_blank = partial(nothing_typed, LanguageForm)


def values_of(entry: CoachLanguage | StudentLanguage) -> dict[str, Any]:
    """What stands in the form of an entry that is stored."""
    return {"language": entry.language, "level": entry.level}
