"""What staff decide about somebody who was reported, and the page on which they do."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import visible_reports
from app.actions.reports import (
    dismiss_report,
    hide_messages,
    note_look,
    restore_reported,
    suspend_for,
    warn_about,
)
from app.forms.form import Bound, blank
from app.forms.reports import HideForm, ReasonForm
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import post
from db.models.reports import Report
from db.queries import report_facts, reports

SHOW = Page("reports/show", part="reports/decision")
ALL = "/admin/reports"


class ReportDecisions(Controller):
    """Once for each report; a suspension can be lifted afterwards."""

    path = "/admin/reports/{report_id:str}"

    @post("/warn", allow=Permission.WARN_ABOUT_REPORT, name="report_decisions.warn")
    def warn(self, request: Request, report_id: FromPath[str]) -> Response[str]:
        report = request.allowed(Report, report_id)
        warn_about(request.db, report, reason(request, report, "warn"), by=request.viewer)
        return decided(request, report, "is warned")

    @post("/hide", allow=Permission.HIDE_REPORTED, name="report_decisions.hide")
    def hide(self, request: Request, report_id: FromPath[str]) -> Response[str]:
        report = request.allowed(Report, report_id)
        form = request.filled(HideForm, partial(page_with, request, report, "hide"))
        hide_messages(request.db, report, form, by=request.viewer)
        return decided(request, report, "cannot be read there any more")

    @post("/suspend", allow=Permission.SUSPEND_REPORTED, name="report_decisions.suspend")
    def suspend(self, request: Request, report_id: FromPath[str]) -> Response[str]:
        report = request.allowed(Report, report_id)
        suspend_for(request.db, report, reason(request, report, "suspend"), by=request.viewer)
        return decided(request, report, "is suspended")

    @post("/dismiss", allow=Permission.DISMISS_REPORT, name="report_decisions.dismiss")
    def dismiss(self, request: Request, report_id: FromPath[str]) -> Response[str]:
        report = request.allowed(Report, report_id)
        dismiss_report(request.db, report, by=request.viewer)
        return go(request, ALL, say="The report is closed. Nobody is told.", in_place=True)

    @post("/restore", allow=Permission.RESTORE_REPORTED, name="report_decisions.restore")
    def restore(self, request: Request, report_id: FromPath[str]) -> Response[str]:
        report = request.allowed(Report, report_id)
        restore_reported(request.db, report, reason(request, report, "restore"), by=request.viewer)
        return decided(request, report, "can sign in again", to=f"{ALL}/{report.id}")


def reason(request: Request, report: Report, name: str) -> ReasonForm:
    """What the person will read, by the one of the page's forms that was sent."""
    return request.filled(ReasonForm, partial(page_with, request, report, name))


def decided(request: Request, report: Report, what: str, *, to: str = ALL) -> Response[str]:
    """On to the next one, with a sentence about what was done."""
    say = f"{report.reported.name} {what}. We have written a mail."
    return go(request, to, say=say, in_place=True)


def page_with(request: Request, report: Report, name: str, form: Bound[Any]) -> Response[str]:
    """The page with one of its forms as it was sent."""
    return report_page(request, report, {name: form})


def report_page(
    request: Request, report: Report, sent: dict[str, Bound[Any]] | None = None
) -> Response[str]:
    """A report with what it holds; that it was read is written down."""
    db, viewer, visible = request.db, request.viewer, visible_reports(request.viewer)
    if not request.write:
        request.afterwards(note_look, report.id, viewer)
    # A form that comes back shows no more than its sender has looked at.
    has_read = not request.write or report_facts.was_looked_at(db, report.id, viewer.id)
    forms = {name: blank(ReasonForm) for name in ("warn", "suspend", "restore")}
    return show(
        request,
        SHOW,
        report=reports.find(db, report.id),
        thing=report,
        said=reports.said(db, report.id) if has_read else [],
        hidden=reports.hidden_numbers(db, report.thread_id),
        earlier=reports.earlier(db, visible, report.reported_id, but=report.id),
        forms={**forms, "hide": blank(HideForm), **(sent or {})},
        sent=sent or {},
    )
