"""What a browser may send about an address."""

from app.forms.accounts import LONGEST_EMAIL
from app.forms.fields import Email
from app.forms.form import Errors, Form
from db.queries.accounts import folded


class EmailForm(Form, frozen=True, kw_only=True):
    """One address: to be mailed to, or to be had from now on."""

    email: Email

    def check(self) -> Errors:
        """As long as an account can have it."""
        if len(folded(self.email)) > LONGEST_EMAIL:  # small letters can be longer: İ becomes two
            return {"email": f"Keep it to {LONGEST_EMAIL} characters."}
        return {}
