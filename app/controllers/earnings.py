"""What somebody earned or spent: by month, by contract, and what is still to be settled."""

from functools import partial

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.clock import now
from app.earnings import MEDIA_TYPE, csv_of
from app.errors import NotFound
from app.sides import side_named
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.models.accounts import Side
from db.queries import earning_lines, earnings, payments

INDEX = Page("earnings/index", part="earnings/lists")
KEPT_BY_NOBODY = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class Earnings(Controller):
    """Both follow the role view, and open from the other side by their address."""

    @get("/earnings", allow=Permission.VIEW_EARNINGS, name="earnings.index")
    def index(self, request: Request) -> Response[str]:
        db, viewer, at = request.db, request.viewer, now()
        side = side_named(request.query("side"), viewer.role_view)
        settling, after = settling_named(request.query("list")), request.query("after")
        list_of = payments.waiting if settling else partial(earning_lines.by_contract, at=at)
        return show(
            request,
            INDEX,
            side=side,
            sums=earnings.summary(db, viewer.id, side, at=at, zone=viewer.time_zone),
            settling=settling,
            found=list_of(db, viewer.id, side, after=after),
            waiting=payments.waiting_count(db, viewer.id, side),
        )

    @get("/earnings.csv", allow=Permission.VIEW_EARNINGS, name="earnings.download")
    def download(self, request: Request) -> Response[bytes]:
        viewer = request.viewer
        side = side_named(request.query("side"), viewer.role_view)
        postings = earning_lines.postings(request.db, viewer.id, side)
        name = "earnings" if side is Side.COACH else "spending"
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        body = csv_of(postings, side, viewer.time_zone)
        return Response(body, media_type=MEDIA_TYPE, headers=KEPT_BY_NOBODY | headers)


def settling_named(word: str) -> bool:
    """Whether the list of what is to be settled is asked for. Raises NotFound for nonsense."""
    if word not in ("", "payments"):
        raise NotFound
    return bool(word)
