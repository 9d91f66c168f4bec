"""What a search finds, whatever it searches: each part is asked for when the page shows it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec

from app.clock import now
from app.currencies import COMMON, currency_of
from app.forms.bound import Bound
from app.forms.form import typed
from app.forms.search_addresses import USUAL_CURRENCY, Asked, Filter
from app.forms.search_amounts import read_amounts
from app.kept import kept
from app.web.request import Request
from app.wording import language_name
from db.queries import skill_names, skill_slips
from db.queries.paging import Found, WrongCursor
from db.queries.search_options import Count, Option, Options
from db.search_terms import Terms, read_terms

NO_SKILL = 0  # no skill has this number

A = TypeVar("A", bound=Asked)


class Wider(msgspec.Struct, frozen=True):
    """A filter in the way of most, and how much there is without it."""

    filter: Filter
    number: Count


class Finding(Generic[A]):
    """A search as it is answered: `search` is spelled as the page spells it, `asked` as it came."""

    money: str  # what amounts are called in the address

    def __init__(self, request: Request, asked: A) -> None:
        self.request = request
        self.db = request.db
        self.viewer = request.viewer
        self.asked = asked
        self.after = request.query("after")
        self.after_in, _, self.behind = self.after.partition("-")
        self.at = now()

    def wanted(self, search: A) -> Any:
        """What the database is asked for a search."""
        raise NotImplementedError

    def counts(self, several: Sequence[A]) -> list[Count]:
        """How many each of several searches finds."""
        raise NotImplementedError

    @kept
    def orders(self) -> Sequence[StrEnum]:
        # Those this person may choose from.
        raise NotImplementedError

    @property
    def usual_order(self) -> StrEnum:
        # The first one.
        return self.orders[0]

    @kept
    def sort(self) -> Any:
        # The order this is in; where the address names none, the one its place in the list is of.
        named = [one for one in (self.asked.sort, self.after_in) if one in self.orders]
        return type(self.usual_order)(named[0]) if named else self.usual_order

    @property
    def place(self) -> str:
        # Where the page begins in its order; what is a place in another one is the beginning.
        if self.after and self.after_in not in [*type(self.usual_order)]:
            raise WrongCursor(self.after)
        return self.behind if self.after_in == self.sort else ""

    def in_order(self, found: Found[Any]) -> Found[Any]:
        """The same page; where it goes on is a place in this order only."""
        goes_on = found.next and f"{self.sort}-{found.next}"
        return msgspec.structs.replace(found, next=goes_on)

    @kept
    def options(self) -> Options:
        # How many there are, and what else could be asked for.
        raise NotImplementedError

    @property
    def own_skills(self) -> dict[str, int]:
        # The numbers of skills that were read for the match already, by their folded names.
        return {}

    @kept
    def ids(self) -> dict[int | str, int]:
        # The numbers of the skills that are asked for.
        asked = self.asked.skills
        own: dict[Any, int] = self.own_skills if asked else {}
        others = [key for key in asked if isinstance(key, str) and key not in own]
        numbers = own | (skill_names.numbers_of(self.db, others) if others else {})
        return numbers | {key: key for key in asked if isinstance(key, int)}

    def skill_ids(self, search: A) -> tuple[int, ...]:
        """Its skills as the database knows them; what nobody has named finds nothing."""
        return tuple(dict.fromkeys(self.ids.get(key, NO_SKILL) for key in search.skills))

    @kept
    def search(self) -> A:
        # The search with each skill under its own name, as the boxes have it.
        names = {one.id: one.folded for one in self.options.skills if one.is_chosen}
        spelled = [names.get(self.ids.get(key, NO_SKILL), key) for key in self.asked.skills]
        self.ids.update((folded, int(number)) for number, folded in names.items())
        return self.asked.but(skills=tuple(dict.fromkeys(spelled)))

    @property
    def hits(self) -> Count:
        # How many there are.
        return self.options.hits

    @property
    def languages(self) -> tuple[Option, ...]:
        # By name, so that they stay where they are while boxes are ticked.
        return tuple(sorted(self.options.languages, key=lambda one: language_name(str(one.id))))

    @property
    def skills(self) -> tuple[Option, ...]:
        # In an order that stays while boxes are ticked.
        return tuple(sorted(self.options.skills, key=lambda one: one.folded))

    @property
    def unseen(self) -> list[tuple[str, Any]]:
        # What is asked for and stands in no field of the form, by its name in the address.
        skills = {one.folded for one in self.options.skills}
        languages = {str(one.id) for one in self.options.languages}
        fields = self.search.fields
        return [
            *(("skill", key) for key in fields.get("skill", ()) if key not in skills),
            *(("language", code) for code in fields.get("language", ()) if code not in languages),
        ]

    def name_of(self, key: int | str) -> str:
        """A skill in words."""
        names = {one.folded: one.name for one in self.options.skills}
        return names.get(str(key)) or (f"“{key}”" if isinstance(key, str) else "An unknown skill")

    @kept
    def terms(self) -> Terms:
        # The words that were typed, read.
        terms = read_terms(self.asked.words)
        return skill_slips.forgiven(self.db, terms) if self.asked.words else terms

    @property
    def typed(self) -> str:
        # What stands in the box: marks without a word are left there, for a word may follow.
        return self.search.words or self.request.query("q", limit=100)

    @property
    def sorts(self) -> list[tuple[StrEnum, str]]:
        # Every order, and where this search is found in it.
        return [
            (one, self.search.but(sort="" if one == self.usual_order else str(one)).address)
            for one in self.orders
        ]

    @kept
    def form(self) -> Bound[Any]:
        # The search as a form in which it stands, with amounts as they were typed if need be.
        read = read_amounts(self.request.query_params.dict(), self.money)
        raw = {**self.search.fields, **typed(read.typed)}
        return Bound(raw, read.said, None, frozenset())

    @property
    def currency(self) -> str:
        # The one amounts are typed in.
        return self.asked.range.currency or currency_of(self.viewer.country) or USUAL_CURRENCY

    @property
    def currencies(self) -> list[str]:
        # The common ones, and that of the search.
        return sorted({self.currency, *COMMON})

    @kept
    def wider(self) -> Wider | None:
        # The one filter whose removal brings the most, or None when none brings anything.
        filters = self.search.wider
        numbers = self.counts([one.less for one in filters]) if filters else []
        offers = [Wider(one, number) for one, number in zip(filters, numbers, strict=True)]
        best = max(offers, key=lambda offer: offer.number.number, default=None)
        return best if best and best.number.number else None
