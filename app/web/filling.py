"""The form that came with a request: its fields and pictures, and what is wrong with them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast

import litestar
from litestar.response import Response

from app.errors import Malformed
from app.forms.form import NOT_OFFERED, Bound, Form, Posted, bind, unsent
from app.pictures import Upload

F = TypeVar("F", bound=Form)

RESTORED = "You had to sign in again before this was sent. Look it over, then send it."


class Invalid(Exception):
    """What was sent cannot be accepted as it is; the unit of work shows the form again."""


class SentForm(litestar.Request[Any, Any, Any]):
    """The part of a request that a person has written."""

    files: Mapping[str, Upload] = MappingProxyType({})  # the pictures that were sent, made anew
    restoring: str = ""  # the address at which a parked form is shown again, and nothing is done
    again: Callable[[Bound[Any]], Response[Any]] | None = None
    bound: Bound[Any] | None = None

    @property
    def posted(self) -> Posted:
        """The fields of the form that was sent. In the scope, since errors get a new request."""
        return cast("Posted", self.scope.get("posted", {}))

    def filled(
        self, kind: type[F], again: Callable[[Bound[Any]], Response[Any]], **options: Any
    ) -> F:
        """What was sent as a valid form; otherwise `again` shows it with its mistakes (422).

        `again` gets the bound form. It is kept for what only the action finds out (Refused).
        """
        bound = self.typed(kind, again, **options)
        if bound.data is None:
            raise Invalid
        return bound.data

    def typed(
        self, kind: type[F], again: Callable[[Bound[Any]], Response[Any]], **options: Any
    ) -> Bound[F]:
        """What was sent, right or wrong: for what may be kept unfinished."""
        self.again = again
        if self.restoring:
            self.bound = unsent(kind, self.posted, RESTORED)
            raise Invalid
        self.bound = bound = bind(kind, self.posted, **options)
        if bound.problem == NOT_OFFERED:  # not every form has a place to say so
            raise Malformed(NOT_OFFERED)
        problems = {field: sent.problem for field, sent in self.files.items() if sent.problem}
        if problems:
            bound.errors, bound.data = bound.errors | problems, None
        return bound
