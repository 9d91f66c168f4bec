"""A claimed mail → the message that leaves: text and HTML, one link, nothing that tracks."""

import hashlib
import re
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, Policy
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

import ada_url
import msgspec

from app.clock import now
from app.forms.text import clean_line
from app.jinja import environment
from app.mail.claims import Claimed
from app.mail.links import LINKS
from app.mail.unsubscribing import address
from app.settings import Settings


class Unfolded(UnstructuredHeader, BaseHeader):
    """A header in one line, since an address that is coded to be broken is no address."""

    def fold(self, *, policy: Policy) -> str:
        """In one line, however long."""
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Unfolded)
POLICY = SMTP.clone(header_factory=HEADERS)
POLICY_UTF8 = SMTPUTF8.clone(header_factory=HEADERS)
LONGEST = 254  # of anything a person once typed; so the whole stays below 20 KB
# Whoever signs up with somebody else's address must not get a link of theirs into the mail.
LIKE_A_LINK = re.compile(r"[/:@\\]|\w\.\w")


class Letter(msgspec.Struct, frozen=True):
    """What is delivered; `name` is the same at every try."""

    name: str
    sender: str
    recipient: str
    content: bytes

    @property
    def is_international(self) -> bool:
        """Whether only a server that takes SMTPUTF8 can deliver it."""
        return not self.recipient.isascii()


def compose(mail: Claimed, secret: str, settings: Settings) -> Letter:
    """The letter of a mail; `secret` stands in its link, and nowhere else."""
    words = _words(mail, secret, settings)
    text = _drawn(f"templates/mail/{mail.template}.txt", words)
    subject, _, text = text.partition("\n")
    html = _drawn(f"templates/mail/{mail.template}.html", words | {"subject": subject})
    recipient = _address(mail.recipient)
    spec = f"{recipient.username}@{recipient.domain}"
    message = EmailMessage(policy=POLICY if spec.isascii() else POLICY_UTF8)
    message["From"] = settings.mail_from
    message["To"] = recipient
    message["Subject"] = clean_line(subject)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = _message_id(mail, settings)
    message["Auto-Submitted"] = "auto-generated"
    if words["unsubscribe"]:
        message["List-Unsubscribe"] = f"<{words['unsubscribe']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Quoted, so that it arrives whole through servers that only take seven bits.
    message.set_content(text.strip() + "\n", cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return Letter(
        name=name_of(mail.created_at, mail.id),
        sender=message["From"].addresses[0].addr_spec,
        recipient=spec,
        content=message.as_bytes(),
    )


def name_of(created_at: datetime, mail_id: int) -> str:
    """By which a mail is kept in a folder: sorts by time."""
    return f"{created_at:%Y%m%d-%H%M%S}-{mail_id}"


def _words(mail: Claimed, secret: str, settings: Settings) -> dict[str, Any]:
    words = {
        name: clean_line(value)[:LONGEST] if isinstance(value, str) else value
        for name, value in ({"first_name": mail.first_name} | mail.detail).items()
    }
    if LIKE_A_LINK.search(words["first_name"]):
        words["first_name"] = ""
    if mail.purpose and secret:
        link = LINKS[mail.purpose]
        words |= {"link": f"{settings.public_url}{link.path}/{secret}", "holds": link.words}
    way_out = address(settings.public_url, secret, mail.way_out) if mail.way_out and secret else ""
    host = urlsplit(settings.public_url).netloc
    return words | {"public_url": settings.public_url, "host": host, "unsubscribe": way_out}


def _drawn(template: str, words: dict[str, Any]) -> str:
    return environment().get_template(template).render(words)


def _address(recipient: str) -> Address:
    name, _, domain = recipient.rpartition("@")
    # Written as servers know it, since most take no other script.
    return Address(username=name, domain=ada_url.URL(f"http://{domain}/").hostname)


def _message_id(mail: Claimed, settings: Settings) -> str:
    # The same at every try, so that whoever gets it twice after all can tell.
    digest = hashlib.sha256(f"{mail.id} {mail.key} {mail.created_at}".encode()).hexdigest()
    domain = str(settings.mail_from).rpartition("@")[2].rstrip("> ")
    return f"<{digest[:32]}@{domain}>"
