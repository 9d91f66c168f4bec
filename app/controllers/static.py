"""The files pages refer to: immutable under an address that names their content, packed ahead."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.errors import NotFound
from app.jinja import assets
from app.web.keeping import FOR_EVER
from app.web.outgoing import accepted_encodings
from app.web.request import Request
from app.web.routes import get


class Static(Controller):
    """No folder is read: only what was loaded at start has an address."""

    @get("/static/{name:str}", allow=Permission.VIEW_PUBLIC_PAGE, name="static.show")
    def show(self, request: Request, name: FromPath[str]) -> Response[bytes]:
        asset = assets().at(f"/static/{name}")
        if asset is None:
            raise NotFound
        accepted = accepted_encodings(request.scope["headers"])
        body, headers = asset.body, {"Cache-Control": FOR_EVER}
        if asset.brotli or asset.gzip:
            headers["Vary"] = "Accept-Encoding"
        for encoding, packed in (("br", asset.brotli), ("gzip", asset.gzip)):
            if packed is not None and encoding in accepted:
                body = packed
                headers["Content-Encoding"] = encoding
                break
        return Response(body, media_type=asset.media_type, headers=headers)
