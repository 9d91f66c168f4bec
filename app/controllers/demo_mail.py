"""The mails of a demo that has no mail server, so that every flow can be walked on a laptop."""

from pathlib import Path

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.errors import NotFound
from app.mail import folder
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get

INDEX = Page("demo_mail/index", part="demo_mail/list")
SHOW = Page("demo_mail/show")
MOST = 50


class DemoMail(Controller):
    """Open to every visitor of a demo, which nobody but its own machine reaches."""

    path = "/dev/mail"

    @get("/", allow=Permission.READ_DEMO_MAIL, name="demo_mail.index")
    def index(self, request: Request) -> Response[str]:
        return show(request, INDEX, found=folder.newest(data_dir(request), MOST))

    @get("/{name:str}", allow=Permission.READ_DEMO_MAIL, name="demo_mail.show")
    def show(self, request: Request, name: FromPath[str]) -> Response[str]:
        mail = folder.find(data_dir(request), name)
        if mail is None:
            raise NotFound
        return show(request, SHOW, mail=mail)


def data_dir(request: Request) -> Path:
    """Where the mails are; raises NotFound where they are no demo's."""
    if not request.settings.has_demo_mail:
        raise NotFound
    return request.settings.data_dir
