"""Signing in and out, giving one's password again, and the list of one's browsers."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.attempts import forgive_tries
from app.actions.devices import remember_device
from app.actions.sign_ins import (
    NOT_YOURS,
    begin_sign_in,
    destroy_sign_in,
    end_other_sign_ins,
    end_sign_in,
    prove_sign_in,
)
from app.clock import now
from app.controllers.attempts import compared
from app.forms.form import Bound, blank, clean_line
from app.forms.sign_ins import ProofForm, SignInForm
from app.passwords import DEMO_PASSWORD
from app.web import networks
from app.web.pages import leads_to_a_page
from app.web.request import Request
from app.web.respond import Page, done, go, show
from app.web.routes import get, post
from app.web.sign_in import (
    DEVICE,
    device_cookie,
    no_session_cookie,
    session_cookie,
    token_of,
)
from db.models.accounts import Side
from db.models.sign_ins import SignIn
from db.queries import accounts, devices, sign_ins, student_profiles, viewers

CAST = tuple(
    f"{name}@skileez.example"
    for name in (
        "sofia", "sam", "carla", "cole", "noor", "petra", "dora", "sid", "mina", "ada",
    )
)  # fmt: skip
NEW = Page("sign_ins/new", part="sign_ins/form")
AGAIN = Page("sign_ins/again", part="sign_ins/proof")
INDEX = Page("sign_ins/index", part="sign_ins/list")


class SignIns(Controller):
    """A sign-in is begun by a password, and ended by its browser."""

    @get("/sign-in", allow=Permission.SIGN_IN, name="sign_ins.new")
    def new(self, request: Request) -> Response[str]:
        after = request.query("next", limit=1000)
        if not request.viewer.is_guest:
            return go(request, destination(request, after))
        return sign_in_page(request, blank(SignInForm, {"next": after or None}))

    @post("/sign-in", allow=Permission.SIGN_IN, name="sign_ins.create", slow=True)
    def create(self, request: Request) -> Response[str]:
        form = request.filled(SignInForm, again=partial(sign_in_page, request))
        right = compared(request, form.email, form.password)
        token = begin_sign_in(
            request.db, right.known, remember=form.remember, browser=browser_of(request),
            place=networks.place(request.scope), fresh_hash=right.fresh_hash,
        )  # fmt: skip
        destroy_sign_in(request.db, request.token)  # after the account is held, as everywhere
        forgive_tries(request.db, right.tried)
        device = remember_device(request.db, right.known.id, token_of(request.scope, DEVICE))
        after = form.next or first_page(request, right.known.id)
        response = go(request, destination(request, after))
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
        response = go(request, destination(request, form.next))
        response.cookies.append(session_cookie(token, remember=remember))
        return response

    @post("/sign-out", allow=Permission.SIGN_OUT, name="sign_ins.destroy")
    def destroy(self, request: Request) -> Response[str]:
        destroy_sign_in(request.db, request.token)
        return signed_out(request)


class SignInList(Controller):
    """The browsers one is signed in with."""

    path = "/settings/sign-ins"

    @get("/", allow=Permission.LIST_SIGN_INS, name="sign_ins.index")
    def index(self, request: Request) -> Response[str]:
        return show(request, INDEX, found=sign_ins.lines(request.db, request.viewer, at=now()))

    @post("/{sign_in_id:str}/end", allow=Permission.END_SIGN_IN, name="sign_ins.end")
    def end(self, request: Request, sign_in_id: FromPath[str]) -> Response[str]:
        sign_in = request.allowed(SignIn, sign_in_id)
        end_sign_in(request.db, sign_in, by=request.viewer)
        if sign_in.id == request.viewer.sign_in_id:
            return signed_out(request)
        return still_signed_in(request, "That browser is signed out.")

    @post("/end-others", allow=Permission.END_OTHER_SIGN_INS, name="sign_ins.end_others")
    def end_others(self, request: Request) -> Response[str]:
        end_other_sign_ins(request.db, by=request.viewer)
        return still_signed_in(request, "You are signed out everywhere else.")


def signed_out(request: Request) -> Response[str]:
    """The way out, with nothing left that the back button could show."""
    response = go(request, "/")
    response.cookies.append(no_session_cookie())
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def still_signed_in(request: Request, say: str) -> Response[str]:
    request.db.flush()
    found = sign_ins.lines(request.db, request.viewer, at=now())
    return done(request, "sign_ins/list", to="/settings/sign-ins", say=say, found=found)


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


def destination(request: Request, after: str) -> str:
    """Where to go after signing in: a page of ours, or home."""
    return after if leads_to_a_page(request, after) else "/dashboard"


def first_page(request: Request, account_id: int) -> str:
    """Where somebody who just joined to learn is asked first; "" for everybody else."""
    person = viewers.of_account(request.db, account_id)
    learns = person.is_student and person.role_view is Side.STUDENT
    if not learns or person.country or not devices.is_first_sign_in(request.db, account_id):
        return ""
    return "" if student_profiles.languages(request.db, account_id) else "/welcome"
