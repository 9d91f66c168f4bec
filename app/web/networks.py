"""Where a request comes from, as the server says it: what is counted, shown and written down.

Only uvicorn reads what proxies say, and only from TRUSTED_PROXIES.
"""

import ipaddress
from typing import Any, TypeAlias

from app.security_log import Origin

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

ONE_LINE = 64  # bits that an IPv6 customer has at least; whoever owns them can change the rest


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


def _network(address: Address, bits: int) -> str:
    return str(ipaddress.ip_network((address, bits), strict=False))


def _address(scope: Any) -> Address | None:
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
