"""What is done to the entries of every list of a profile: add, change, move, remove, put back.

All of it happens while the profile's row is held, so that two at once never spoil the order.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Literal

import msgspec
from sqlalchemy.orm import Session

from app.actions.search_entries import index_coach
from app.clock import now
from app.errors import Refused, WrongState
from app.events import record
from app.forms.form import WHOLE_FORM, Form
from app.forms.versions import version_of
from db.models.accounts import Side
from db.models.languages import CoachLanguage
from db.models.list_items import UNDO_FOR
from db.models.profiles import CoachProfile, StudentProfile
from db.queries import list_items
from db.queries.viewers import Viewer

PROFILES = {Side.COACH: CoachProfile, Side.STUDENT: StudentProfile}


class Listing(msgspec.Struct, frozen=True):
    """One of the lists of a profile, as data."""

    model: type[Any]
    noun: str  # of its events: experience.added
    side: Side
    most: int
    columns: tuple[str, ...]  # what a form writes, under the same names
    address: str
    form: type[Form]
    values_of: Callable[[Any], dict[str, Any]]  # what stands in the form of an entry
    lines: Callable[..., list[Any]]  # the query of the list

    def written(self, form: Form) -> dict[str, Any]:
        """What a form writes into the columns."""
        return {name: getattr(form, name) for name in self.columns}


def add_entry(
    db: Session, listing: Listing, account_id: int, written: dict[str, Any], *, by: Viewer
) -> Any:
    """A new entry at the end of the list. Raises Refused when the list is full."""
    entries = held(db, listing, account_id)
    require_room(listing, entries)
    after = entries[-1].position + 1 if entries else 0
    entry = listing.model(account_id=account_id, position=after, **written)
    db.add(entry)
    noted(db, listing, "added", entry, by=by)
    return entry


def change_entry(
    db: Session, listing: Listing, entry: Any, written: dict[str, Any], *, by: Viewer
) -> None:
    """Other words in the same entry; the same words again change nothing."""
    require_standing(listing, entry)
    changed = [name for name, value in written.items() if getattr(entry, name) != value]
    for name in changed:
        setattr(entry, name, written[name])
    if changed:
        noted(db, listing, "changed", entry, by=by, changed=changed)


def move_entry(
    db: Session, listing: Listing, entry: Any, to: Literal["up", "down"], *, by: Viewer
) -> None:
    """Change places with the neighbour; at the end of the list there is none, and nothing moves."""
    entries = list(held(db, listing, entry.account_id))
    require_standing(listing, entry)
    places = [place for place, one in enumerate(entries) if one.removed_at is None]
    pairs = [pair if to == "down" else pair[::-1] for pair in pairwise(places)]
    other = next((there for here, there in pairs if entries[here] is entry), None)
    if other is None:
        return
    here = entries.index(entry)
    entries[here], entries[other] = entries[other], entries[here]
    for position, one in enumerate(entries):
        one.position = position
    noted(db, listing, "moved", entry, by=by, to=to)


def remove_entry(db: Session, listing: Listing, entry: Any, *, by: Viewer) -> None:
    """Take an entry off the list; for a while it can be put back."""
    if entry.removed_at is None:
        entry.removed_at = now()
        noted(db, listing, "removed", entry, by=by)


def restore_entry(db: Session, listing: Listing, entry: Any, *, by: Viewer) -> None:
    """Put an entry back where it was. Raises WrongState when that is too long ago."""
    if entry.removed_at is None:
        return
    if entry.removed_at <= now() - UNDO_FOR:
        raise WrongState("This was removed too long ago to be put back.", to=listing.address)
    try:
        require_room(listing, held(db, listing, entry.account_id))
    except Refused as full:
        raise WrongState(full.sentence, to=listing.address) from None
    entry.removed_at = None
    noted(db, listing, "restored", entry, by=by)


def is_stale(listing: Listing, entry: Any, form: Any) -> bool:
    """Whether the form was opened on other words than are stored now, and would replace them."""
    opened_on_these = form.version == version_of(listing.values_of(entry))
    written = listing.written(form)
    return not opened_on_these and any(getattr(entry, name) != written[name] for name in written)


def held(db: Session, listing: Listing, account_id: int) -> Any:
    """Every entry of the list, removed ones too, with the profile's row held."""
    list_items.hold(db, PROFILES[listing.side], account_id)
    return list_items.all_of(db, listing.model, account_id)


def require_room(listing: Listing, entries: Any) -> None:
    """Return quietly while one more fits into the list; otherwise Refused."""
    if sum(entry.removed_at is None for entry in entries) >= listing.most:
        raise Refused(WHOLE_FORM, f"{listing.most} fit here. Remove one before you add another.")


def require_standing(listing: Listing, entry: Any) -> None:
    """Return quietly while the entry has not been removed; otherwise WrongState."""
    if entry.removed_at is not None:
        raise WrongState(
            "This was removed meanwhile, perhaps by you in another tab.", to=listing.address
        )


def noted(
    db: Session, listing: Listing, done: str, entry: Any, *, by: Viewer, **detail: Any
) -> None:
    """One row of history: what was done to an entry of this list."""
    if listing.model is CoachLanguage:
        index_coach(db, entry.account_id)
    record(db, f"{listing.noun}.{done}", by=by, side=listing.side, subject=entry, **detail)
