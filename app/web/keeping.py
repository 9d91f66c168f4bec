"""How long a browser may keep an answer, what it depends on, and whether it must be light."""

from app.web.request import Request
from db.models.accounts import DataSaver

FORGET = {"Cache-Control": "no-store", "Vary": "HX-Request-Type"}
# Not even for going back: these say who somebody is, or look after others.
NEVER_KEPT = (
    "/settings", "/sign-in", "/parked-form", "/confirm-email", "/restore-email",
    "/forgot-password", "/reset-password", "/admin", "/dev/",
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
