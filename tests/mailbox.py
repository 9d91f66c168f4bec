"""The mails that the site's own worker delivered into the data folder, and the links in them."""

import re
import threading
from typing import Any

import pytest

from app.jobs.deliver_mail import deliver_mail
from app.mail import folder
from app.mail.folder import Written

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
        names = sorted(
            (one.name for one in folder.newest(self.settings.data_dir, 1000)),
            key=lambda name: int(name.rsplit("-", 1)[1]),
        )
        found = [letter for name in names if (letter := folder.find(self.settings.data_dir, name))]
        return [letter for letter in found if to in ("", letter.to)]

    def link(self, to: str) -> str:
        """The path in the newest mail to this address."""
        return LINK.findall(self.letters(to)[-1].text)[-1][0]

    def secrets(self) -> set[str]:
        """What all links of all mails end with."""
        return {secret for one in self.letters() for _, secret in LINK.findall(one.text)}


@pytest.fixture
def mailbox(settings: Any, database: Any, db: Any) -> Mailbox:
    return Mailbox(settings, database, db)
