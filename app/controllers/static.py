"""The files pages refer to: immutable under an address that names their content, packed ahead."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.assets import Asset
from app.errors import NotFound
from app.jinja import assets
from app.web.keeping import FOR_EVER
from app.web.outgoing import accepted_encodings
from app.web.request import Request
from app.web.routes import get

# One address for ever, so it may be a day old; what it keeps has addresses of its own.
OF_WORKER = {
    "Cache-Control": "public, max-age=86400",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
}


class Static(Controller):
    """No folder is read: only what was loaded at start has an address."""

    @get("/static/{name:str}", allow=Permission.VIEW_PUBLIC_PAGE, name="static.show")
    def show(self, request: Request, name: FromPath[str]) -> Response[bytes]:
        address = f"/static/{name}"
        asset = assets().at(address)
        if asset is not None:
            return packed(request, asset, {"Cache-Control": FOR_EVER})
        # While nodes are replaced one by one, pages of one version ask nodes of another. The
        # worker is told the truth: it would keep under this name what is not this.
        asset = assets().instead_of(address) if is_for_a_page(request) else None
        if asset is None:
            raise NotFound
        return packed(request, asset, {"Cache-Control": "no-store"})

    @get("/worker.js", allow=Permission.VIEW_PUBLIC_PAGE, name="static.worker")
    def worker(self, request: Request) -> Response[bytes]:
        return packed(request, assets().worker, OF_WORKER)


def is_for_a_page(request: Request) -> bool:
    """Whether a browser says that it asks for what a page is made of, to use it at once."""
    return request.headers.get("Sec-Fetch-Dest", "empty") != "empty"


def packed(request: Request, asset: Asset, headers: dict[str, str]) -> Response[bytes]:
    """The file as small as this browser reads it."""
    accepted = accepted_encodings(request.scope["headers"])
    body, headers = asset.body, dict(headers)
    if asset.brotli or asset.gzip:
        headers["Vary"] = "Accept-Encoding"
    for encoding, smaller in (("br", asset.brotli), ("gzip", asset.gzip)):
        if smaller is not None and encoding in accepted:
            body = smaller
            headers["Content-Encoding"] = encoding
            break
    return Response(body, media_type=asset.media_type, headers=headers)
