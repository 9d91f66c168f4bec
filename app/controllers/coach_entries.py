"""The steps of onboarding that are lists: what stands in them, and one entry more."""

from collections.abc import Callable
from typing import Any

import msgspec
from litestar.response import Response

from app.actions.coach_onboarding import drop_draft, keep_draft
from app.actions.educations import add_education
from app.actions.experiences import add_experience
from app.actions.languages import add_coach_language
from app.actions.portfolio_items import add_portfolio_item
from app.controllers import educations, experiences, languages, portfolio_items
from app.controllers.list_items import Focus, ListPages, context
from app.forms.coach_onboarding import (
    ADD,
    BACK,
    LATER,
    EducationStep,
    ExperienceStep,
    LanguageStep,
    PortfolioStep,
    Step,
)
from app.forms.educations import is_blank as is_no_education
from app.forms.experiences import is_blank as is_no_experience
from app.forms.form import Bound, Form, Posted, blank
from app.forms.languages import is_blank as is_no_language
from app.forms.portfolio_items import is_blank as is_no_portfolio_item
from app.web.filling import Invalid
from app.web.request import Request
from db.queries import coach_profiles


class Entries(msgspec.Struct, frozen=True):
    """A list as a step: the form of one entry, with the step's buttons, and how it is added."""

    form: type[Form]
    is_blank: Callable[[Posted], bool]
    add: Callable[..., Any]
    pages: ListPages
    files: tuple[str, ...] = ()  # the fields in which an entry has pictures


ENTRIES = {
    "experience": Entries(ExperienceStep, is_no_experience, add_experience, experiences.PAGES),
    "education": Entries(EducationStep, is_no_education, add_education, educations.PAGES),
    "portfolio": Entries(
        PortfolioStep,
        is_no_portfolio_item,
        add_portfolio_item,
        portfolio_items.PAGES,
        files=("thumbnail",),
    ),
    "languages": Entries(LanguageStep, is_no_language, add_coach_language, languages.COACH_PAGES),
}


def entry_form(request: Request, step: Step) -> Bound[Any]:
    """The form for one more entry: as it was left unfinished, or empty."""
    entries = ENTRIES[step.name]
    draft = coach_profiles.draft(request.db, request.viewer.id, step.name)
    return blank(entries.form, draft.fields if draft else None)


def entries_shown(request: Request, step: Step, form: Bound[Any], focus: int = 0) -> dict[str, Any]:
    """What the list of a step is made of; `focus` is the entry that was just added."""
    at = Focus(focus) if focus else None
    return context(request, ENTRIES[step.name].pages, form=form, focus=at)


def take_entry(
    request: Request, step: Step, action: str, again: Callable[[Bound[Any]], Response[Any]]
) -> Any:
    """Add what was typed, or keep it unfinished where that was asked; the new entry, or None.

    Nothing typed is nothing to add: whoever goes on just goes on.
    """
    entries = ENTRIES[step.name]
    bound = request.typed(entries.form, again)
    if entries.is_blank(request.posted) and not request.files and action != ADD:
        bound.errors = {}
        drop_draft(request.db, step, by=request.viewer)
        return None
    if bound.data is None:
        if action not in (LATER, BACK):
            raise Invalid
        keep_draft(request.db, step, request.posted, by=request.viewer)
        return None
    sent = [request.files[name] for name in entries.files if name in request.files]
    entry = entries.add(request.db, request.viewer.id, bound.data, *sent, by=request.viewer)
    drop_draft(request.db, step, by=request.viewer)
    request.db.flush()
    return entry
