"""How often one may ask: by person, and by address as long as nobody has signed in.

Generous for people, tight for floods. Guesses at passwords are counted elsewhere, in the database
(app/actions/attempts.py), since those counts must outlive a restart; these need not.
"""

from datetime import timedelta
from typing import Any

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute

from app.errors import TooMany
from app.settings import Settings
from app.tokens import hashed
from app.web import networks
from app.web.counters import Counters
from app.web.request import Request
from app.web.sign_in import token_of
from db.queries.viewers import Viewer

# What must answer whatever else is going on. Cheap polls must, too: an office asks all at once.
NEVER = frozenset({"health.alive", "health.ready", "static.show", "sign_ins.destroy"})
MOST_PEOPLE = 20_000
TOO_MUCH = "Too much came from you in a short time."


class Limits:
    """The limits of this node, and who was seen with which sign-in.

    A token says who asks only once it has been looked up, so a new one counts for its address:
    whoever invents tokens gains nothing by it. What is remembered here grants nothing either.
    """

    def __init__(self, settings: Settings) -> None:
        self.counters = Counters(settings.valkey_url)
        self.people: dict[bytes, int] = {}
        times = settings.limits
        self.of_person = {
            True: RateLimitItemPerMinute(120 * times, namespace="person.sends"),
            False: RateLimitItemPerMinute(600 * times, namespace="person.reads"),
        }
        self.of_address = {
            True: RateLimitItemPerMinute(60 * times, namespace="address.sends"),
            False: RateLimitItemPerMinute(600 * times, namespace="address.reads"),
        }
        # Whoever asks for these, signed in or not.
        self.of_route: dict[str, RateLimitItem] = {
            "accounts.create": RateLimitItemPerHour(20 * times, namespace="sign-up"),
        }

    async def reached(self, scope: Any, name: str, *, write: bool) -> TooMany | None:
        """The refusal, when this request to the route `name` is one too many; or it is counted."""
        if name in NEVER:
            return None
        address = networks.counted(scope)
        person = self._person(scope)
        asked: list[tuple[RateLimitItem, str]] = []
        if name in self.of_route:
            asked.append((self.of_route[name], address))
        if person is None:
            asked.append((self.of_address[write], address))
        else:
            asked.append((self.of_person[write], str(person)))
        waits = [await self.counters.seconds_to_wait(limit, key) for limit, key in asked]
        return TooMany.after(TOO_MUCH, timedelta(seconds=max(waits))) if any(waits) else None

    def recognise(self, request: Request) -> None:
        """Remember whose this sign-in is, or that it is nobody's any more."""
        viewer: Viewer | None = request.__dict__.get("viewer")  # if anything asked who it is
        if viewer is None or not request.token:
            return
        digest = hashed(request.token)
        self.people.pop(digest, None)  # to stand last: the first in line goes first
        if viewer.is_guest:
            return
        if len(self.people) >= MOST_PEOPLE:
            del self.people[next(iter(self.people))]
        self.people[digest] = viewer.id

    def _person(self, scope: Any) -> int | None:
        token = token_of(scope)
        return self.people.get(hashed(token)) if token else None
