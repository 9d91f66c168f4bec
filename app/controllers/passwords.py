"""A forgotten password, by mail; a new one, for whoever is signed in."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.mail_tokens import USED
from app.actions.passwords import ask_for_reset, change_password, reset_password
from app.clock import now
from app.errors import WrongState
from app.forms.emails import EmailForm
from app.forms.form import Bound, blank
from app.forms.passwords import PasswordForm
from app.passwords import hashed
from app.tokens import hashed as digest
from app.web.flow import ended, opened, secret_of
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from app.web.sign_in import session_cookie
from db.models.mail_tokens import Purpose
from db.queries import mail_tokens
from db.queries.mail_tokens import Holder

FORGOTTEN = Page("passwords/forgotten", part="passwords/ask")
RESET = Page("passwords/reset", part="passwords/new")
EDIT = Page("passwords/edit", part="passwords/form")


class ForgottenPasswords(Controller):
    """The link in a mail leads to a page that takes the new password."""

    @get("/forgot-password", allow=Permission.RESET_PASSWORD, name="passwords.forgotten")
    def forgotten(self, request: Request) -> Response[str]:
        return forgotten_page(request, blank(EmailForm))

    @post("/forgot-password", allow=Permission.RESET_PASSWORD, name="passwords.send")
    def send(self, request: Request) -> Response[str]:
        form = request.filled(EmailForm, again=partial(forgotten_page, request))
        ask_for_reset(request.db, form.email)
        return go(request, "/forgot-password?sent=1")

    @get("/reset-password", allow=Permission.RESET_PASSWORD, name="passwords.reset_form")
    def reset_form(self, request: Request) -> Response[str]:
        return reset_page(request, blank(PasswordForm))

    @get("/reset-password/{secret:str}", allow=Permission.RESET_PASSWORD, name="passwords.open")
    def open(self, request: Request, secret: FromPath[str]) -> Response[str]:
        return opened(request, secret, "/reset-password")

    @post("/reset-password", allow=Permission.RESET_PASSWORD, name="passwords.reset", slow=True)
    def reset(self, request: Request) -> Response[str]:
        found = holder_of(request)
        if found is None:  # whatever the form brings, and before anything is hashed
            raise WrongState(USED, to="/forgot-password")
        form = request.filled(PasswordForm, again=partial(reset_page, request))
        password = form.fit_for(found.first_name, found.last_name, found.account_email)
        reset_password(request.db, secret_of(request), hashed(password))
        return ended(go(request, "/sign-in", say="Your new password is set. Sign in with it."))


class Passwords(Controller):
    """Its owner changes it, having given the old one a short while ago."""

    path = "/settings/password"

    @get("/", allow=Permission.CHANGE_PASSWORD, name="passwords.edit")
    def edit(self, request: Request) -> Response[str]:
        return password_page(request, blank(PasswordForm))

    @post("/", allow=Permission.CHANGE_PASSWORD, name="passwords.update", slow=True)
    def update(self, request: Request) -> Response[str]:
        form = request.filled(PasswordForm, again=partial(password_page, request))
        viewer = request.viewer
        password = form.fit_for(viewer.first_name, viewer.last_name, viewer.email)
        token, remember = change_password(request.db, hashed(password), by=viewer)
        say = "Your password is changed, and every other browser is signed out."
        response = go(request, "/settings/password", say=say)
        response.cookies.append(session_cookie(token, remember=remember))
        return response


def holder_of(request: Request) -> Holder | None:
    """Whose password the link that was opened here may reset."""
    secret = secret_of(request)
    with request.database.reading() as db:
        purpose = Purpose.RESET_PASSWORD
        return mail_tokens.holder(db, digest(secret), purpose, at=now()) if secret else None


def forgotten_page(request: Request, form: Bound[Any]) -> Response[str]:
    return show(request, FORGOTTEN, form=form, sent=request.query("sent") == "1")


def reset_page(request: Request, form: Bound[Any]) -> Response[str]:
    return show(request, RESET, form=form, holder=holder_of(request))


def password_page(request: Request, form: Bound[Any]) -> Response[str]:
    return show(request, EDIT, form=form)
