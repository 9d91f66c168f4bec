"""The mails that the site's own worker delivered, and the links in them.

They are in the data folder; a test with `BY_BOTH_WAYS` gets them from a real mail server, too.
"""

import re
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from app.jobs.deliver_mail import deliver_mail
from app.mail import folder
from app.mail.folder import Written
from tests.post_office import Office, office

LINK = re.compile(r"https://skileez\.test(/[a-z-]+/([\w-]{43}))\s")


class Mailbox:
    """`mailbox.link(to=sofia.email)` is where the newest mail to her leads."""

    def __init__(self, settings: Any, database: Any, db: Any) -> None:
        self.settings, self.database, self.db = settings, database, db

    def letters(self, to: str = "") -> list[Written]:
        """What has arrived (at one address), the earliest first."""
        self.db.commit()
        deliver_mail(self.settings, self.database, threading.Event())
        self.db.expire_all()
        return [letter for letter in self._arrived() if to in ("", letter.to)]

    def link(self, to: str) -> str:
        """The path in the newest mail to this address."""
        return LINK.findall(self.letters(to)[-1].text)[-1][0]

    def secrets(self) -> set[str]:
        """What all links of all mails end with."""
        return {secret for one in self.letters() for _, secret in LINK.findall(one.text)}

    def _arrived(self) -> list[Written]:
        names = sorted(
            (one.name for one in folder.newest(self.settings.data_dir, 1000)),
            key=lambda name: int(name.rsplit("-", 1)[1]),
        )
        return [letter for name in names if (letter := folder.find(self.settings.data_dir, name))]


class Served(Mailbox):
    """The same mails, as a real mail server took them."""

    def __init__(self, settings: Any, database: Any, db: Any, server: Office) -> None:
        here = f"smtp://127.0.0.1:{server.port}"
        super().__init__(msgspec.structs.replace(settings, smtp_url=here), database, db)
        self.server = server

    def _arrived(self) -> list[Written]:
        return [_read(message) for message in self.server.letters]


def _read(message: Any) -> Written:
    words = {kind: message.get_body((kind,)).get_content() for kind in ("plain", "html")}
    return Written(
        name=str(message["Message-ID"]), to=str(message["To"]), subject=str(message["Subject"]),
        sent_at=message["Date"].datetime, text=words["plain"].replace("\r\n", "\n"),
        html=words["html"].replace("\r\n", "\n"),
    )  # fmt: skip


BY_BOTH_WAYS = pytest.mark.parametrize("mailbox", ["folder", "smtp"], indirect=True)


@pytest.fixture
def mailbox(request: Any, settings: Any, database: Any, db: Any) -> Iterator[Mailbox]:
    if getattr(request, "param", "folder") == "folder":
        yield Mailbox(settings, database, db)
        return
    with office() as server:
        yield Served(settings, database, db, server)
