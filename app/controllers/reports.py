"""Reports: a person tells staff of the other one in a thread; staff read what was told."""

from functools import partial

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_reports
from app.actions.reports import REPORTED_ALREADY, create_report
from app.clock import now
from app.controllers.report_decisions import report_page
from app.errors import NotFound, WrongState
from app.forms.form import Bound, blank
from app.forms.reports import ReportForm
from app.labels import choices
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.reports import Report, ReportReason, ReportStatus
from db.models.threads import Thread
from db.queries import report_facts, reports, threads

NEW = Page("reports/new", part="reports/form")
INDEX = Page("reports/index", part="reports/list")
LISTS = {"": ReportStatus.OPEN, "closed": ReportStatus.CLOSED}
THANKS = "We have your report, and a person will read it."


class Reporting(Controller):
    """From a thread's menu."""

    path = "/messages/{thread_id:str}/report"

    @get("/", allow=Permission.REPORT_PERSON, name="reports.new")
    def new(self, request: Request, thread_id: FromPath[str]) -> Response[str]:
        return new_page(request, request.allowed(Thread, thread_id), blank(ReportForm))

    @post("/", allow=Permission.REPORT_PERSON, name="reports.create")
    def create(self, request: Request, thread_id: FromPath[str]) -> Response[str]:
        thread = request.allowed(Thread, thread_id)
        form = request.filled(ReportForm, again=partial(new_page, request, thread))
        create_report(request.db, thread, form, by=request.viewer)
        return go(request, f"/messages/{thread.id}", say=THANKS)


class Reports(Controller):
    """What staff read; deciding is in report_decisions.py."""

    path = "/admin/reports"

    @get("/", allow=Permission.LIST_REPORTS, name="reports.index")
    def index(self, request: Request) -> Response[str]:
        chosen, visible = request.query("list"), visible_reports(request.viewer)
        if chosen not in LISTS:
            raise NotFound
        after = request.query("after")
        found = reports.lines(request.db, visible, LISTS[chosen], after=after)
        counts = {key: reports.count(request.db, visible, status) for key, status in LISTS.items()}
        return show(request, INDEX, found=found, counts=counts, chosen=chosen)

    @get("/{report_id:str}", allow=Permission.READ_REPORT, name="reports.show")
    def show(self, request: Request, report_id: FromPath[str]) -> Response[str]:
        return report_page(request, request.allowed(Report, report_id))


def new_page(request: Request, thread: Thread, form: Bound[ReportForm]) -> Response[str]:
    """The form, or that somebody reads what was reported before."""
    me = request.viewer.id
    waits = report_facts.is_open(request.db, thread.id, me)
    if waits and request.write:  # sent from a page that was opened before
        raise WrongState(REPORTED_ALREADY, to=f"/messages/{thread.id}")
    return show(
        request,
        NEW,
        thread=thread,
        other=threads.other(request.db, thread, thread.side_of(me), at=now()),
        waits=waits,
        reasons=choices(ReportReason),
        form=form,
    )
