"""What a browser may send to make an account and to change the side one looks from."""

from enum import StrEnum
from typing import Annotated

from app.forms.fields import Email, Line, NewPassword, Ticked
from app.forms.form import Errors, Form, length
from app.forms.kinds import Kind
from app.forms.text import Unreadable, one_line
from app.passwords import is_made_of
from app.time_zones import UNKNOWN, zone_named
from db.models.accounts import Side
from db.queries.accounts import folded

LONGEST_EMAIL = 254
MADE_OF_NAMES = "Do not build it from your name, your email or “skileez”. Add a few other words."
Name = Annotated[Line, length(1, 50)]


def read_guess(text: str) -> str:
    """The zone a browser says it is in; nobody sees the field, so nothing is wrong with it."""
    try:
        zone = zone_named(one_line(text))
    except Unreadable:
        zone = None
    return zone.name if zone else UNKNOWN


Guess = Annotated[str, Kind(read_guess)]


class Intent(StrEnum):
    LEARN = "learn"
    TEACH = "teach"
    BOTH = "both"


class SignUpForm(Form, frozen=True, kw_only=True):
    """Who joins, and what for."""

    intent: Intent
    first_name: Name
    last_name: Name
    email: Email
    password: NewPassword
    adult: Ticked
    time_zone: Guess = UNKNOWN

    @property
    def names(self) -> tuple[str, ...]:
        """What the password may not be made of."""
        return (
            f"{self.first_name} {self.last_name}",
            f"{self.last_name} {self.first_name}",
            self.email,
        )

    def check(self) -> Errors:
        """The password is judged beside the names it may not be made of."""
        errors = {}
        if is_made_of(self.password, self.names):
            errors["password"] = MADE_OF_NAMES
        if len(folded(self.email)) > LONGEST_EMAIL:  # small letters can be longer: İ becomes two
            errors["email"] = f"Keep it to {LONGEST_EMAIL} characters."
        return errors


class RoleForm(Form, frozen=True, kw_only=True):
    """The side to look from."""

    role: Side
