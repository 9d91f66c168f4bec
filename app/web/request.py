"""The request a handler is given: who asks, what they sent, and the one way to a thing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.access.enforce import require
from app.access.permissions import Permission
from app.clock import now
from app.forms.form import clean_line
from app.kept import kept
from app.settings import Settings
from app.web import things
from app.web.filling import Invalid as Invalid
from app.web.filling import SentForm
from app.web.flash import flash_of
from app.web.sign_in import note_seen, noted_token, viewer_of
from db.engine import Database
from db.queries.viewers import Viewer

T = TypeVar("T")

SEEN_EVERY = timedelta(minutes=10)


class Request(SentForm):
    """HTTP's request. What a student posts is a LearningRequest, and its variable `wanted`."""

    # Set by the unit of work before the handler runs.
    permission: Permission
    write: bool = False
    slow: bool = False
    asked: bool = False
    open_session: Callable[[], Session]
    leads_to: str = ""  # the page that shows what this request did

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

    @kept
    def token(self) -> str:
        """The token of the sign-in that asks, if there is one."""
        return noted_token(self.scope)

    @kept
    def viewer(self) -> Viewer:
        """Who is asking, read in this request's own transaction."""
        if self.slow:  # ahead of that transaction, for which nobody must wait meanwhile
            with self.database.reading() as db:
                return viewer_of(db, self.token)
        return viewer_of(self.db, self.token)

    @kept
    def says(self) -> list[str]:
        """Sentences to show once: those carried over a redirect, and new ones."""
        return flash_of(self.scope)

    @kept
    def later(self) -> list[Callable[[Session], None]]:
        """What the unit of work writes once the answer is known to be good."""
        return []

    def allowed(self, model: type[T], key: str) -> T:
        """The thing with this id, if the viewer may do to it what the route is for.

        Raises NotFound for what does not exist or may not be seen, NotAllowed when the rule says
        no, WrongState when someone was quicker. A request that writes holds the row from here on.
        """
        found = things.by_id(self.db, self.viewer, model, key, self.permission, hold=self.write)
        return self.permitted(found)

    def allowed_by(self, model: type[T], **columns: str) -> T:
        """The same for a thing that is addressed by a readable name instead of an id."""
        return self.permitted(things.by_name(self.db, self.viewer, model, **columns))

    def permitted(self, thing: T) -> T:
        """The thing, found among what the viewer may see: the second half of the above."""
        self.asked = True
        require(self.viewer, self.permission, thing)
        return thing

    def query(self, name: str, *, limit: int = 200) -> str:
        """One value of the address's query, cleaned to a single line; "" when absent."""
        return clean_line(self.query_params.get(name, ""))[:limit]

    @property
    def is_looking_ahead(self) -> bool:
        """Whether the browser fetches this before anybody has asked for it."""
        return "prefetch" in self.headers.get("Sec-Purpose", "")

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
