"""What a coach may call their page, and whether search engines list it."""

import re
from typing import Annotated, Any

from app.forms.fields import Line, Ticked
from app.forms.form import Form
from app.forms.kinds import Kind, Wrong
from app.forms.text import one_line
from db.models.profiles import CoachProfile

SHORTEST, LONGEST = 3, 60
HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
# Words that an address of ours has in that place, or may get.
RESERVED = frozenset({
    "about", "admin", "all", "approved", "bookmarks", "coach", "coaches", "edit", "find", "help",
    "invite", "me", "message", "messages", "mine", "new", "profile", "reviews", "saved", "search",
    "settings", "skileez", "skills", "support", "topics",
})  # fmt: skip


def is_handle(text: str) -> bool:
    """Whether a page can be called so at all."""
    return len(text) <= LONGEST and HANDLE.fullmatch(text) is not None


def read_handle(text: str) -> str:
    """The readable name in the address of a coach's page."""
    typed = one_line(text).lower()
    if not typed:
        return ""
    if not HANDLE.fullmatch(typed):
        raise Wrong("Use the letters a to z, digits and single hyphens, such as carla-ruiz.")
    if not SHORTEST <= len(typed) <= LONGEST:
        raise Wrong(f"Use {SHORTEST} to {LONGEST} letters. This has {len(typed)}.")
    if not any(letter.isalpha() for letter in typed):
        raise Wrong("Use at least one letter.")
    if typed in RESERVED:
        raise Wrong("This name is taken.")
    return typed


class HandleForm(Form, frozen=True, kw_only=True):
    """The address of one's page, and who may find it."""

    handle: Annotated[str, Kind(read_handle)]
    hidden_from_search_engines: Ticked = False
    version: Line = ""


def stored_handle(coach: CoachProfile) -> dict[str, Any]:
    """What stands in the form for what is stored."""
    hidden = "yes" if coach.hidden_from_search_engines else None
    return {"handle": coach.handle, "hidden_from_search_engines": hidden}
