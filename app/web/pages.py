"""The addresses that show something: where a person may be sent on to."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from litestar.response import Response

from app.web.request import Request

PARKED = "/parked-form"


def addresses(routes: Iterable[Any]) -> re.Pattern[str]:
    """The paths of the site that answer GET."""
    paths = [
        re.sub(r"\{\w+(:\w+)?\}", "[^/]+", route.path)
        for route in routes
        if "GET" in getattr(route, "methods", ())
    ]
    return re.compile("|".join(paths))


def is_ours(address: str) -> bool:
    """Whether an address is a path of this site, however a browser may read it."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or len(address) > 1000:
        return False
    return address.isascii() and address.isprintable() and not set(address) & {"\\", " "}


def leads_to_a_page(request: Request, address: str) -> bool:
    """Whether a browser that goes there gets a page of ours, as far as the address tells."""
    if not is_ours(address):
        return False
    path = unquote(urlsplit(address).path, errors="replace")
    if not path.isprintable() or {".", ".."} & set(path.split("/")):
        return False
    pages: re.Pattern[str] = request.app.state.pages
    return pages.fullmatch(path) is not None


def came_from(request: Request, *, otherwise: str = "/dashboard") -> str:
    """The page a form was sent from; not one that no GET shows, or that is gone once it is sent."""
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return otherwise
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if parts.path != PARKED and leads_to_a_page(request, path) else otherwise


def found_at(response: Response[str], address: str) -> Response[str]:
    """The answer to a form that filters, under an address without what was left empty in it."""
    if is_ours(address):
        response.headers["HX-Push-Url"] = address
    return response
