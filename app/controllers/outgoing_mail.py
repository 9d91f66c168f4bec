"""The mails that could not be delivered, for staff."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_mail
from app.actions.outgoing_mail import send_mail_again
from app.web.request import Request
from app.web.respond import Page, done, show
from app.web.routes import get, post
from db.models.outgoing_mail import OutgoingMail as Mail
from db.queries import outgoing_mail

INDEX = Page("outgoing_mail/index", part="outgoing_mail/list")


class OutgoingMail(Controller):
    """What went wrong in words, and one more try."""

    path = "/admin/mail"

    @get("/", allow=Permission.LIST_MAIL, name="outgoing_mail.index")
    def index(self, request: Request) -> Response[str]:
        found = outgoing_mail.set_aside(
            request.db, visible_mail(request.viewer), after=request.query("after")
        )
        return show(request, INDEX, found=found)

    @post(
        "/{mail_id:str}/send-again", allow=Permission.SEND_MAIL_AGAIN,
        name="outgoing_mail.send_again",
    )  # fmt: skip
    def send_again(self, request: Request, mail_id: FromPath[str]) -> Response[str]:
        mail = request.allowed(Mail, mail_id)
        send_mail_again(request.db, mail, by=request.viewer)
        found = outgoing_mail.set_aside(request.db, visible_mail(request.viewer), after="")
        say = "The mail is on its way again. If it fails, it comes back here."
        return done(request, "outgoing_mail/list", to="/admin/mail", say=say, found=found)
