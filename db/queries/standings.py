"""What of a viewer is the same for many, so that what is made for one is kept for all of them."""

from typing import Any

import msgspec

from db.statements import VIEWER


class Standing(msgspec.Struct, frozen=True):
    """What of a viewer the shape of a statement depends on; who it is, is said when it is asked."""

    is_guest: bool
    is_coach: bool
    is_approved_coach: bool
    is_staff: bool

    @property
    def id(self) -> Any:
        """The parameter that stands for the viewer's id."""
        return VIEWER


class Habits(msgspec.Struct, frozen=True):
    """How somebody reads amounts and times, and nothing else of them."""

    locale: str
    time_zone: str
