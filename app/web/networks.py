"""Where a request comes from: what is counted, shown and written down.

The word of TRUSTED_PROXIES is taken for the visitor's address and for nothing else: links are made
from PUBLIC_URL, whatever Host, X-Forwarded-Host or X-Forwarded-Proto say.
"""

import ipaddress
import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from app.security_log import Origin
from app.settings import Network

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

NUMBER = re.compile(rb"[A-Za-z0-9._-]{8,64}")
ONE_LINE = 64  # bits that an IPv6 customer has at least; whoever owns them can change the rest


def visitor(scope: Any, trusted: Sequence[Network]) -> tuple[str, int] | None:
    """Who asks: the server's peer, or behind trusted proxies whom the first of them names.

    Each proxy adds its peer at the right of X-Forwarded-For, so it is read from there, and no
    further than the first address that is not trusted: what stands left of it, anybody can write.
    """
    peer: tuple[str, int] | None = scope.get("client")
    nearest = _address(scope) if trusted else None
    if nearest is None or not _is_one_of(nearest, trusted):
        return peer
    said = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    for hop in reversed(said.decode("latin-1").split(",")):
        address = _parsed(_without_port(hop.strip()))
        if address is None:  # a proxy that says nonsense is taken for the visitor itself
            break
        nearest = address
        if not _is_one_of(address, trusted):
            break
    return str(nearest), 0


def request_id(scope: Any, *, trusted: bool) -> str:
    """The number this request is known by: one of ours, or as a trusted proxy has named it."""
    if trusted:
        said = [value for name, value in scope["headers"] if name == b"x-request-id"]
        if len(said) == 1 and NUMBER.fullmatch(said[0]):
            return str(said[0], "ascii")
    return secrets.token_hex(6)


def counted(scope: Any) -> str:
    """The address under which tries are counted: all of IPv4, the first half of IPv6."""
    address = _address(scope)
    if address is None:
        return "unknown"
    return str(address) if address.version == 4 else _network(address, ONE_LINE)


def origin(scope: Any) -> Origin:
    """For the log the network alone: enough to see a pattern, too little to find a person."""
    address = _address(scope)
    network = _network(address, 24 if address.version == 4 else 48) if address else None
    return Origin(network, scope.get("request_id"))


def place(scope: Any) -> str:
    """The same in words, for the person whose sign-in it is; "" when nobody knows."""
    address = _address(scope)
    if address is None:
        return ""
    if address.is_loopback:
        return "This machine"
    if address.version == 4:
        return f"Network {str(address).rpartition('.')[0]}"
    return f"Network {_network(address, 48).removesuffix('/48').rstrip(':')}"


@lru_cache(maxsize=4096)
def _network(address: Address, bits: int) -> str:
    return str(ipaddress.ip_network((address, bits), strict=False))


def _address(scope: Any) -> Address | None:
    return _parsed((scope.get("client") or ("", 0))[0])


@lru_cache(maxsize=4096)
def _parsed(host: str) -> Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _is_one_of(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _without_port(hop: str) -> str:
    """`192.0.2.1:80` and `[2001:db8::1]:80` as some proxies write them."""
    bracketed = re.fullmatch(r"\[([^\]]*)\](?::\d+)?", hop)
    if bracketed:
        return bracketed[1]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
