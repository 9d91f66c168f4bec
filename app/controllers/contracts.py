"""Contracts: what two people agreed on, the list of one's own, and what is done to one."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.contract_endings import end_contract, pause_contract
from app.actions.contracts import resume_contract
from app.clock import now
from app.controllers.contract_parts import parts
from app.errors import NotFound
from app.forms.contracts import EndForm
from app.forms.form import Bound
from app.sides import side_named
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.contracts import Contract
from db.queries import contract_lists

INDEX = Page("contracts/index", part="contracts/list")
SHOW = Page("contracts/show", part="contracts/history")
END = Page("contracts/show", part="contracts/end")


class Contracts(Controller):
    """Lists follow the role view; a contract opens from whichever side."""

    path = "/contracts"

    @get("/", allow=Permission.LIST_CONTRACTS, name="contracts.index")
    def index(self, request: Request) -> Response[str]:
        side = side_named(request.query("side"), request.viewer.role_view)
        is_over = over_named(request.query("show"))
        db, me, after = request.db, request.viewer.id, request.query("after")
        found = contract_lists.lines(db, me, side, at=now(), is_over=is_over, after=after)
        return show(request, INDEX, found=found, side=side, is_over=is_over)

    @get("/{contract_id:str}", allow=Permission.VIEW_CONTRACT, name="contracts.show")
    def show(self, request: Request, contract_id: FromPath[str]) -> Response[str]:
        contract = request.allowed(Contract, contract_id)
        return show(request, SHOW, **parts(request, contract))

    @post("/{contract_id:str}/pause", allow=Permission.PAUSE_CONTRACT, name="contracts.pause")
    def pause(self, request: Request, contract_id: FromPath[str]) -> Response[str]:
        contract = request.allowed(Contract, contract_id)
        pause_contract(request.db, contract, by=request.viewer)
        return changed(request, contract, "The contract is paused. You can resume it any time.")

    @post("/{contract_id:str}/resume", allow=Permission.RESUME_CONTRACT, name="contracts.resume")
    def resume(self, request: Request, contract_id: FromPath[str]) -> Response[str]:
        contract = request.allowed(Contract, contract_id)
        resume_contract(request.db, contract, by=request.viewer)
        return changed(request, contract, "The contract goes on.")

    @post("/{contract_id:str}/end", allow=Permission.END_CONTRACT, name="contracts.end")
    def end(self, request: Request, contract_id: FromPath[str]) -> Response[str]:
        contract = request.allowed(Contract, contract_id)
        form = request.filled(EndForm, again=partial(end_page, request, contract))
        end_contract(request.db, contract, form, by=request.viewer)
        return changed(request, contract, "The contract has ended.")


def end_page(request: Request, contract: Contract, form: Bound[EndForm]) -> Response[str]:
    """The same page, where one is asked again why it should end."""
    return show(request, END, **parts(request, contract, form))


def changed(request: Request, contract: Contract, say: str) -> Response[str]:
    """Its page anew: every part of it may have changed."""
    return go(request, f"/contracts/{contract.id}", say=say, in_place=True)


def over_named(word: str) -> bool:
    """Whether those are asked for that are over."""
    if word not in ("", "over"):
        raise NotFound
    return bool(word)
