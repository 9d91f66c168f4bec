"""The skills as staff tidy them up: who uses which, and two made one."""

from functools import partial

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.skill_merges import merge_skills
from app.forms.form import Bound, blank
from app.forms.skill_merges import MergeForm
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.queries import skill_merges

INDEX = Page("skill_merges/index", part="skill_merges/list")
MERGE = Page("skill_merges/index", part="skill_merges/form")


class SkillMerges(Controller):
    """A list to look through, and one form."""

    path = "/admin/skills"

    @get("/", allow=Permission.LIST_SKILLS, name="skill_merges.index")
    def index(self, request: Request) -> Response[str]:
        return skills_page(request, INDEX, blank(MergeForm, {"skill": request.query("skill")}))

    @post("/merge", allow=Permission.MERGE_SKILLS, name="skill_merges.merge")
    def merge(self, request: Request) -> Response[str]:
        form = request.filled(MergeForm, partial(skills_page, request, MERGE))
        name, skill = merge_skills(request.db, form, by=request.viewer)
        say = f"“{name}” is now another name for “{skill.name}”."
        return go(request, "/admin/skills", say=say, in_place=True)


def skills_page(request: Request, page: Page, form: Bound[MergeForm]) -> Response[str]:
    typed = request.query("q", limit=40)
    found = skill_merges.listed(request.db, typed, after=request.query("after"))
    own = skill_merges.own_count(request.db)
    return show(request, page, form=form, found=found, typed=typed, own=own)
