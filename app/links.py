"""Links to other sites: which ones are taken, the host a browser opens, names that do not pretend.

A host is always shown in ASCII, as the browser will look it up: letters of another alphabet that
look like a known name are then seen to be something else (xn--pple-43d.com).
"""

import ipaddress
import re
import unicodedata

import ada_url

LONGEST = 500
WEB = ("http:", "https:")
BEGINNING = re.compile(r"https?://(?![/?#])", re.IGNORECASE)
NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])")
# Kept for what is no site: RFC 6761, 6762 and 8375, and what routers and offices call themselves.
INSIDE = (
    "localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home", "lan",
    "invalid", "home.arpa", "in-addr.arpa", "ip6.arpa",
)  # fmt: skip
# Of the addresses that IPv6 counts as public, those that only wrap one of IPv4.
WRAPPED = [ipaddress.IPv6Network(net) for net in ("::/96", "64:ff9b::/96", "2002::/16")]

ICONS: dict[str, tuple[str, ...]] = {
    "youtube": ("youtube.com", "youtu.be", "youtube-nocookie.com"),
    "video": ("vimeo.com", "loom.com", "twitch.tv", "dailymotion.com"),
    "file-text": (
        "docs.google.com", "drive.google.com", "medium.com", "notion.so", "notion.site",
        "notion.com", "dropbox.com", "substack.com", "slideshare.net",
    ),
    "github": ("github.com",),
    "award": ("behance.net", "dribbble.com", "figma.com"),
    "user": ("linkedin.com",),
    "music": ("soundcloud.com", "spotify.com", "bandcamp.com"),
}  # fmt: skip
ICON_OF = {host: icon for icon, hosts in ICONS.items() for host in hosts}

# What reads like a dot in a host's name.
DOTS = dict.fromkeys(map(ord, "\u3002\u0701\u0702\ua4f8\ua60e"), ".")
DOTTED = re.compile(r"(?<![\w-])(?:(?:[\w-]+\.)+[^\W\d_][\w-]+|\d{1,3}(?:\.\d{1,3}){3})")
# Ends of names that belong to no host: Node.js, slides.pdf.
FILES = frozenset((
    "css", "csv", "doc", "docx", "gif", "html", "ipynb", "jpeg", "jpg", "js", "json", "jsx", "mp3",
    "mp4", "pdf", "png", "ppt", "pptx", "psd", "ts", "tsx", "txt", "wav", "xlsx", "xml",
))  # fmt: skip


class NotTaken(ValueError):
    """The link cannot be shown to others; the sentence says why."""


def read(typed: str) -> str:
    """An address on the web as a browser spells it. Raises NotTaken."""
    if re.search(r"[\t\n\r]", typed):
        raise NotTaken("Write the link in one piece, without line breaks or tabs.")
    if "\\" in typed:
        raise NotTaken("Write the link with / in place of \\.")
    if not BEGINNING.match(typed):
        raise NotTaken(
            "Only http and https links without a name or password in them will do."
            if re.match(r"[a-z][a-z0-9+.-]*:", typed, re.IGNORECASE)
            and not re.match(r"https?:", typed, re.IGNORECASE)
            else "Write a whole link, beginning with https://."
        )
    authority = re.split(r"[/?#]", BEGINNING.sub("", typed, count=1), maxsplit=1)[0]
    if "@" in authority:
        raise NotTaken("Only http and https links without a name or password in them will do.")
    if "%" in authority:
        raise NotTaken("Write the name of the site in plain letters.")
    return _spelled(typed)


def _spelled(typed: str) -> str:
    try:
        url = ada_url.URL(typed)
    except ValueError:
        raise NotTaken("Write a whole link, beginning with https://.") from None
    if not _is_public(url.hostname.removesuffix(".")):
        raise NotTaken("This is not an address on the internet.")
    if url.hostname.endswith("."):
        url.hostname = url.hostname[:-1]  # the same site, under the name it is known by
    if len(url.href) > LONGEST:
        raise NotTaken(f"Keep the link under {LONGEST} characters.")
    return url.href


def _is_public(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return (
            NAME.fullmatch(host) is not None and len(host) <= 253 and not _belongs_to(host, INSIDE)
        )
    if isinstance(address, ipaddress.IPv6Address) and any(address in net for net in WRAPPED):
        return False
    return address.is_global and not address.is_multicast


def _belongs_to(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith("." + name) for name in names)


def host_of(address: str) -> str:
    """The host, and the port if it is an unusual one, that a browser opens; "" for no web link."""
    try:
        url = ada_url.URL(address)
    except ValueError:
        return ""
    return url.host if url.protocol in WEB else ""


def icon_of(address: str) -> str:
    """The icon of a well-known site, and the one for links everywhere else."""
    try:
        parts = ada_url.URL(address).hostname.split(".")
    except ValueError:
        parts = []
    ends = (".".join(parts[start:]) for start in range(len(parts)))
    return next((ICON_OF[end] for end in ends if end in ICON_OF), "link")


def pretends(label: str, address: str) -> bool:
    """Whether a name for a link reads like a link itself, or names another host than its own."""
    seen = "".join(
        letter
        for letter in unicodedata.normalize("NFKC", label).casefold().translate(DOTS)
        if unicodedata.category(letter) != "Cf"  # drawn as nothing
    )
    if "://" in seen or "www." in seen:
        return True
    host = host_of(address).partition(":")[0]
    named = (found.group() for found in DOTTED.finditer(seen))
    return any(
        not _belongs_to(host, (name,)) for name in named if name.rpartition(".")[2] not in FILES
    )
