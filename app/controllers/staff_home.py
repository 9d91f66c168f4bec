"""What waits for the people who look after Skileez, on one page."""

from litestar import Controller
from litestar.response import Response

from app.access.contract_scopes import reported_sessions
from app.access.permissions import Permission
from app.access.scopes import visible_coaches, visible_mail, visible_reports
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.models.reports import ReportStatus
from db.queries import (
    coach_approval_lines,
    outgoing_mail,
    reports,
    session_outcomes,
    skill_merges,
)

SHOW = Page("staff_home/show")


class StaffHome(Controller):
    """One line for each thing that waits, and the way there."""

    @get("/admin", allow=Permission.VIEW_STAFF_HOME, name="staff_home.show")
    def show(self, request: Request) -> Response[str]:
        coaches, reported = visible_coaches(request.viewer), visible_reports(request.viewer)
        disputed = reported_sessions(request.viewer)
        return show(
            request,
            SHOW,
            sessions=session_outcomes.waiting_count(request.db, disputed),
            sessions_since=session_outcomes.waiting_since(request.db, disputed),
            waiting=coach_approval_lines.waiting_count(request.db, coaches),
            since=coach_approval_lines.waiting_since(request.db, coaches),
            changed=coach_approval_lines.changed_count(request.db, coaches),
            reports=reports.count(request.db, reported, ReportStatus.OPEN),
            reported_since=reports.waiting_since(request.db, reported),
            undelivered=outgoing_mail.set_aside_count(request.db, visible_mail(request.viewer)),
            skills=skill_merges.own_count(request.db),
        )
