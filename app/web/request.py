"""The request a handler is given: who asks, what they sent, and the one way to a thing."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar, cast

import litestar
from litestar.response import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.enforce import require
from app.access.permissions import Permission
from app.access.scopes import LOADED, VISIBLE, locked_first
from app.clock import now
from app.errors import NotFound
from app.forms.form import Bound, Form, Posted, bind, clean_line
from app.settings import Settings
from app.web.flash import flash_of
from app.web.sign_in import note_seen, token_of, viewer_of
from db.engine import Database
from db.queries.viewers import Viewer

T = TypeVar("T")
F = TypeVar("F", bound=Form)

LARGEST_ID = 2**63 - 1
PLAIN_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
SEEN_EVERY = timedelta(minutes=10)


class Invalid(Exception):
    """What was sent cannot be accepted as it is; the unit of work shows the form again."""


class Request(litestar.Request[Any, Any, Any]):
    """HTTP's request. What a student posts is a LearningRequest, and its variable `wanted`."""

    # Set by the unit of work before the handler runs.
    permission: Permission
    write: bool = False
    asked: bool = False
    again: Callable[[Bound[Any]], Response[Any]] | None = None
    bound: Bound[Any] | None = None
    open_session: Callable[[], Session]
    leads_to: str = ""  # the page that shows what this request did

    @property
    def posted(self) -> Posted:
        """The fields of the form that was sent. In the scope, since errors get a new request."""
        return cast("Posted", self.scope.get("posted", {}))

    @property
    def settings(self) -> Settings:
        """How this node runs."""
        settings: Settings = self.app.state.settings
        return settings

    @property
    def database(self) -> Database:
        """For the few handlers that must look before they hold a transaction."""
        database: Database = self.app.state.database
        return database

    @property
    def db(self) -> Session:
        """The session of this request: one transaction, begun at its first use."""
        return self.open_session()

    @cached_property
    def viewer(self) -> Viewer:
        """Who is asking, read in this request's own transaction."""
        return viewer_of(self.db, token_of(self.scope))

    @cached_property
    def says(self) -> list[str]:
        """Sentences to show once: those carried over a redirect, and new ones."""
        return flash_of(self.scope)

    @cached_property
    def later(self) -> list[Callable[[Session], None]]:
        """What the unit of work writes once the answer is known to be good."""
        return []

    def allowed(self, model: type[T], key: str) -> T:
        """The thing with this id, if the viewer may do to it what the route is for.

        Raises NotFound for what does not exist or may not be seen, NotAllowed when the rule says
        no, WrongState when someone was quicker. A request that writes holds the row from here on.
        """
        self.asked = True
        condition = VISIBLE[model](self.viewer)
        [column] = model.__table__.primary_key  # type: ignore[attr-defined]
        number = plain_id(key)
        query = select(model).where(column == number, condition).options(*LOADED[model])
        if self.write:
            parent = locked_first(model, number)
            if parent is not None:
                self.db.execute(parent)
            query = query.with_for_update(of=model)
        return cast("T", self._found(query))

    def allowed_by(self, model: type[T], **columns: str) -> T:
        """The same for a thing that is addressed by a readable name instead of an id."""
        self.asked = True
        if any(value != clean_line(value) for value in columns.values()):
            raise NotFound  # no name of ours, and PostgreSQL fails on some of them
        query = select(model).filter_by(**columns).where(VISIBLE[model](self.viewer))
        return cast("T", self._found(query.options(*LOADED[model])))

    def _found(self, query: Any) -> Any:
        thing = self.db.scalars(query).one_or_none()
        if thing is None:
            raise NotFound
        require(self.viewer, self.permission, thing)
        return thing

    def filled(
        self, kind: type[F], again: Callable[[Bound[Any]], Response[Any]], **options: Any
    ) -> F:
        """What was sent as a valid form; otherwise `again` shows it with its mistakes (422).

        `again` gets the bound form. It is kept for what only the action finds out (Refused).
        """
        self.bound = bind(kind, self.posted, **options)
        self.again = again
        if self.bound.data is None:
            raise Invalid
        data: F = self.bound.data
        return data

    def query(self, name: str, *, limit: int = 200) -> str:
        """One value of the address's query, cleaned to a single line; "" when absent."""
        return clean_line(self.query_params.get(name, ""))[:limit]

    def say(self, sentence: str) -> None:
        """Show a sentence once, on the page or the fragment that this request leads to."""
        self.says.append(sentence)

    def afterwards(self, action: Callable[..., None], *arguments: Any) -> None:
        """Run `action(db, *arguments)` in its own transaction after a good answer.

        For the marks a visit leaves behind (read up to here, first viewed), since GET reads only.
        """
        self.later.append(lambda db: action(db, *arguments))

    def keep_sign_in(self) -> None:
        """Note that the person was here, now and then: what keeps a sign-in from going idle."""
        viewer: Viewer | None = self.__dict__.get("viewer")  # if anything asked who it is
        if viewer and viewer.seen_at and now() - viewer.seen_at > SEEN_EVERY:
            self.afterwards(note_seen, viewer.sign_in_id)


def plain_id(key: str) -> int:
    """An id as an address may spell it: plain digits, 1 to 2^63 - 1. Raises NotFound."""
    if not PLAIN_ID.fullmatch(key) or int(key) > LARGEST_ID:
        raise NotFound
    return int(key)
