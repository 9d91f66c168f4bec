"""Facts about reports: who decides on one, and how it and the person it is about stand."""

from app.access.facts import relation as _relation
from app.access.facts import state as _state
from db.models.accounts import StaffRole
from db.models.reports import Report, ReportStatus
from db.queries.viewers import Viewer


@_relation("Somebody else decides on this report, since you are part of it.")
def not_my_report(viewer: Viewer, report: Report) -> bool:
    """Neither made it nor is whom it is about."""
    return viewer.id not in (report.reporter_id, report.reported_id)


@_relation("Only an administrator can do that to somebody who looks after Skileez.")
def may_suspend_them(viewer: Viewer, report: Report) -> bool:
    """Administrators may suspend everybody, moderators all but staff."""
    is_administrator = viewer.staff_role is StaffRole.ADMINISTRATOR
    return is_administrator or report.reported.staff_role is None


@_state("Somebody has decided on this report already.")
def report_is_open(viewer: Viewer, report: Report) -> bool:
    """Nobody has decided on it yet."""
    return report.status is ReportStatus.OPEN


@_state("This account is suspended already.")
def they_are_active(viewer: Viewer, report: Report) -> bool:
    """Whom it is about can sign in."""
    return not report.reported.is_suspended


@_state("This account is not suspended any more.")
def they_are_suspended(viewer: Viewer, report: Report) -> bool:
    """Whom it is about cannot sign in."""
    return report.reported.is_suspended
