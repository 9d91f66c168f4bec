"""Student onboarding: one page, four things, two doors."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.student_onboarding import welcome_student
from app.forms.form import Bound, blank
from app.forms.learning_requests import OFFERED
from app.forms.student_onboarding import ROWS, WelcomeForm, guessed, missing_parts, rows_of, told
from app.forms.versions import is_older, version_of
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.queries import student_profiles
from db.queries.student_profiles import StudentPage

SHOW = Page("student_onboarding/show", part="student_onboarding/form")
DOORS = {"post_request": "/requests/new", "find_coach": "/coaches"}


class StudentOnboarding(Controller):
    """Where a student is, what they speak, and what they would like to learn."""

    path = "/welcome"

    @get("/", allow=Permission.EDIT_STUDENT_PROFILE, name="student_onboarding.show")
    def show(self, request: Request) -> Response[str]:
        student = student_profiles.find(request.db, request.viewer.id)
        stored = told(student)
        values = guessed(stored, student.country) | {"version": version_of(stored)}
        return welcome_page(request, student, blank(WelcomeForm, values))

    @post("/", allow=Permission.EDIT_STUDENT_PROFILE, name="student_onboarding.update")
    def update(self, request: Request) -> Response[str]:
        student = student_profiles.find(request.db, request.viewer.id)
        again = partial(welcome_page, request, student)
        form = request.filled(WelcomeForm, again=again, language=ROWS, level=ROWS)
        stored = told(student)
        if is_older(form.version, stored):
            mine = blank(WelcomeForm, {**request.posted, "version": version_of(stored)})
            return welcome_page(request, student, mine, status=409)
        welcome_student(request.db, form, by=request.viewer)
        return go(request, DOORS[form.action], say="Saved.", in_place=True)


def welcome_page(
    request: Request, student: StudentPage, form: Bound[Any], *, status: int = 200
) -> Response[str]:
    """The page; with status 409, what is stored now stands above what was typed."""
    return show(
        request,
        SHOW,
        status=status,
        form=form,
        rows=rows_of(form.raw),
        offered=OFFERED,
        newer=student if status == 409 else None,
    )


def missing_of(request: Request) -> tuple[str, ...]:
    """What this student has not said yet of what a request cannot do without."""
    viewer = request.viewer
    speaks = student_profiles.languages(request.db, viewer.id)
    return missing_parts(viewer.country, viewer.time_zone, speaks)
