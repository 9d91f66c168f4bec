"""What a browser may send to have a new password."""

from app.errors import Refused
from app.forms.accounts import MADE_OF_NAMES
from app.forms.fields import Line, NewPassword
from app.forms.form import Form
from app.passwords import is_made_of


class PasswordForm(Form, frozen=True, kw_only=True):
    """The new password; the address is for password managers only."""

    password: NewPassword
    email: Line = ""

    def fit_for(self, first_name: str, last_name: str, email: str) -> str:
        """The password, if it is not made of its owner's own names. Raises Refused."""
        names = (f"{first_name} {last_name}", f"{last_name} {first_name}", email)
        if is_made_of(self.password, names):
            raise Refused("password", MADE_OF_NAMES)
        return self.password
