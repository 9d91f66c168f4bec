"""What the pages of a profile's lists answer, whatever their entries are about."""

import re
from typing import Any

import msgspec
from litestar.response import Response

from app.actions.list_items import Listing
from app.clock import now
from app.forms.form import Bound, blank
from app.forms.versions import version_of
from app.web.pages import came_from
from app.web.request import Request
from app.web.respond import Page, done, show

# The pages of ours that show lists of a profile, besides the one that each list has.
SHOWN_ON = re.compile(r"/(become-a-coach/[a-z-]+|profile/(coach|student)(/[a-z-]+)?|welcome)")


class ListPages(msgspec.Struct, frozen=True):
    """The page of a list, and what htmx gets of it."""

    listing: Listing
    called: str  # the variable of its fragments that holds the entries
    index: Page  # its part is the list
    new: Page  # its part is the form for one more entry
    added: str  # both of them
    region: str  # the id of the list
    more: dict[str, Any] = {}  # what else its fragments are made of


class Change(msgspec.Struct, frozen=True):
    """An entry that is open for change in its list."""

    id: int
    form: Any
    action: str
    back: str
    is_late: bool  # the words were changed since the form was opened


class Focus(msgspec.Struct, frozen=True):
    """Where a fragment leads the keyboard to: an entry, or one of its buttons."""

    id: int
    button: str = ""


def list_page(
    request: Request, pages: ListPages, page: Page, form: Bound[Any] | None = None
) -> Response[str]:
    """The page of a list; with `form`, what is being written into a new entry."""
    return show(request, page, **context(request, pages, form=form))


def new_page(request: Request, pages: ListPages, form: Bound[Any]) -> Response[str]:
    """The same page, where the form for a new entry stands as it was sent."""
    return list_page(request, pages, pages.new, form)


def edit_page(
    request: Request,
    pages: ListPages,
    entry: Any,
    form: Bound[Any] | None = None,
    *,
    late: bool = False,
) -> Response[str]:
    """The list with one entry open; `late` (409) shows what is stored beside what was typed."""
    stored = pages.listing.values_of(entry)
    version = version_of(stored)
    if late:
        form = blank(pages.listing.form, {**request.posted, "version": version})
    here, back = f"{pages.listing.address}/{entry.id}", way_back(request, pages)
    change = Change(
        entry.id,
        form or blank(pages.listing.form, stored | {"version": version}),
        here if back == pages.listing.address else f"{here}?from={back}",
        f"{back}#{pages.region}",
        late,
    )
    parts = context(request, pages, change=change)
    return show(request, pages.index, status=409 if late else 200, **parts)


def added(request: Request, pages: ListPages, entry: Any) -> Response[str]:
    """After adding: the list with its new entry, and an empty form for the next."""
    parts = context(request, pages, focus=Focus(entry.id))
    return done(request, pages.added, to=_to_list(request, pages), **parts)


def listed(request: Request, pages: ListPages, entry: Any, button: str = "") -> Response[str]:
    """After anything else: the list as it stands now, or the page the button was pressed on."""
    request.db.flush()
    parts = context(request, pages, focus=Focus(entry.id, button))
    return done(request, str(pages.index.part), to=_to_list(request, pages), **parts)


def context(
    request: Request,
    pages: ListPages,
    *,
    form: Bound[Any] | None = None,
    change: Change | None = None,
    focus: Focus | None = None,
) -> dict[str, Any]:
    """What the fragments of a list are made of."""
    lines = pages.listing.lines(request.db, request.viewer.id, at=now())
    form = form or blank(pages.listing.form)
    found = {pages.called: lines, "form": form, "change": change, "focus": focus}
    return pages.more | found


def way_back(request: Request, pages: ListPages) -> str:
    """The page with the list on which a person is at work; otherwise the list's own."""
    for address in (came_from(request, otherwise=""), request.query("from")):
        path = address.split("?")[0]
        if SHOWN_ON.fullmatch(path):
            return path
    return pages.listing.address


def _to_list(request: Request, pages: ListPages) -> str:
    return f"{way_back(request, pages)}#{pages.region}"
