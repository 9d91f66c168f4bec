"""Signing in and out, giving one's password again, and the list of one's browsers."""

from functools import partial
from typing import Any

import msgspec
from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.attempts import Try, forgive_tries, limits_on, reserve_try
from app.actions.devices import known_device, remember_device
from app.actions.sign_ins import NOT_YOURS, WRONG, begin_sign_in, destroy_sign_in, prove_sign_in
from app.errors import Refused, TooMany
from app.forms.form import Bound, blank, clean_line
from app.forms.sign_ins import ProofForm, SignInForm
from app.passwords import DEMO_PASSWORD, NOBODY, hashed, is_outdated, matches
from app.security_log import write
from app.web import networks
from app.web.request import Request
from app.web.respond import Page, go, is_ours, show
from app.web.routes import get, post
from app.web.sign_in import (
    DEVICE,
    device_cookie,
    is_planted,
    no_session_cookie,
    session_cookie,
    token_of,
)
from db.queries import accounts
from db.queries.accounts import Credentials

CAST = tuple(
    f"{name}@skileez.example"
    for name in (
        "sofia", "sam", "carla", "cole", "noor", "petra", "dora", "sid", "mina", "ada",
    )
)  # fmt: skip
NEW = Page("sign_ins/new", part="sign_ins/form")
AGAIN = Page("sign_ins/again", part="sign_ins/proof")


class Compared(msgspec.Struct, frozen=True):
    """A password that was right: whose, and a new hash where theirs is outdated."""

    known: Credentials
    tried: Try
    fresh_hash: str


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
        right = compared(request, form.email, form.password)
        destroy_sign_in(request.db, request.token)
        token = begin_sign_in(
            request.db, right.known, remember=form.remember, browser=browser_of(request),
            place=networks.place(request.scope), fresh_hash=right.fresh_hash,
        )  # fmt: skip
        forgive_tries(request.db, right.tried)
        device = remember_device(request.db, right.known.id, token_of(request.scope, DEVICE))
        response = go(request, destination(form.next))
        response.cookies.append(session_cookie(token, remember=form.remember))
        response.cookies.append(device_cookie(device))
        return response

    @get("/sign-in/again", allow=Permission.PROVE_PASSWORD, name="sign_ins.prove_form")
    def prove_form(self, request: Request) -> Response[str]:
        after = request.query("next", limit=1000)
        return proof_page(request, blank(ProofForm, {"next": after or None}))

    @post("/sign-in/again", allow=Permission.PROVE_PASSWORD, name="sign_ins.prove", slow=True)
    def prove(self, request: Request) -> Response[str]:
        form = request.filled(ProofForm, again=partial(proof_page, request))
        right = compared(request, request.viewer.email, form.password, wrong=NOT_YOURS)
        token, remember = prove_sign_in(
            request.db, right.known, by=request.viewer, fresh_hash=right.fresh_hash
        )
        forgive_tries(request.db, right.tried)
        response = go(request, destination(form.next))
        response.cookies.append(session_cookie(token, remember=remember))
        return response

    @post("/sign-out", allow=Permission.SIGN_OUT, name="sign_ins.destroy")
    def destroy(self, request: Request) -> Response[str]:
        destroy_sign_in(request.db, request.token)
        response = go(request, "/")
        response.cookies.append(no_session_cookie())
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def compared(
    request: Request, email: str, password: str, *, wrong: tuple[str, str] = ("", WRONG)
) -> Compared:
    """The password of this address, if it is right. Raises Refused, or TooMany without comparing.

    All of it happens before the request's own transaction begins, which nobody then waits for;
    an unknown address costs the same time as a known one.
    """
    with request.database.reading() as db:
        known = accounts.credentials(db, email)
        device = known_device(db, token_of(request.scope, DEVICE))
    if is_planted(request.scope, DEVICE):
        write("cookie.refused", request.origin)
    whose = known.id if known else None
    is_theirs = device is not None and device.account_id == whose
    limits = limits_on(
        email,
        address=networks.counted(request.scope),
        device_id=device.id if device and is_theirs else None,
    )
    try:
        # The one deed with a transaction of its own: a try must be counted, and stay counted,
        # before its password is compared, or a burst sent at once would be compared whole.
        with request.database.writing() as db:
            tried = reserve_try(db, email, limits)
    except TooMany:
        write("attempts.limited", request.origin, account=whose)
        raise
    right = matches(known.password_hash if known else NOBODY, password)
    if known is None or not right:
        write("sign_in.refused", request.origin, account=whose, why="wrong")
        raise Refused(*wrong)
    return Compared(known, tried, hashed(password) if is_outdated(known.password_hash) else "")


def browser_of(request: Request) -> str:
    """What the browser calls itself, to be told in words later."""
    return clean_line(request.headers.get("User-Agent", ""))[:200]


def sign_in_page(request: Request, form: Bound[Any]) -> Response[str]:
    return show(
        request,
        NEW,
        form=form,
        welcome=request.query("welcome") == "1",
        cast=accounts.cast(request.db, CAST) if request.settings.demo else [],
        demo_password=DEMO_PASSWORD,
    )


def proof_page(request: Request, form: Bound[Any]) -> Response[str]:
    return show(request, AGAIN, form=form)


def destination(after: str) -> str:
    """Where to go after signing in: an address of ours, or home."""
    return after if is_ours(after) else "/dashboard"
