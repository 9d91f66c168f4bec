"""Places: countries, time zones and currencies, suggested as one types."""

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.forms.form import blank
from app.forms.places import FINDERS, PlaceSearch
from app.web.request import Request
from app.web.respond import Page, show, wants_fragment
from app.web.routes import get

INDEX = Page("places/index", part="places/options")
MOST_OPTIONS = 12


class Places(Controller):
    """What the world's places are called here."""

    @get("/places", allow=Permission.SUGGEST_PLACES, name="places.suggest")
    def suggest(self, request: Request) -> Response[str]:
        asked = {kind: request.query(kind) for kind in FINDERS}
        kind = next((kind for kind, typed in asked.items() if typed), "")
        found = FINDERS[kind](asked[kind]) if kind else []
        return show(
            request,
            INDEX,
            form=blank(PlaceSearch, asked),
            typed=asked.get(kind, ""),
            found=found[:MOST_OPTIONS] if wants_fragment(request) else found,
        )
