"""The part of the table that is about staff, who are asked for their password now and then."""

from app.access.applications import (
    application_waits,
    claimed_it,
    has_changed_since,
    not_claimed_by_somebody_else,
    not_my_application,
)
from app.access.permissions import Permission
from app.access.predicates import a_staff_member, mail_is_set_aside
from app.access.reporting import (
    may_suspend_them,
    not_my_report,
    report_is_open,
    they_are_active,
    they_are_suspended,
)
from app.access.rule import Rule, about, either
from app.access.session_outcomes import is_disputed, not_my_session, was_counted
from db.models.learning_sessions import LearningSession
from db.models.outgoing_mail import OutgoingMail
from db.models.profiles import CoachProfile
from db.models.reports import Report

_decides = about(
    CoachProfile,
    (a_staff_member, not_my_application, application_waits, not_claimed_by_somebody_else),
    fresh=True,
)

_judges = about(Report, (a_staff_member, not_my_report, report_is_open), fresh=True)

STAFF_RULES: dict[str, Rule] = {
    Permission.LIST_MAIL: either((a_staff_member,), fresh=True),
    Permission.SEND_MAIL_AGAIN: about(
        OutgoingMail, (a_staff_member, mail_is_set_aside), fresh=True
    ),
    Permission.VIEW_STAFF_HOME: either((a_staff_member,), fresh=True),
    Permission.LIST_APPLICATIONS: either((a_staff_member,), fresh=True),
    Permission.READ_APPLICATION: about(CoachProfile, (a_staff_member,), fresh=True),
    Permission.CLAIM_APPLICATION: _decides,
    Permission.RELEASE_APPLICATION: about(CoachProfile, (a_staff_member, claimed_it), fresh=True),
    Permission.APPROVE_COACH: _decides,
    Permission.REQUEST_CHANGES: _decides,
    Permission.REJECT_COACH: _decides,
    Permission.LOOK_AT_COACH: about(
        CoachProfile, (a_staff_member, not_my_application, has_changed_since), fresh=True
    ),
    Permission.LIST_REPORTS: either((a_staff_member,), fresh=True),
    Permission.READ_REPORT: about(Report, (a_staff_member,), fresh=True),
    Permission.WARN_ABOUT_REPORT: _judges,
    Permission.HIDE_REPORTED: _judges,
    Permission.SUSPEND_REPORTED: about(
        Report,
        (a_staff_member, not_my_report, may_suspend_them, report_is_open, they_are_active),
        fresh=True,
    ),
    Permission.DISMISS_REPORT: _judges,
    Permission.RESTORE_REPORTED: about(
        Report, (a_staff_member, not_my_report, may_suspend_them, they_are_suspended), fresh=True
    ),
    Permission.LIST_REPORTED_SESSIONS: either((a_staff_member,), fresh=True),
    Permission.EXAMINE_SESSION: about(
        LearningSession, (a_staff_member, not_my_session), fresh=True
    ),
    Permission.DECIDE_SESSION: about(
        LearningSession, (a_staff_member, not_my_session, is_disputed), fresh=True
    ),
    Permission.REVERSE_SESSION: about(
        LearningSession, (a_staff_member, not_my_session, was_counted), fresh=True
    ),
    Permission.LIST_SKILLS: either((a_staff_member,), fresh=True),
    Permission.MERGE_SKILLS: either((a_staff_member,), fresh=True),
}
