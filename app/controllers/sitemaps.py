"""For search engines: where they may look, and every page they are told of."""

import re
from collections.abc import Iterable
from html import escape

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import listed_coaches
from app.errors import NotFound
from app.sharing import coach_address
from app.web.request import Request
from app.web.routes import get
from db.queries import sitemaps

PER_PAGE = 2000
KEPT = {"Cache-Control": "public, max-age=3600"}
XML = "application/xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NAME = re.compile(r"([1-9][0-9]{0,3})\.xml", re.ASCII)
PUBLIC = ("/", "/coaches", "/how-matching-works")
# Nothing there without a sign-in, or without the secret of a mail.
PRIVATE = (
    "/admin", "/become-a-coach", "/bookmarks", "/calendar", "/coaches/*/invite",
    "/coaches/*/message", "/confirm-email", "/contracts", "/dashboard", "/dev/", "/earnings",
    "/invitations", "/messages", "/notices", "/parked-form", "/payments", "/places", "/profile",
    "/proposals", "/requests", "/reset-password", "/restore-email", "/reviews", "/role",
    "/sessions", "/settings", "/sign-in/again", "/skills", "/students", "/unsubscribe",
    "/welcome",
)  # fmt: skip


class Sitemaps(Controller):
    """Public, small, and the same for everybody."""

    @get("/robots.txt", allow=Permission.VIEW_PUBLIC_PAGE, name="sitemaps.robots")
    def robots(self, request: Request) -> Response[str]:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE), ""]
        lines.append(f"Sitemap: {request.settings.public_url}/sitemap.xml")
        return Response("\n".join(lines) + "\n", media_type="text/plain", headers=KEPT)

    @get("/sitemap.xml", allow=Permission.VIEW_PUBLIC_PAGE, name="sitemaps.index")
    def index(self, request: Request) -> Response[str]:
        pages = -(-sitemaps.count(request.db, listed_coaches()) // PER_PAGE)
        return sitemap_page(request, 1) if pages <= 1 else sitemap_index(request, pages)

    @get("/sitemaps/{name:str}", allow=Permission.VIEW_PUBLIC_PAGE, name="sitemaps.show")
    def show(self, request: Request, name: FromPath[str]) -> Response[str]:
        found = NAME.fullmatch(name)
        if found is None:
            raise NotFound
        return sitemap_page(request, int(found[1]))


def sitemap_index(request: Request, pages: int) -> Response[str]:
    """Where the parts are, once one file would be too long."""
    base = f"{request.settings.public_url}/sitemaps"
    return _xml("sitemapindex", (_line("sitemap", f"{base}/{n}.xml") for n in range(1, pages + 1)))


def sitemap_page(request: Request, number: int) -> Response[str]:
    """One part; the pages that are not a coach's stand in the first."""
    public_url = request.settings.public_url
    skip = (number - 1) * PER_PAGE
    found = sitemaps.pages(request.db, listed_coaches(), skip=skip, most=PER_PAGE)
    if not found and number > 1:
        raise NotFound
    lines = [_line("url", public_url + path) for path in PUBLIC] if number == 1 else []
    for coach in found:
        since = f"<lastmod>{coach.since.isoformat()}</lastmod>" if coach.since else ""
        lines.append(_line("url", coach_address(public_url, coach.handle), since))
    return _xml("urlset", lines)


def _line(name: str, address: str, more: str = "") -> str:
    return f"<{name}><loc>{escape(address)}</loc>{more}</{name}>"


def _xml(name: str, lines: Iterable[str]) -> Response[str]:
    body = "\n".join([f"{HEAD}<{name} {SPACE}>", *lines, f"</{name}>"])
    return Response(body + "\n", media_type=XML, headers=KEPT)
