"""How long a browser may keep an answer, what it depends on, and whether it must be light."""

from collections.abc import Callable

from litestar.response import Response

from app.web.request import Request
from db.models.accounts import DataSaver

FOR_EVER = "public, max-age=31536000, immutable"
FORGET = {"Cache-Control": "no-store", "Vary": "HX-Request-Type"}
# Not even for going back: these say who somebody is, or look after others.
NEVER_KEPT = (
    "/settings", "/sign-in", "/parked-form", "/confirm-email", "/restore-email",
    "/forgot-password", "/reset-password", "/unsubscribe/", "/admin", "/dev/",
    "/earnings",
)  # fmt: skip


def page_headers(request: Request) -> dict[str, str]:
    """A whole page may be kept to go back to, and asks whether it still holds."""
    never = request.scope["path"].startswith(NEVER_KEPT)
    return {
        "Cache-Control": "no-store" if never else "private, no-cache",
        "Vary": "HX-Request-Type, Save-Data",
    }


def saves_data(request: Request) -> bool:
    """Whether pages do without what is nice to have: as the person chose, or the browser asks."""
    chosen = request.viewer.data_saver
    if chosen is DataSaver.SYSTEM:
        return request.headers.get("Save-Data", "").strip().lower() == "on"
    return chosen is DataSaver.ON


def unchanging(
    request: Request, read: Callable[[], bytes], *, media_type: str, tag: str, public: bool
) -> Response[bytes]:
    """What is always the same at its address; read only for a browser that has not kept it.

    What is not public is asked for again each time, since the right to see it may end.
    """
    etag = f'"{tag}"'
    headers = {"Cache-Control": FOR_EVER if public else "private, no-cache", "ETag": etag}
    known = request.headers.get("If-None-Match", "").split(",")
    if etag in (one.strip().removeprefix("W/") for one in known):
        return Response(b"", status_code=304, headers=headers)
    return Response(read(), media_type=media_type, headers=headers)
