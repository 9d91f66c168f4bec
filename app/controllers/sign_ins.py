"""Signing in and out."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.sign_ins import WRONG, begin_sign_in, end_sign_in
from app.errors import Refused
from app.forms.form import Bound, blank, clean_line
from app.forms.sign_ins import SignInForm
from app.passwords import DEMO_PASSWORD, NOBODY, hashed, is_outdated, matches
from app.web.request import Request
from app.web.respond import Page, go, is_ours, show
from app.web.routes import get, post
from app.web.sign_in import hashed as token_hash
from app.web.sign_in import no_session_cookie, session_cookie, token_of
from db.queries import accounts
from db.queries.accounts import Credentials

CAST = tuple(
    f"{name}@skileez.example"
    for name in (
        "sofia", "sam", "carla", "cole", "noor", "petra", "dora", "sid", "mina", "ada",
    )
)  # fmt: skip
NEW = Page("sign_ins/new", part="sign_ins/form")


class SignIns(Controller):
    """A sign-in is begun by a password, and ended by its browser."""

    @get("/sign-in", allow=Permission.SIGN_IN, name="sign_ins.new")
    def new(self, request: Request) -> Response[str]:
        after = request.query("next", limit=1000)
        if not request.viewer.is_guest:
            return go(request, destination(after))
        return sign_in_page(request, blank(SignInForm, {"next": after or None}))

    @post("/sign-in", allow=Permission.SIGN_IN, name="sign_ins.create", slow=True)
    def create(self, request: Request) -> Response[str]:
        form = request.filled(SignInForm, again=partial(sign_in_page, request))
        known, fresh_hash = compared(request, form)
        end_sign_in(request.db, token_hash(token_of(request.scope)))
        token = begin_sign_in(
            request.db,
            known,
            remember=form.remember,
            browser=clean_line(request.headers.get("User-Agent", ""))[:200],
            fresh_hash=fresh_hash,
        )
        response = go(request, destination(form.next))
        response.cookies.append(session_cookie(token, remember=form.remember))
        return response

    @post("/sign-out", allow=Permission.SIGN_OUT, name="sign_ins.destroy")
    def destroy(self, request: Request) -> Response[str]:
        end_sign_in(request.db, token_hash(token_of(request.scope)))
        response = go(request, "/")
        response.cookies.append(no_session_cookie())
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def compared(request: Request, form: SignInForm) -> tuple[Credentials, str]:
    """Whose password this is, and a new hash where theirs is outdated. Raises Refused.

    All of it happens before the request's own transaction begins, which nobody then waits for;
    an unknown address costs the same time as a known one.
    """
    with request.database.reading() as db:
        known = accounts.credentials(db, form.email)
    right = matches(known.password_hash if known else NOBODY, form.password)
    if known is None or not right:
        raise Refused("", WRONG)
    return known, hashed(form.password) if is_outdated(known.password_hash) else ""


def sign_in_page(request: Request, form: Bound[Any]) -> Response[str]:
    return show(
        request,
        NEW,
        form=form,
        welcome=request.query("welcome") == "1",
        cast=accounts.cast(request.db, CAST) if request.settings.demo else [],
        demo_password=DEMO_PASSWORD,
    )


def destination(after: str) -> str:
    """Where to go after signing in: an address of ours, or home."""
    return after if is_ours(after) else "/dashboard"
