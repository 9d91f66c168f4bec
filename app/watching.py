"""What is noted of each request once it is answered: a line for whoever looks into a complaint.

The name of the route and never the address, which may hold a secret or what somebody searched.
"""

import logging
from time import perf_counter
from typing import TYPE_CHECKING, Any

from app.logs import fields
from app.settings import Settings

if TYPE_CHECKING:
    from app.metrics import Counts

log = logging.getLogger("skileez.requests")
NOTHING_NEW = 204
ARRIVED = "arrived"  # in the scope: when the headers of a request were whole
# Asked all day by machines; a line only when they are told something else than that all is well.
HEALTH = ("health.alive", "health.ready")


class Watch:
    """What the edge tells of: a request that begins, and how it ended."""

    def __init__(self, settings: Settings, counts: "Counts | None" = None) -> None:
        self.lines = settings.log_format == "json"
        self.counts = counts

    def begin(self, scope: Any) -> float:
        """When the request was there, in seconds of a clock that only goes forward."""
        if self.counts is not None:
            self.counts.in_flight.inc()
        arrived: float | None = scope.get(ARRIVED)  # before this process had time for it
        return arrived or perf_counter()

    def end(self, scope: Any, status: int, size: int, began: float) -> None:
        """Note the answer, with the `size` of its body as sent; a status of 0 means there is none.

        Polls that brought nothing leave no line: they are nearly all there is.
        """
        if self.counts is not None:
            route, seconds = _route(scope), perf_counter() - began
            self.counts.request(route, status, seconds, is_health=route in HEALTH)
        if not self.lines or status == NOTHING_NEW:
            return
        route = _route(scope)
        if route in HEALTH and status == 200:
            return
        log.info(
            "",
            extra=fields(
                request=scope["request_id"],
                method=scope["method"],
                route=route,
                status=status,
                ms=round((perf_counter() - began) * 1000, 1),
                bytes=size,
            ),
        )


def _route(scope: Any) -> str | None:
    name: str | None = getattr(scope.get("route_handler"), "name", None)
    return name
