"""Proving that an address is one's own, by the link in a mail to it."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.emails import ask_for_confirmation, confirm_email
from app.clock import now
from app.errors import WrongState
from app.forms.emails import EmailForm
from app.forms.form import Bound, blank
from app.tokens import hashed
from app.web.flow import ended, opened, secret_of
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.mail_tokens import Purpose
from db.queries import mail_tokens

SHOW = Page("email_confirmations/show")
ASK = Page("email_confirmations/new", part="email_confirmations/form")
SAID = {
    Purpose.CONFIRM_EMAIL: "Your email address is confirmed.",
    Purpose.CHANGE_EMAIL: "Your new email address is confirmed, and the old one is gone.",
}


class EmailConfirmations(Controller):
    """The link leads here; nothing is done before the button is pressed."""

    path = "/confirm-email"

    @get("/", allow=Permission.CONFIRM_EMAIL, name="email_confirmations.show")
    def show(self, request: Request) -> Response[str]:
        secret = secret_of(request)
        found = secret and mail_tokens.holder(request.db, hashed(secret), *SAID, at=now())
        if found:
            return show(request, SHOW, holder=found)
        email = "" if request.viewer.has_confirmed_email else request.viewer.email
        return ask_page(request, blank(EmailForm, {"email": email}))

    @get("/{secret:str}", allow=Permission.CONFIRM_EMAIL, name="email_confirmations.open")
    def open(self, request: Request, secret: FromPath[str]) -> Response[str]:
        return opened(request, secret, "/confirm-email")

    @post("/", allow=Permission.CONFIRM_EMAIL, name="email_confirmations.confirm")
    def confirm(self, request: Request) -> Response[str]:
        try:
            purpose = confirm_email(request.db, secret_of(request))
        except WrongState as late:
            raise WrongState(late.sentence, to="/confirm-email") from None
        to = "/sign-in" if request.viewer.is_guest else "/dashboard"
        return ended(go(request, to, say=SAID[purpose]))

    @post("/send", allow=Permission.CONFIRM_EMAIL, name="email_confirmations.send")
    def send(self, request: Request) -> Response[str]:
        form = request.filled(EmailForm, again=partial(ask_page, request))
        ask_for_confirmation(request.db, form.email)
        return ended(go(request, "/confirm-email?sent=1"))


def ask_page(request: Request, form: Bound[Any]) -> Response[str]:
    return show(
        request,
        ASK,
        form=form,
        sent=request.query("sent") == "1",
        spent=bool(secret_of(request)),
    )
