"""The lines to others: mail server, Valkey, the proxy in front."""

import ipaddress
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from app.doctor.finding import Finding, fault, fine, warning
from app.mail import smtp
from app.mail.outcomes import NotNow
from app.settings import Settings

PATIENCE = 8.0  # seconds for either
EVERYBODY = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))


def mail(settings: Settings) -> Iterator[Finding]:
    """Whether the mail server would take a mail now; none is sent."""
    if not settings.smtp_url:
        if settings.demo:
            yield fine("mail", "Mails are files here; the demo shows them at /dev/mail.")
        else:
            yield warning(
                "mail",
                "Mails are files in DATA_DIR/mail: nobody gets them.",
                "Set SMTP_URL to a mail server.",
            )
        return
    try:
        smtp.knock(settings, limit=PATIENCE)
    except NotNow as problem:
        yield fault("mail", problem.sentence, "Mails wait and are tried again. Check SMTP_URL.")
    else:
        yield fine("mail", "The mail server would take a mail now.")


def valkey(settings: Settings) -> Iterator[Finding]:
    """Whether what nodes count limits with answers."""
    if not settings.valkey_url:
        yield fine("valkey", "Not used: each process counts limits for itself.")
        return
    from valkey import Valkey
    from valkey.exceptions import ValkeyError

    line: Any = Valkey.from_url(
        settings.valkey_url, socket_timeout=PATIENCE / 2, socket_connect_timeout=PATIENCE / 2
    )
    try:
        line.ping()
    except (ValkeyError, OSError) as error:
        yield warning(
            "valkey",
            f"It does not answer ({type(error).__name__}).",
            "Start it, or correct VALKEY_URL; each process counts for itself meanwhile.",
        )
    else:
        yield fine("valkey", "It answers; nodes count limits together.")
    finally:
        line.close()


def proxies(settings: Settings) -> Iterator[Finding]:
    """Whether PUBLIC_URL, HOST and TRUSTED_PROXIES go together."""
    if settings.demo:
        yield fine("proxies", f"The demo is for this machine alone: {settings.public_url}")
        return
    wrong = [*_address(settings), *_trust(settings)]
    yield from wrong
    if not wrong:
        names = ", ".join(map(str, settings.trusted_proxies)) or "nothing"
        yield fine("proxies", f"{settings.public_url}, behind {names}")


def _address(settings: Settings) -> Iterator[Finding]:
    public = urlsplit(settings.public_url)
    if public.hostname in ("localhost", "127.0.0.1", "::1"):
        yield warning(
            "proxies",
            f"PUBLIC_URL is {settings.public_url}: links in mails lead nowhere for others.",
            "Set it to the address people type.",
        )
    elif public.scheme == "http":
        yield fault(
            "proxies",
            f"{settings.public_url} is plain http: nobody can sign in.",
            "Put TLS in front, and https into PUBLIC_URL.",
        )


def _trust(settings: Settings) -> Iterator[Finding]:
    trusted = settings.trusted_proxies
    if any(network in EVERYBODY for network in trusted):
        yield fault(
            "proxies",
            "TRUSTED_PROXIES is everybody: anyone may say who they are.",
            "Name the proxy's own address.",
        )
    elif not trusted and settings.public_url.startswith("https:"):
        yield warning(
            "proxies",
            "No proxy is trusted: all visitors count as one.",
            "Name the proxy that adds TLS in TRUSTED_PROXIES.",
        )
    elif _misses_its_neighbour(settings):
        yield warning(
            "proxies",
            f"Only this machine reaches {settings.host}, and TRUSTED_PROXIES does not name it.",
            "Add 127.0.0.1.",
        )


def _misses_its_neighbour(settings: Settings) -> bool:
    if settings.host not in ("127.0.0.1", "::1", "localhost") or not settings.trusted_proxies:
        return False
    here = ipaddress.ip_address("127.0.0.1" if settings.host == "localhost" else settings.host)
    return not any(here in network for network in settings.trusted_proxies)
