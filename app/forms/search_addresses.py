"""What an address asks a list for, and the addresses that ask the same list otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

import msgspec

from app.forms.bound import Posted
from app.forms.form import typed

USUAL_CURRENCY = "USD"
PRICES = ("price_from", "price_to", "budget_from", "budget_to")


class Range(msgspec.Struct, frozen=True):
    """Money from and to, as a budget is shown."""

    budget_from: int | None
    budget_to: int | None
    currency: str


class Asked(msgspec.Struct, frozen=True):
    """What every search has. A field is empty where the address does not ask for anything."""

    path: ClassVar[str]
    # How the fields are called in the address, where they are called otherwise.
    called: ClassVar[Mapping[str, str]] = {}
    # Fields that one filter is made of; the first says whether there is one at all.
    filtering: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    words: str = ""
    sort: str = ""
    skills: tuple[int | str, ...] = ()  # ids or folded names
    every_skill: bool = False

    @property
    def range(self) -> Range:
        """What it may cost."""
        raise NotImplementedError

    @property
    def fields(self) -> Posted:
        """What the address says, by its names; and so what stands in the form."""
        values = {self.called.get(name, name): value for name, value in self._values()}
        return typed(values)

    def _values(self) -> Iterable[tuple[str, Any]]:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if name in PRICES and value is not None:
                yield name, as_typed(value)
            elif value is True:
                yield name, "1"
            elif value:
                yield name, value

    @property
    def address(self) -> str:
        """Where this search is found, for a link."""
        asked = urlencode(self.fields, doseq=True)
        return f"{self.path}?{asked}" if asked else self.path

    def but(self, **values: Any) -> Self:
        """The same search with something else in these fields."""
        return msgspec.structs.replace(self, **values)

    def without(self, name: str, value: Any = None) -> Self:
        """The same without one filter, or without one value of several in it."""
        first, *more = self.filtering[name]
        kept = tuple(one for one in _several(getattr(self, first)) if one != value)
        if value is not None and kept:
            return self.but(**{first: kept})
        nothing = type(self)()
        return self.but(**{field: getattr(nothing, field) for field in (first, *more)})

    @property
    def names(self) -> list[str]:
        """The filters that are set."""
        return [name for name in self.filtering if self.without(name) != self]

    @property
    def filters(self) -> tuple["Filter", ...]:
        """Everything that can be taken out of it, in the order in which the form has it."""
        return _filters(self)

    @property
    def cleared(self) -> Self:
        """The same list, of which nothing is asked but its order."""
        return type(self)(sort=self.sort)

    @property
    def wider(self) -> list["Filter"]:
        """Each filter that keeps something out: of values of which any will do, all at once."""
        return [
            one
            for name in self.names
            for one in (
                self._each(name) if name == "skill" and self.is_strict else [self._all(name)]
            )
        ]

    def _all(self, name: str) -> "Filter":
        return Filter(name, None, self.without(name))

    def _each(self, name: str) -> list["Filter"]:
        return [one for one in self.filters if one.name == name]

    @property
    def is_strict(self) -> bool:
        """Whether all of several skills are needed."""
        return self.every_skill and len(self.skills) > 1


class Filter(msgspec.Struct, frozen=True):
    """One thing a search asks for, and the same search without it."""

    name: str
    value: Any
    less: Any

    @property
    def address(self) -> str:
        """Where what is left is found."""
        return str(self.less.address)


@lru_cache(100)
def _filters(search: Asked) -> tuple[Filter, ...]:
    return tuple(
        Filter(name, value, search.without(name, value))
        for name in search.names
        for value in _several(getattr(search, search.filtering[name][0])) or [None]
    )


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, tuple) else ()


def as_typed(minor: int) -> str:
    """An amount as people type it: 18, or 18.50."""
    return f"{minor // 100}.{minor % 100:02}".removesuffix(".00")
