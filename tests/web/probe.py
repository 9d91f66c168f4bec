"""A few routes of no use to people, to see what the kernel does with what a handler does."""

from typing import Annotated, Any

from jinja2 import TemplateNotFound
from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.bookmarks import bookmark_request
from app.actions.pictures import store_picture
from app.errors import Busy, Malformed, NotAllowed, NotFound, Refused, TooMany, WrongState
from app.forms.fields import Line
from app.forms.form import Bound, Form, length
from app.web.request import Request
from app.web.respond import done, go
from app.web.routes import get, post
from db.models.accounts import Account
from db.models.bookmarks import Bookmark
from db.models.learning_requests import LearningRequest
from db.models.pictures import PictureKind

TROUBLES: dict[str, Exception] = {
    "not-allowed": NotAllowed("Not on Sundays."),
    "wrong-state": WrongState("Somebody was quicker.", to="/dashboard"),
    "too-many": TooMany("Come back in a minute.", seconds=60),
    "malformed": Malformed("This form has lost its key."),
    "not-found": NotFound(),
    "busy": Busy(),
    "disk-full": OSError(28, "a secret detail"),
    "bug": ZeroDivisionError("a secret detail"),
    "lost-template": TemplateNotFound("a secret detail"),
}


class NameForm(Form):
    name: Annotated[Line, length(2, 20)]


def rename(request: Request, name: str) -> None:
    account = request.db.get(Account, request.viewer.id)
    assert account is not None
    account.first_name = name


class Probe(Controller):
    path = "/probe"

    @post("/rename", allow=Permission.SWITCH_ROLE, name="probe.rename")
    def rename(self, request: Request) -> Response[Any]:
        name = request.filled(NameForm, again=typed_again).name
        rename(request, name)
        return go(request, "/probe/done", say=f"You are {name}.")

    @post("/grow", allow=Permission.SWITCH_ROLE, name="probe.grow")
    def grow(self, request: Request) -> Response[Any]:
        account = request.db.get(Account, request.viewer.id)
        assert account is not None
        account.last_name += "!"
        return go(request, f"/probe/done/{len(account.last_name)}", say="One longer.")

    @post("/rename-wrongly", allow=Permission.SWITCH_ROLE, name="probe.rename_wrongly")
    def rename_wrongly(self, request: Request) -> Response[Any]:
        rename(request, "Nobody")
        return Response("", status_code=422)

    @post("/trouble/{kind:str}", allow=Permission.SWITCH_ROLE, name="probe.trouble")
    def trouble(self, request: Request, kind: FromPath[str]) -> Response[Any]:
        rename(request, "Nobody")
        request.db.flush()
        raise TROUBLES[kind]

    @get("/trouble/{kind:str}", allow=Permission.VIEW_DASHBOARD, name="probe.look_for_trouble")
    def look_for_trouble(self, request: Request, kind: FromPath[str]) -> Response[Any]:
        raise TROUBLES[kind]

    @get("/hello", allow=Permission.VIEW_DASHBOARD, name="probe.hello")
    def hello(self, request: Request) -> Response[Any]:
        return Response(f"Hello, {request.viewer.first_name}.")

    @post("/form", allow=Permission.SWITCH_ROLE, name="probe.form")
    def form(self, request: Request) -> Response[Any]:
        form = request.filled(NameForm, again=typed_again)
        rename(request, form.name)
        request.db.add(Bookmark(coach_id=0, request_id=0))  # refers to nobody, and has no date
        raise Refused("name", "That name is taken.")

    @post("/picture", allow=Permission.SWITCH_ROLE, name="probe.picture", uploads=True)
    def picture(self, request: Request) -> Response[Any]:
        form = request.filled(NameForm, again=typed_again)
        rename(request, form.name)
        for sent in request.files.values():
            store_picture(request.db, request.viewer.id, PictureKind.COACH, sent)
        return go(request, "/probe/done")

    @post("/unasked/{key:str}", allow=Permission.BOOKMARK_REQUEST, name="probe.unasked")
    def unasked(self, request: Request, key: FromPath[str]) -> Response[Any]:
        rename(request, "Nobody")
        return go(request, "/probe/done")

    @post("/mark/{key:str}", allow=Permission.BOOKMARK_REQUEST, name="probe.mark")
    def mark(self, request: Request, key: FromPath[str]) -> Response[Any]:
        wanted = request.allowed(LearningRequest, key)
        bookmark_request(request.db, wanted, by=request.viewer)
        fragment = "bookmarks/button"
        return done(
            request, fragment, to="/probe/done", say="Marked.", wanted=wanted, is_marked=True
        )

    @get("/read", allow=Permission.VIEW_DASHBOARD, name="probe.read")
    def read(self, request: Request) -> Response[Any]:
        rename(request, "Nobody")
        request.db.flush()
        return go(request, "/probe/done")

    @get("/later", allow=Permission.VIEW_DASHBOARD, name="probe.later")
    def later(self, request: Request) -> Response[Any]:
        request.afterwards(rename_later, request.viewer.id, "Later")
        return go(request, "/probe/done")

    @get("/later-but-wrong", allow=Permission.VIEW_DASHBOARD, name="probe.later_but_wrong")
    def later_but_wrong(self, request: Request) -> Response[Any]:
        request.afterwards(rename_later, request.viewer.id, "Later")
        raise NotAllowed("Not today.")


def typed_again(form: Bound[NameForm]) -> Response[Any]:
    said = f"{form.value('name')}: {form.error('name')} {form.error('picture')}"
    return Response(f"<p>{said}</p>", media_type="text/html")


def rename_later(db: Any, account_id: int, name: str) -> None:
    account = db.get(Account, account_id)
    account.first_name = name
