"""Whether a form comes from a page of ours: the browser says so, or names where the page is from.

The Host header is asked nothing. Whoever can choose it (a proxy, a name that somebody else points
here) can choose Origin to match.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

NEAR = ("localhost", "127.0.0.1", "[::1]")


def ours(public_url: str) -> frozenset[bytes]:
    """The origins our pages can have: the public one, and on a laptop its other names."""
    parts = urlsplit(public_url)
    host = parts.netloc.removesuffix(f":{parts.port}")
    if host not in NEAR:
        return frozenset({public_url.encode()})
    port = f":{parts.port}" if parts.port else ""
    return frozenset(f"{parts.scheme}://{name}{port}".encode() for name in NEAR)


def is_same(headers: Mapping[bytes, bytes], origins: frozenset[bytes]) -> bool:
    """Whether a page of ours sent this. With neither header nobody knows, so it is refused."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == b"same-origin"
    return headers.get(b"origin", b"") in origins
