"""Signing up, and the side one looks from."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.accounts import create_account, switch_role
from app.controllers.dashboards import home_page
from app.forms.accounts import RoleForm, SignUpForm
from app.forms.form import Bound, blank
from app.passwords import hashed
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.accounts import Side
from db.models.profiles import CoachStatus
from db.queries import student_profiles, viewers

NEW = Page("accounts/new", part="accounts/sign_up")


class Accounts(Controller):
    """Whoever has signed in needs no account; they are led home."""

    @get("/sign-up", allow=Permission.SIGN_UP, name="accounts.new")
    def new(self, request: Request) -> Response[str]:
        if not request.viewer.is_guest:
            return go(request, "/dashboard")
        return sign_up_page(request, blank(SignUpForm))

    @post("/sign-up", allow=Permission.SIGN_UP, name="accounts.create", slow=True)
    def create(self, request: Request) -> Response[str]:
        form = request.filled(SignUpForm, again=partial(sign_up_page, request))
        # Before the transaction begins, and for every address: the time must not tell them apart.
        password_hash = hashed(form.password)
        if not request.viewer.is_guest:
            return go(request, "/dashboard")
        create_account(request.db, form, password_hash)
        return go(request, "/sign-in?welcome=1")

    @post("/role", allow=Permission.SWITCH_ROLE, name="accounts.switch_role")
    def switch_role(self, request: Request) -> Response[str]:
        again = partial(home_page, request, request.viewer.role_view)
        form = request.filled(RoleForm, again=lambda _: again())
        switch_role(request.db, form.role, by=request.viewer)
        return go(request, unfinished(request, form.role) or "/dashboard")


def unfinished(request: Request, side: Side) -> str:
    """Where somebody goes on who has not told us yet what this side is about; "" when they have."""
    request.db.flush()
    person = viewers.of_account(request.db, request.viewer.id)
    if side is Side.COACH:
        return "/become-a-coach" if person.coach_status is CoachStatus.DRAFT else ""
    told = person.country or student_profiles.languages(request.db, person.id)
    return "" if told else "/welcome"


def sign_up_page(request: Request, form: Bound[Any]) -> Response[str]:
    return show(request, NEW, form=form)
