"""The routes of the site as data."""

import re
from dataclasses import dataclass
from functools import cache

from app.main import create_app
from app.settings import Settings
from db.engine import Database


@dataclass(frozen=True)
class Route:
    """One handler as it is registered."""

    name: str
    path: str
    methods: frozenset[str]
    allow: str
    uploads: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\\{\w+(:\w+)?\\\}", "[^/]+", re.escape(self.path)))

    @property
    def writes(self) -> bool:
        return "POST" in self.methods


@cache
def all_routes() -> tuple[Route, ...]:
    settings = Settings.from_env({"DATA_DIR": "unused", "DEMO": "0"})
    site = create_app(settings, Database("sqlite:///unused/skileez.db")).app
    found = {
        Route(
            handler.name or "",
            route.path,
            frozenset(map(str, handler.http_methods)),
            str(handler.opt.get("allow", "")),
            bool(handler.opt.get("uploads")),
        )
        for route in site.routes  # type: ignore[attr-defined]
        for handler in getattr(route, "route_handlers", ())
        if set(map(str, handler.http_methods)) != {"OPTIONS"}
    }
    return tuple(sorted(found, key=lambda route: route.name))
