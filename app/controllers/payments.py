"""Payments: what each of the two says of one. Nothing moves here; they settle outside."""

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.actions.payments import mark_payment_paid, mark_payment_received
from app.web.pages import came_from
from app.web.request import Request
from app.web.respond import go
from app.web.routes import post
from db.models.payments import Payment


class Payments(Controller):
    """On the page of the contract, and in the list of what is to be settled."""

    path = "/payments/{payment_id:str}"

    @post("/paid", allow=Permission.MARK_PAID, name="payments.mark_paid")
    def mark_paid(self, request: Request, payment_id: FromPath[str]) -> Response[str]:
        payment = request.allowed(Payment, payment_id)
        mark_payment_paid(request.db, payment, by=request.viewer)
        return marked(request, payment, "Marked as paid. Your coach can see it.")

    @post("/received", allow=Permission.MARK_RECEIVED, name="payments.mark_received")
    def mark_received(self, request: Request, payment_id: FromPath[str]) -> Response[str]:
        payment = request.allowed(Payment, payment_id)
        mark_payment_received(request.db, payment, by=request.viewer)
        return marked(request, payment, "Marked as received. Your student can see it.")


def marked(request: Request, payment: Payment, say: str) -> Response[str]:
    """The page it was marked on: its sums have changed, too."""
    to = came_from(request, otherwise=f"/contracts/{payment.contract_id}")
    return go(request, to, say=say, in_place=True)
