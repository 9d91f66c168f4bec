"""A form, and one that has come back: what was typed, what is wrong with it, or what it says."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

import msgspec

Posted: TypeAlias = Mapping[str, Sequence[str]]
Errors: TypeAlias = dict[str, str]

WHOLE_FORM = ""  # errors under this name concern no single field


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser may send. A field without a default must be filled in."""

    def check(self) -> Errors:
        """Rules that span fields: one sentence per wrong field."""
        return {}


F = TypeVar("F", bound=Form)


class Bound(Generic[F]):
    """A form with what was typed (`raw`), its mistakes (`errors`) and, without any, its `data`."""

    def __init__(
        self,
        raw: Posted,
        errors: Errors,
        data: F | None,
        secrets: frozenset[str],
        notice: str = "",
    ) -> None:
        self.raw = raw
        self.errors = errors
        self.data = data
        self.hidden = secrets
        self.notice = notice  # why it is shown again, where nothing is wrong with it

    def value(self, name: str) -> str:
        """What stands in this field; passwords are never shown again."""
        found = self.values(name)
        return found[0] if found else ""

    def values(self, name: str) -> Sequence[str]:
        """All that is chosen in a field that takes several."""
        return () if name in self.hidden else self.raw.get(name, ())

    def chosen(self, name: str) -> tuple[str, ...]:
        """The same, for fragments that are drawn once for them."""
        return tuple(self.values(name))

    def error(self, name: str) -> str:
        """The sentence beside this field, or ""."""
        return self.errors.get(name, "")

    @property
    def problem(self) -> str:
        """The sentence above the form, where no single field is wrong."""
        return self.errors.get(WHOLE_FORM, "")

    @property
    def first_wrong(self) -> str:
        """The field that takes the focus."""
        return next((name for name in self.errors if name != WHOLE_FORM), "")
