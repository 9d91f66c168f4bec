"""What the two of a contract send about the time and the place of a session."""

from typing import Annotated, Literal

from msgspec import Meta

from app.forms.fields import Lines, Link, LocalTime, Whole
from app.forms.form import Errors, Form, length


class OfferForm(Form, frozen=True, kw_only=True):
    """A time by the clocks of who offers it; `fold` says which, where it comes twice."""

    starts: LocalTime
    fold: Literal["0", "1"] | None = None


class AnswerForm(Form, frozen=True, kw_only=True):
    """Which offer was read, so that nobody agrees on a time they have not seen."""

    offer: Annotated[Whole, Meta(ge=1, le=2**31 - 1)]


class CancelForm(Form, frozen=True, kw_only=True):
    """Why a session is called off, for the other one.

    What the page said: `begins`, in minutes since 1970 (0: nothing), and whether it is `owed`.
    """

    begins: Annotated[Whole, Meta(ge=0, le=2**31 - 1)] = 0
    owed: Annotated[Whole, Meta(ge=0, le=1)] = 0
    reason: Annotated[Lines, length(0, 1000)] = ""


class LinkForm(Form, frozen=True, kw_only=True):
    """Where the two meet; nothing takes it away again."""

    link: Link = ""

    def check(self) -> Errors:
        """What is said there is for two people alone."""
        is_plain = self.link and not self.link.startswith("https://")
        return {"link": "Write a link that begins with https://."} if is_plain else {}
