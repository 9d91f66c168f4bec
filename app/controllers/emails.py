"""The address of one's account."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.emails import ask_for_change, cancel_change
from app.clock import now
from app.forms.emails import EmailForm
from app.forms.form import Bound, blank
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.queries import mail_tokens

EDIT = Page("emails/edit", part="emails/form")


class Emails(Controller):
    """A new address takes the old one's place once its owner has opened the link in a mail."""

    path = "/settings/email"

    @get("/", allow=Permission.CHANGE_EMAIL, name="emails.edit")
    def edit(self, request: Request) -> Response[str]:
        return email_page(request, blank(EmailForm))

    @post("/", allow=Permission.CHANGE_EMAIL, name="emails.update")
    def update(self, request: Request) -> Response[str]:
        form = request.filled(EmailForm, again=partial(email_page, request))
        ask_for_change(request.db, form.email, by=request.viewer)
        return go(request, "/settings/email")

    @post("/cancel", allow=Permission.CHANGE_EMAIL, name="emails.cancel")
    def cancel(self, request: Request) -> Response[str]:
        cancel_change(request.db, by=request.viewer)
        return go(request, "/settings/email", say="Your address stays as it is.")


def email_page(request: Request, form: Bound[Any]) -> Response[str]:
    pending = mail_tokens.pending_change(request.db, request.viewer.id, at=now())
    return show(request, EDIT, form=form, pending=pending)
