"""Students' profiles: for those whom matrix B names, and for staff who say why they look."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_students
from app.actions.student_profiles import look_at_student
from app.clock import now
from app.forms.form import Bound, blank
from app.forms.student_profiles import LookForm
from app.web.keeping import FORGET
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.profiles import StudentProfile
from db.queries import student_profiles

SHOW = Page("student_profiles/show")
LOOK = Page("student_profiles/look", part="student_profiles/look")
LOOK_HOLDS = timedelta(minutes=15)  # so long staff read what they said they look at


class Students(Controller):
    """Oneself, and the student who accepted one's proposal; for anybody else nobody is here.

    Staff say why they look, which the student can read, and read it for a while.
    """

    path = "/students/{student_id:str}"

    @get("/", allow=Permission.VIEW_STUDENT, name="student_profiles.show")
    def show(self, request: Request, student_id: FromPath[str]) -> Response[str]:
        profile = request.allowed(StudentProfile, student_id)
        if student_profiles.meets(request.db, profile.id, visible_students(request.viewer)):
            return student_page(request, profile)
        looked_at = student_profiles.looked_at(request.db, request.viewer.id, profile.id)
        if looked_at is None or now() >= looked_at + LOOK_HOLDS:
            return look_page(request, profile, blank(LookForm))
        response = student_page(request, profile, until=looked_at + LOOK_HOLDS)
        response.headers |= FORGET
        return response

    @post("/look", allow=Permission.LOOK_AT_STUDENT, name="student_profiles.look_at")
    def look_at(self, request: Request, student_id: FromPath[str]) -> Response[str]:
        profile = request.allowed(StudentProfile, student_id)
        form = request.filled(LookForm, again=partial(look_page, request, profile))
        look_at_student(request.db, profile, form, by=request.viewer)
        return go(request, f"/students/{profile.id}")


def student_page(
    request: Request, profile: StudentProfile, *, until: datetime | None = None
) -> Response[str]:
    """All of a profile; to the student, who else reads it, and to a coach, what they share."""
    db, viewer = request.db, request.viewer
    is_mine = profile.id == viewer.id
    return show(
        request,
        SHOW,
        student=student_profiles.find(db, profile.id),
        readers=student_profiles.readers(db, profile.id) if is_mine else None,
        looks=student_profiles.looks(db, profile.id) if is_mine else [],
        shared=student_profiles.shared(db, profile.id, viewer.id),
        until=until,
    )


def look_page(request: Request, profile: StudentProfile, form: Bound[Any]) -> Response[str]:
    """Where staff say why they look. Nothing of the student is on it."""
    return show(request, LOOK, form=form, student_id=profile.id)
