"""How the table is read."""

from datetime import timedelta
from typing import Any

from app.access.facts import Fact
from app.access.permissions import Permission
from app.access.rules import RULES
from app.clock import now
from app.errors import NotAllowed, ProofNeeded, SignInNeeded, WrongState
from db.queries.viewers import Viewer

PROOF_HOLDS = timedelta(minutes=15)


def may(viewer: Viewer, permission: Permission | str, thing: Any = None) -> bool:
    """Whether this person may do it (to this thing, which they can see)."""
    rule = RULES[permission]
    if viewer.is_guest and not rule.for_guests:
        return False
    return _objection(viewer, permission, thing) is None


def require(viewer: Viewer, permission: Permission, thing: Any = None) -> None:
    """Return quietly, or raise SignInNeeded, NotAllowed or (someone was quicker) WrongState.

    Raises ProofNeeded when it may be done, but not so long after the password was last given.
    """
    if viewer.is_guest and not RULES[permission].for_guests:
        raise SignInNeeded
    fact = _objection(viewer, permission, thing)
    if fact is not None:
        raise (WrongState if fact.late else NotAllowed)(fact.no(thing))
    if RULES[permission].fresh and not has_proved(viewer):
        raise ProofNeeded


def has_proved(viewer: Viewer) -> bool:
    """Whether this browser's person gave their password in the last 15 minutes."""
    return viewer.proved_at is not None and abs(now() - viewer.proved_at) < PROOF_HOLDS


def why_not(viewer: Viewer, permission: Permission, thing: Any = None) -> str:
    """The sentence to show in place of what this person may not do; "" when they may."""
    fact = _objection(viewer, permission, thing)
    return fact.no(thing) if fact else ""


def _objection(viewer: Viewer, permission: Permission | str, thing: Any) -> Fact | None:
    """The fact that stands in the way in the first alternative, or None when one holds."""
    first = None
    for facts in RULES[permission].alternatives:
        for fact in facts:  # written out: `next()` of a generator costs more than the facts
            if not fact(viewer, thing):
                first = first or fact
                break
        else:
            return None
    return first
