"""Sentences that survive one redirect, in a cookie that lives a minute.

Not in the database: a GET that shows them would have to delete them.
"""

from typing import Any
from urllib.parse import quote, unquote

from litestar.datastructures import Cookie

from app.forms.form import clean_line
from app.web.sign_in import cookie_of

FLASH = "__Host-flash"
SEPARATOR = "\n"


def flash_of(scope: Any) -> list[str]:
    """The sentences that came with the request."""
    carried = unquote(cookie_of(scope, FLASH))[:600]
    return [line for part in carried.split(SEPARATOR) if (line := clean_line(part))]


def flash_cookie(sentences: list[str]) -> Cookie:
    """The cookie that carries these sentences to the next page; none of them removes it."""
    value = quote(SEPARATOR.join(sentences), safe="")
    return Cookie(
        FLASH,
        value=value,
        max_age=60 if sentences else 0,
        secure=True,
        httponly=True,
        samesite="lax",
    )
