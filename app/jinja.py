"""The Jinja environment: names equal paths below app/, strict about what is missing."""

import re
import secrets
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_environment,
    select_autoescape,
)
from markupsafe import Markup

from app import earnings, session_times, wording
from app.assets import Assets, load
from app.compiling import Templates

ROOT = Path(__file__).parent
SYMBOLS = Markup("<!-- symbols -->")  # where a first visit gets the icons it uses
MOST_DRAWN, LARGEST_DRAWN = 1_000, 8_000  # fragments that are kept, and letters of the largest
MOST_ICONS = 200
ICON_USE = re.compile(r'<use href="#([a-z0-9-]+)"')


@lru_cache(MOST_ICONS)
def icon(name: str, classes: str = "") -> Markup:
    """An icon of the sprite, decoration only: the words beside it say the same."""
    return Markup('<svg class="{}" aria-hidden="true"><use href="#{}"/></svg>').format(
        f"i {classes}".strip(), name
    )


def form_key(known: str = "") -> Markup:
    """The hidden field by which a form that creates something is answered only once.

    A form that is shown again as it was sent keeps its `known` key.
    """
    return Markup('<input type="hidden" name="form_key" value="{}">').format(
        known or secrets.token_urlsafe(16)
    )


@pass_environment
def drawn(env: Environment, template: str, **values: Any) -> Markup:
    """A fragment that depends on nothing but these values, all hashable: drawn once for them.

    It knows nothing of the page around it. What is said by the clock, or of the reader, is a value.
    """
    try:
        return _drawn(env, template, tuple(values.items()))
    except _TooLargeError as large:
        return large.body


class _TooLargeError(Exception):
    def __init__(self, body: Markup) -> None:
        self.body = body


@lru_cache(MOST_DRAWN)
def _drawn(env: Environment, template: str, values: tuple[tuple[str, Any], ...]) -> Markup:
    body = Markup(env.get_template(template).render(values))  # noqa: S704 - it escapes by itself
    if len(body) > LARGEST_DRAWN:
        raise _TooLargeError(body)  # what raises is not kept
    return body


@cache
def assets() -> Assets:
    """The files pages refer to, read once."""
    return load()


@cache
def environment(lite: bool = False) -> Environment:
    """One environment for pages and mail; one whose macros know it for pages that save data."""
    env = Templates(
        loader=FileSystemLoader(ROOT, encoding="utf-8"),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),  # text of mails
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,  # all of them, for they are slow to compile
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        icon=icon,
        form_key=form_key,
        drawn=drawn,
        asset=assets().address,
        styles=Markup(assets().styles),  # noqa: S704 - our own built file
        icon_symbols=lambda: SYMBOLS,
        partial=False,
        first_visit=False,
        lite=lite,
    )
    env.filters.update(wording.FILTERS | session_times.FILTERS | earnings.FILTERS)
    return env


def draw(template: str, context: dict[str, Any], *, inline: bool) -> str:
    """The template with its context; icons inline (first visits), or from the cached sprite."""
    chosen = environment(lite=True) if context.get("lite") else environment()
    body = chosen.get_template(template).render(context)
    if inline:
        symbols = assets().symbols
        used = "".join(symbols[name] for name in sorted(set(ICON_USE.findall(body))))
        return body.replace(SYMBOLS, f"<svg hidden>{used}</svg>", 1)
    sprite = assets().address("icons.svg")
    return body.replace(SYMBOLS, "", 1).replace('<use href="#', f'<use href="{sprite}#')
