"""Page or fragment is decided here, and only here; nothing else reads an `HX-` header."""

from functools import cache, partial
from typing import Any

import msgspec
from litestar.response import Response

from app.access.enforce import may
from app.forms.form import KEY
from app.jinja import draw, form_key
from app.web.flash import FLASH, flash_cookie
from app.web.keeping import FORGET, page_headers, saves_data
from app.web.outgoing import SAME_BYTES
from app.web.pages import came_from, is_ours
from app.web.request import Request
from app.web.sign_in import cookie_of
from db.queries import badges

HTML = "text/html"
IN_PLACE = {"target": "#main", "select": "#main", "selectOOB": "#flash", "swap": "outerHTML"}
SEEN = "seen"  # a preference, set by the page script: stylesheet and font are in the cache


class Page(msgspec.Struct, frozen=True):
    """A whole page and, where it has a living region, the fragment that region is made of.

    `same_for_guests`: every guest gets the same bytes, so that they are packed once, and well.
    """

    template: str
    part: str | None = None
    same_for_guests: bool = False


def wants_fragment(request: Request) -> bool:
    """Whether htmx asked for a region; boosted links and history restores ask for pages."""
    return bool(request.headers.get("HX-Request-Type") == "partial")


def show(request: Request, page: Page, *, status: int = 200, **context: Any) -> Response[str]:
    """The page, or its part when htmx asked for it."""
    if wants_fragment(request):
        if page.part is None:  # a page never stands inside a fragment
            return go(request, came_from(request) if request.write else request.scope["path"])
        body = draw(f"partials/{page.part}.html", _common(request) | context, inline=False)
        return Response(body, status_code=status, media_type=HTML, headers=FORGET)
    lite = saves_data(request)
    # Where nothing is fetched ahead, the style comes as a file, which the browser keeps.
    has_style = "HX-Request-Type" in request.headers  # htmx takes only the main part of it
    # Without script nothing is fetched ahead either, but who signs in stays for more than a page.
    known = has_style or not request.viewer.is_guest or cookie_of(request.scope, SEEN) == "1"
    first_visit = not lite and not known
    frame = {"flashes": request.says, "first_visit": first_visit}
    template = f"templates/{page.template}.html"
    body = draw(template, _common(request) | context | frame, inline=first_visit or lite)
    request.scope[SAME_BYTES] = page.same_for_guests and request.viewer.is_guest  # type: ignore[literal-required]
    response = Response(body, status_code=status, media_type=HTML, headers=page_headers(request))
    if cookie_of(request.scope, FLASH):
        response.cookies.append(flash_cookie([]))
    return response


def done(
    request: Request, fragment: str, *, to: str, say: str = "", **context: Any
) -> Response[str]:
    """After a write: the fragment for htmx, the page at `to` for everybody else."""
    if say:
        request.say(say)
    request.leads_to = to
    if not wants_fragment(request):
        return go(request, to)
    common = _common(request) | {"flashes": request.says}
    body = draw(f"partials/{fragment}.html", common | context, inline=False)
    if request.says:
        body += draw("partials/ui/flash.swaps.html", common, inline=False)
    return Response(body, status_code=200, media_type=HTML, headers=FORGET)


def go(request: Request, to: str, *, say: str = "", in_place: bool = False) -> Response[str]:
    """Leave for another page of ours: 303, or `HX-Redirect`, since htmx follows a 303 silently.

    `in_place`: between pages of one frame, htmx fetches the new page and swaps its main part.
    """
    if say:
        request.say(say)
    if not is_ours(to):
        raise ValueError(f"{to!r} does not lead to a page of this site")
    request.leads_to = to
    if wants_fragment(request):
        response = Response("", status_code=200, media_type=HTML, headers=FORGET)
        if in_place:
            response.headers["HX-Location"] = msgspec.json.encode({"path": to} | IN_PLACE).decode()
        else:
            response.headers["HX-Redirect"] = to
    else:
        response = Response("", status_code=303, media_type=HTML, headers=FORGET)
        response.headers["Location"] = to
    if request.says:
        response.cookies.append(flash_cookie(request.says))
    return response


def nothing_new() -> Response[str]:
    """The answer to a poll that htmx does not swap."""
    return Response("", status_code=204, media_type=HTML, headers=FORGET)


def cursor_of(request: Request) -> str:
    """How far the page has seen, as its last answer told it."""
    return request.headers.get("HX-PTag") or request.query("after")


def with_cursor(response: Response[str], cursor: str) -> Response[str]:
    """The answer, telling the page how far it has seen now."""
    response.headers["HX-PTag"] = cursor
    return response


def _common(request: Request) -> dict[str, Any]:
    viewer = request.viewer
    keeps_key = bool(request.restoring) and KEY in request.posted
    return {
        "viewer": viewer,
        "may": partial(may, viewer),
        "path": request.scope["path"],
        "partial": wants_fragment(request),
        "lite": saves_data(request),
        "unread": cache(partial(badges.unread, request.db, viewer)),
        "demo": request.settings.demo,
        "has_demo_mail": request.settings.has_demo_mail,
        "public_url": request.settings.public_url,
        "form_key": partial(form_key, request.posted[KEY][0] if keeps_key else ""),
    }
