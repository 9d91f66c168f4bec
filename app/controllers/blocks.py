"""Blocking the other person of a thread, and taking it back: both show the thread again."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.blocks import create_block, destroy_block
from app.web.request import Request
from app.web.respond import go
from app.web.routes import post
from db.models.threads import Thread


class Blocks(Controller):
    """From the menu of a thread, and from the sentence in place of its composer."""

    path = "/messages/{thread_id:str}"

    @post("/block", allow=Permission.BLOCK_PERSON, name="blocks.create")
    def create(self, request: Request, thread_id: FromPath[str]) -> Response[str]:
        thread = request.allowed(Thread, thread_id)
        create_block(request.db, thread, by=request.viewer)
        say = "Blocked. Neither of you can write to the other any more."
        return go(request, f"/messages/{thread.id}", say=say, in_place=True)

    @post("/unblock", allow=Permission.UNBLOCK_PERSON, name="blocks.destroy")
    def destroy(self, request: Request, thread_id: FromPath[str]) -> Response[str]:
        thread = request.allowed(Thread, thread_id)
        destroy_block(request.db, thread, by=request.viewer)
        return go(request, f"/messages/{thread.id}", say="Unblocked.", in_place=True)
