"""Taking a change of address back, by the link in a mail to the old one."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.emails import restore_email
from app.clock import now
from app.tokens import hashed
from app.web.flow import opened, secret_of
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get, post
from db.models.mail_tokens import Purpose
from db.queries import mail_tokens

SHOW = Page("email_restorations/show")
SAID = "Your old address is back, and everybody is signed out. Now choose a new password."


class EmailRestorations(Controller):
    """The link leads here; nothing is done before the button is pressed."""

    path = "/restore-email"

    @get("/", allow=Permission.RESTORE_EMAIL, name="email_restorations.show")
    def show(self, request: Request) -> Response[str]:
        secret, purpose = secret_of(request), Purpose.RESTORE_EMAIL
        found = secret and mail_tokens.holder(request.db, hashed(secret), purpose, at=now())
        return show(request, SHOW, holder=found or None)

    @get("/{secret:str}", allow=Permission.RESTORE_EMAIL, name="email_restorations.open")
    def open(self, request: Request, secret: FromPath[str]) -> Response[str]:
        return opened(request, secret, "/restore-email")

    @post("/", allow=Permission.RESTORE_EMAIL, name="email_restorations.restore")
    def restore(self, request: Request) -> Response[str]:
        request.say(SAID)
        secret = restore_email(request.db, secret_of(request))
        return opened(request, secret, "/reset-password")
