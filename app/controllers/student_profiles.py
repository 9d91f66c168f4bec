"""Students' profiles: for those whom matrix B names, and changed part by part by the student."""

from collections.abc import Callable
from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import LOOK_HOLDS, visible_students
from app.actions.student_profiles import (
    look_at_student,
    save_about,
    save_goal,
    save_picture,
    save_place,
)
from app.clock import now
from app.controllers.reviews import about_student
from app.errors import NotFound
from app.forms.form import Bound, blank
from app.forms.student_profiles import PARTS, LookForm, Part, next_step
from app.forms.versions import is_older, version_of
from app.web.keeping import FORGET
from app.web.request import Request
from app.web.respond import Page, done, go, show
from app.web.routes import get, post
from db.models.profiles import StudentProfile
from db.queries import accounts, student_profiles
from db.queries.student_profiles import StudentPage

SHOW = Page("student_profiles/show", part="reviews/of_student")
LOOK = Page("student_profiles/look", part="student_profiles/look")
MINE = Page("student_profiles/mine", part="student_profiles/part")
SAVE: dict[str, Callable[..., None]] = {"about": save_about, "goal": save_goal, "place": save_place}


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
        return look_page(request, profile, blank(LookForm))

    @post("/look", allow=Permission.LOOK_AT_STUDENT, name="student_profiles.look_at")
    def look_at(self, request: Request, student_id: FromPath[str]) -> Response[str]:
        profile = request.allowed(StudentProfile, student_id)
        form = request.filled(LookForm, again=partial(look_page, request, profile))
        look_at_student(request.db, profile, form, by=request.viewer)
        return go(request, f"/students/{profile.id}")


class StudentProfiles(Controller):
    """One's own profile: what is there, and each part of it changed in place."""

    path = "/profile/student"

    @get("/", allow=Permission.EDIT_STUDENT_PROFILE, name="student_profiles.mine")
    def mine(self, request: Request) -> Response[str]:
        student = student_profiles.find(request.db, request.viewer.id)
        wanted = request.query("part") or "about"
        return profile_page(request, student, part_named(wanted), None)

    @get("/{part:str}", allow=Permission.EDIT_STUDENT_PROFILE, name="student_profiles.edit")
    def edit(self, request: Request, part: FromPath[str]) -> Response[str]:
        opened = part_named(part)
        if opened.is_list:
            return go(request, "/profile/languages")
        student = student_profiles.find(request.db, request.viewer.id)
        return profile_page(request, student, opened, as_stored(opened, student))

    @post(
        "/{part:str}",
        allow=Permission.EDIT_STUDENT_PROFILE,
        name="student_profiles.update",
        uploads=True,
    )
    def update(self, request: Request, part: FromPath[str]) -> Response[str]:
        opened = part_named(part)
        if opened.is_list:
            raise NotFound
        student = held(request, opened)
        again = partial(profile_page, request, student, opened)
        form: Any = request.filled(opened.form, again=again)
        stored = opened.stored(student)
        if is_older(form.version, stored):
            mine = blank(opened.form, {**request.posted, "version": version_of(stored)})
            return profile_page(request, student, opened, mine, status=409)
        save_part(request, opened, form)
        return saved(request, opened)


def student_page(request: Request, profile: StudentProfile) -> Response[str]:
    """All of a profile; to the student, who else reads it, and to a coach, what they share."""
    db, viewer = request.db, request.viewer
    is_mine = profile.id == viewer.id
    shared = student_profiles.shared(db, profile.id, viewer.id)
    known = is_mine or shared
    looked_at = None if known else student_profiles.looked_at(db, viewer.id, profile.id)
    response = show(
        request,
        SHOW,
        student=student_profiles.find(db, profile.id),
        readers=student_profiles.readers(db, profile.id, at=now()) if is_mine else None,
        looks=student_profiles.looks(db, profile.id) if is_mine else [],
        shared=shared,
        until=looked_at + LOOK_HOLDS if looked_at else None,
        **about_student(request, profile.id),
    )
    if looked_at:
        response.headers |= FORGET
    return response


def look_page(request: Request, profile: StudentProfile, form: Bound[Any]) -> Response[str]:
    """Where staff say why they look. Nothing of the student is on it."""
    return show(request, LOOK, form=form, student_id=profile.id)


def part_named(name: str) -> Part:
    """The part of this name. Raises NotFound."""
    if name not in PARTS:
        raise NotFound
    return PARTS[name]


def held(request: Request, part: Part) -> StudentPage:
    """What is stored, which nobody else changes until this request is answered."""
    student_id = request.viewer.id
    if request.write:  # a form that is only shown again holds nobody up
        if part.name == "place":
            accounts.locked(request.db, student_id)  # first, as all do who hold both
        student_profiles.held(request.db, student_id)
    return student_profiles.find(request.db, student_id)


def as_stored(part: Part, student: StudentPage) -> Bound[Any]:
    """The form of a part as it is stored."""
    stored = part.stored(student)
    return blank(part.form, stored | {"version": version_of(stored)})


def profile_page(
    request: Request,
    student: StudentPage,
    part: Part,
    form: Bound[Any] | None,
    *,
    status: int = 200,
) -> Response[str]:
    """All parts, of which the one with a form is open; htmx gets that part alone."""
    return show(
        request,
        MINE,
        status=status,
        student=student,
        parts=list(PARTS.values()),
        part=part,
        form=form,
        newer=status == 409,
        advice=next_step(student),
    )


def save_part(request: Request, part: Part, form: Any) -> None:
    """Store a part as it was filled in, or the picture that came with it."""
    if part.name == "picture":
        upload = request.files.get("picture")
        save_picture(request.db, upload, form, by=request.viewer)
    else:
        SAVE[part.name](request.db, form, by=request.viewer)
    request.db.flush()


def saved(request: Request, part: Part) -> Response[str]:
    """The part as it is stored now, and how much of the profile is there."""
    request.db.expire_all()
    student = student_profiles.find(request.db, request.viewer.id)
    return done(
        request, "student_profiles/saved.swaps", to=f"/profile/student#part-{part.name}",
        say=f"Saved: {part.title.lower()}.", student=student, part=part, form=None, newer=False,
        advice=next_step(student),
    )  # fmt: skip
