"""Speaking with a mail server: encrypted where it can be, and never longer than we have time."""

import smtplib
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from app.forms.text import clean_line
from app.mail.claims import MAY_HAVE_ARRIVED
from app.mail.line import LAST, Line, Server, server_of, watched
from app.mail.message import Letter
from app.mail.outcomes import Never, NotNow, Unknown
from app.settings import Settings

LIMIT = 30.0  # seconds for everything a delivery does
NEAR = ("localhost", "127.0.0.1", "::1")
LATE = "The mail server did not answer in time."
STRANGERS = "The mail server does not take our user name and password."
UNWILLING = "The mail server does not want to talk to us just now."
TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "The mail server's certificate cannot be trusted."),
    (ssl.SSLError, "The mail server could not be spoken to in secret."),
    (smtplib.SMTPConnectError, UNWILLING),
    (smtplib.SMTPHeloError, UNWILLING),
    (smtplib.SMTPAuthenticationError, STRANGERS),
    (smtplib.SMTPServerDisconnected, "The mail server hung up."),
    (TimeoutError, LATE),
)


def send(
    letter: Letter,
    settings: Settings,
    hand_over: Callable[[], None],
    stop: threading.Event,
    *,
    limit: float = LIMIT,
) -> None:
    """Give a letter to the server. Raises NotNow, Never, Unknown, and what `hand_over` raises."""
    server = server_of(settings.smtp_url)
    line = Line(server, name=_our_name(settings))
    with watched(line, stop, limit):
        try:
            line.dial()
            _prove_ourselves(line, server)
            _address(line, letter)
        except OSError as error:  # smtplib's own are among them
            raise NotNow(_trouble(line, error)) from error
        line.last = LAST
        hand_over()
        try:
            _say(line, letter)
        except OSError as error:
            raise Unknown(MAY_HAVE_ARRIVED) from error
        with suppress(OSError):
            line.quit_soon()


def knock(settings: Settings, *, limit: float) -> None:
    """Speak with the server as before a delivery, and hand nothing over. Raises NotNow."""
    server = server_of(settings.smtp_url)
    line = Line(server, name=_our_name(settings))
    with watched(line, threading.Event(), limit):
        try:
            line.dial()
            _prove_ourselves(line, server)
            code, words = line.noop()
        except OSError as error:
            raise NotNow(_trouble(line, error)) from error
        if code != 250:
            raise NotNow(_said("The mail server is not ready", code, words))
        with suppress(OSError):
            line.quit_soon()


def _our_name(settings: Settings) -> str:
    # Said instead of looked up, which waits for a name server.
    host = urlsplit(settings.public_url).hostname or "localhost"
    numbers = host.replace(".", "").isdigit()
    return f"[IPv6:{host}]" if ":" in host else f"[{host}]" if numbers else host


def _prove_ourselves(line: Line, server: Server) -> None:
    line.ehlo_or_helo_if_needed()
    if not server.is_secure:
        # A server on this machine has a certificate that nobody signed, and nobody listens between.
        if line.has_extn("starttls") and (server.user or server.host not in NEAR):
            line.starttls(context=line.context)
            line.ehlo_or_helo_if_needed()
        elif server.user:
            raise NotNow("The mail server offers no encryption, so we do not tell it a password.")
    if not server.user:
        return
    try:
        line.login(server.user, server.password)
    except smtplib.SMTPNotSupportedError:
        raise NotNow("The mail server takes no user name and password.") from None
    except UnicodeError:
        raise NotNow(STRANGERS) from None


def _address(line: Line, letter: Letter) -> None:
    options = []
    if letter.is_international:
        if not line.has_extn("smtputf8"):
            raise Never("The mail server takes no addresses in this script.")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    code, words = line.mail(letter.sender, options)
    if code != 250:
        raise NotNow(_said("The mail server does not let us write", code, words))
    code, words = line.rcpt(letter.recipient)
    if 500 <= code < 600:
        raise Never(_said("The mail server refuses the address", code, words))
    if code not in (250, 251):
        raise NotNow(_said("The mail server does not take mail for the address now", code, words))


def _say(line: Line, letter: Letter) -> None:
    try:
        code, _ = line.data(letter.content)
    except smtplib.SMTPDataError as refused:  # before anything of it was said
        code = refused.smtp_code
    # Its words are left out: they may quote the link that the mail carries.
    if 500 <= code < 600:
        raise Never(f"The mail server refuses what the mail says ({code}).")
    if 400 <= code < 500:
        raise NotNow(f"The mail server does not take the mail now ({code}).")
    if not 200 <= code < 300:
        raise Unknown(MAY_HAVE_ARRIVED)


def _said(sentence: str, code: int, words: bytes) -> str:
    return f"{sentence}: {code} {clean_line(words.decode('utf-8', 'replace'))[:160]}"


def _trouble(line: Line, error: OSError) -> str:
    # smtplib takes silence for the end of the line.
    if line.is_cut or isinstance(error.__context__, TimeoutError):
        return LATE
    found = (sentence for kind, sentence in TROUBLES if isinstance(error, kind))
    return next(found, "The mail server cannot be reached.")
