"""What a browser may send to sign in."""

from app.forms.fields import Email, Line, Password, Ticked
from app.forms.form import Form


class SignInForm(Form, frozen=True, kw_only=True):
    """Who one is, whether this browser is to be remembered, and where to go then."""

    email: Email
    password: Password
    remember: Ticked = False
    next: Line = ""
