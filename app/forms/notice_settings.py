"""What a browser, or a mail provider, may send about the mails of notices."""

import re
from typing import Annotated, Literal

import msgspec

from app.forms.form import Errors, Form
from app.forms.kinds import Kind, Wrong
from app.forms.text import one_line
from db.models.accounts import Side
from db.models.notices import MailTiming, NoticeKind

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
BOTH, ONE = frozenset(Side), frozenset
# Whom a kind can be about; a person chooses for those of their sides.
SIDES: dict[NoticeKind, frozenset[Side]] = {
    NoticeKind.MESSAGE: BOTH,
    NoticeKind.PROPOSAL: ONE({Side.STUDENT}),
    NoticeKind.OUTCOME: ONE({Side.COACH}),
    NoticeKind.INVITATION: BOTH,
    NoticeKind.REQUEST: BOTH,
    NoticeKind.SESSION: BOTH,
    NoticeKind.CONTRACT: BOTH,
    NoticeKind.REVIEW: BOTH,
    NoticeKind.APPROVAL: ONE({Side.COACH}),
}
BOTH_TIMES = "Give both times, or neither."
SAME_TIME = "This is when they begin. Give another time, or leave both empty."


def read_clock(text: str) -> int | str:
    """22:00 → minutes after midnight."""
    written = one_line(text)
    if not written:
        return ""
    found = CLOCK.fullmatch(written)
    if not found:
        raise Wrong("Write a time of the day, such as 22:00.")
    return int(found[1]) * 60 + int(found[2])


def clock(minutes: int | None) -> str | None:
    """The same the other way round."""
    return None if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"


class NoticeSettingsForm(Form, frozen=True, kw_only=True):
    """How one is mailed of each kind, and when not."""

    mail: dict[str, MailTiming]
    quiet_from: Annotated[int | None, Kind(read_clock)] = None
    quiet_to: Annotated[int | None, Kind(read_clock)] = None

    def check(self) -> Errors:
        """Quiet hours have a beginning and an end."""
        if (self.quiet_from is None) != (self.quiet_to is None):
            return {"quiet_from" if self.quiet_from is None else "quiet_to": BOTH_TIMES}
        if self.quiet_from is not None and self.quiet_from == self.quiet_to:
            return {"quiet_to": SAME_TIME}
        return {}


class UnsubscribeForm(Form, frozen=True, kw_only=True):
    """The one field that RFC 8058 knows, as it is spelt there."""

    one_click: Literal["One-Click"] = msgspec.field(name="List-Unsubscribe")
