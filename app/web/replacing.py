"""The address a browser shows once only a part of its page has changed."""

from litestar.response import Response


def at_address(response: Response[str], to: str) -> Response[str]:
    """The answer, after which a reload opens `to` in place of the page that asked."""
    response.headers["HX-Replace-Url"] = to
    return response
