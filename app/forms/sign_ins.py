"""What a browser may send to sign in, and to give the password again."""

from app.forms.fields import Email, Line, Password, Ticked
from app.forms.form import Form


class SignInForm(Form, frozen=True, kw_only=True):
    """Who one is, whether this browser is to be remembered, and where to go then."""

    email: Email
    password: Password
    remember: Ticked = False
    next: Line = ""


class ProofForm(Form, frozen=True, kw_only=True):
    """The password once more, and where to go then; the address is for password managers only."""

    password: Password
    email: Line = ""
    next: Line = ""
