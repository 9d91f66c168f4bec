"""The answer to what a page stores by itself, when that cannot be stored: seen wherever one is."""

from typing import Any

from litestar.response import Response

from app.web.request import Request
from app.web.respond import done


def refused(request: Request, fragment: str, sentence: str, **context: Any) -> Response[str]:
    """The fragment for htmx with status 409; nothing was done, so a form's key stays unused."""
    response = done(request, fragment, to=request.scope["path"], sentence=sentence, **context)
    request.leads_to = ""
    response.status_code = 409
    return response
