"""Skills: suggested as one types."""

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import listed_coaches
from app.forms.skills import being_written
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.queries import skill_suggestions

INDEX = Page("skills/index", part="skills/suggestions")
LONGEST_FIELD = 1000


class Skills(Controller):
    """The shared list, looked into by the beginning of a name."""

    @get("/skills", allow=Permission.SUGGEST_SKILLS, name="skills.suggest")
    def suggest(self, request: Request) -> Response[str]:
        field, typed = request.query("skills", limit=LONGEST_FIELD), request.query("q")
        before, begun = being_written(field or typed)
        listed = listed_coaches()
        found = (
            skill_suggestions.beginning(request.db, begun, listed=listed, but=before)
            if begun
            else []
        )
        return show(request, INDEX, typed=typed, begun=begun, found=found, is_field=bool(field))
