"""What a coach writes into a proposal, and what it comes to."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct, field

from app.clock import now
from app.fees import FEE, fee_of, net_of
from app.forms.fields import Line, Lines, Link, Whole, read_amount, read_day, read_whole
from app.forms.form import Bound, Form, Posted, bind, blank, length
from app.forms.kinds import Kind, Wrong

LOWEST_PRICE = 100  # one unit of the currency
WORDS = ("message", "sessions", "minutes", "price", "cancellation_hours", "earliest", "links")
USUAL_HOURS: Literal[12] = 12  # before a session, until which it is cancelled without cost
TERMS = ("sessions", "price", "currency")
FARTHEST_BEHIND = timedelta(hours=12)  # UTC-12, where a day ends last


def read_price(text: str) -> int | str:
    """An amount of at least one unit."""
    price = read_amount(text)
    if isinstance(price, int) and price < LOWEST_PRICE:
        raise Wrong("The lowest price is 1.")
    return price


def read_coming_day(text: str) -> date | str:
    """A day that has not ended everywhere on Earth."""
    day = read_day(text)
    if isinstance(day, date) and day < (now() - FARTHEST_BEHIND).date():
        raise Wrong("Choose today or a later day.")
    return day


class ProposalForm(Form, frozen=True, kw_only=True):
    """A coach's answer to a request; `answer` is keyed by the request's screening questions."""

    message: Annotated[Lines, length(100, 5000)]
    sessions: Annotated[Whole, Meta(ge=1, le=50)]
    minutes: Annotated[Literal[25, 30, 45, 50, 60, 90, 120], Kind(read_whole)]
    price: Annotated[int, Kind(read_price)]
    cancellation_hours: Annotated[Literal[4, 12, 24], Kind(read_whole)] = USUAL_HOURS
    earliest: Annotated[date, Kind(read_coming_day)] | None = None
    link_1: Link = ""
    link_2: Link = ""
    link_3: Link = ""
    currency: Annotated[Line, length(3, 3)] = ""
    answer: dict[int, Annotated[Lines, length(1, 1000)]] = field(default_factory=dict)
    page: Annotated[Line, length(0, 43)] = ""
    words: Line = ""
    action: Literal["send", "save", "total"] = "send"

    @property
    def links(self) -> list[str]:
        """The links that were given, each once."""
        given = (self.link_1, self.link_2, self.link_3)
        return list(dict.fromkeys(link for link in given if link))


class Terms(Form, frozen=True, kw_only=True):
    """The two fields a total is made of."""

    sessions: Annotated[Whole, Meta(ge=1, le=50)]
    price: Annotated[int, Kind(read_price)]
    currency: Annotated[Line, length(3, 3)] = ""


class Words(Protocol):
    """What stands in a proposal, wherever it was read from."""

    @property
    def price(self) -> int:
        """In minor units."""

    @property
    def links(self) -> Sequence[str]:
        """Up to three."""


class Total(Struct, frozen=True):
    """What a proposal comes to, in minor units."""

    sessions: int
    price: int
    currency: str  # "" is that of the request

    @property
    def amount(self) -> int:
        """What the student pays."""
        return self.sessions * self.price

    @property
    def fee(self) -> int:
        """What Skileez keeps."""
        return fee_of(self.amount)

    @property
    def net(self) -> int:
        """What the coach receives."""
        return net_of(self.amount)

    @property
    def percent(self) -> str:
        """The fee as people say it."""
        return f"{FEE / 100:g}%"


def total_of(form: Bound[ProposalForm]) -> Total | None:
    """What stands in the form so far, worked out; None until sessions and price can be read."""
    terms = _terms(form.raw).data
    return Total(terms.sessions, terms.price, terms.currency) if terms else None


def new_proposal(*, sessions: int | None = None, rate: int | None = None) -> Bound[ProposalForm]:
    """An empty form, with the sessions the student asked for and the coach's usual price."""
    price = in_units(rate) if rate else None
    usual = {"minutes": 60, "cancellation_hours": USUAL_HOURS}
    return blank(ProposalForm, {"sessions": sessions, "price": price, **usual})


def written(words: Words, answers: Mapping[int, str]) -> Bound[ProposalForm]:
    """A form in which stands what is stored."""
    values = {name: getattr(words, name) for name in (*WORDS, "currency") if name != "links"}
    values["price"] = in_units(words.price)
    values |= {f"link_{number}": link for number, link in enumerate(words.links, 1)}
    values |= {f"answer_{number}": text for number, text in answers.items()}
    return blank(ProposalForm, values)


def in_units(price: int) -> str:
    """An amount in minor units as people type it."""
    return f"{price / 100:.2f}".removesuffix(".00")


def asks_for(action: str, posted: Posted) -> bool:
    """Whether the form was sent by this button: to be kept, or only to see what it comes to."""
    return list(posted.get("action", ())) == [action]


def so_far(posted: Posted) -> Bound[ProposalForm]:
    """The form as it stands, unfinished, with what is wrong with its total."""
    return Bound(posted, _terms(posted).errors, None, frozenset())


def _terms(posted: Posted) -> Bound[Terms]:
    return bind(Terms, {name: posted[name] for name in TERMS if name in posted})
