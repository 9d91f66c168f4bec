"""Pictures: of coaches and their work for everybody, of students as matrix B allows."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import public_pictures
from app.web.keeping import unchanging
from app.web.request import Request
from app.web.routes import get
from db.models.pictures import Picture
from db.queries import pictures


class Pictures(Controller):
    """Pages show them; nobody opens them."""

    # Asked for by pages, twenty at a time, and not by a person.
    @get("/pictures/{token:str}", allow=Permission.VIEW_PICTURE, name="pictures.show", poll=True)
    def show(self, request: Request, token: FromPath[str]) -> Response[bytes]:
        picture = request.allowed_by(Picture, token=token)
        return unchanging(
            request,
            partial(pictures.content, request.db, picture.id),
            media_type="image/webp",
            tag=picture.token,
            public=pictures.meets(request.db, picture.id, public_pictures()),
        )
