"""Reports: made by one of a thread's two, and decided on by staff, once."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.actions.blocks import create_block
from app.actions.suspensions import restore_account, suspend_account
from app.clock import now
from app.errors import Refused, TooMany, WrongState
from app.events import record
from app.forms.reports import HideForm, ReasonForm, ReportForm
from app.notify import conduct as tell
from db.models.moves import move
from db.models.reports import Report, ReportOutcome, ReportStatus
from db.models.threads import Thread
from db.queries import accounts, blocks, report_facts, reports
from db.queries.viewers import Viewer

DAY, MOST_A_DAY = timedelta(days=1), 10
REPORTED_ALREADY = "You have reported this already. Somebody who looks after Skileez reads it."
HIDDEN = "This message was hidden by Skileez."


def create_report(db: Session, thread: Thread, form: ReportForm, *, by: Viewer) -> Report:
    """Tell staff about the other one of a thread, with its last messages as they are now."""
    if form.block and blocks.of_person(db, by.id, thread.other_of(by.id)) is None:
        create_block(db, thread, by=by)
    accounts.locked(db, by.id)  # two tabs count one after the other
    if report_facts.is_open(db, thread.id, by.id):
        raise WrongState(REPORTED_ALREADY, to=f"/messages/{thread.id}")
    _keep_to_limit(db, by)
    report = Report(
        thread_id=thread.id,
        reporter_id=by.id,
        reported_id=thread.other_of(by.id),
        reason=form.reason,
        text=form.text,
        copy=report_facts.copied(db, thread.id, by.id),
        created_at=now(),
    )
    db.add(report)
    record(db, "report.created", by=by, side=thread.side_of(by.id), subject=report)
    return report


def note_look(db: Session, report_id: int, by: Viewer) -> None:
    """Write down that a member of staff has read a report, each time."""
    record(db, reports.LOOKED_AT, by=by, subject=db.get_one(Report, report_id))


def warn_about(db: Session, report: Report, form: ReasonForm, *, by: Viewer) -> None:
    """Tell the reported person what they may not do here."""
    _close(db, report, ReportOutcome.WARNED, form.reason, by=by)
    account = accounts.locked(db, report.reported_id)
    event = record(db, "account.warned", by=by, subject=account, report=report.id)
    tell.account_warned(db, account, event, form.reason)


def hide_messages(db: Session, report: Report, form: HideForm, *, by: Viewer) -> None:
    """Hide messages of the reported person from both, for good."""
    copied = {one["number"] for one in report.copy if not one["is_reporter"]}
    if not set(form.number) <= copied:
        raise Refused("number", "Choose from the messages of the reported person.")
    _close(db, report, ReportOutcome.HIDDEN, form.reason, by=by)
    found = report_facts.messages(db, report.thread_id, report.reported_id, form.number)
    shown = [message for message in found if message.hidden_at is None]
    if not shown:
        raise WrongState("These messages are hidden already.", to=f"/admin/reports/{report.id}")
    events = []
    for message in shown:
        message.hidden_at = now()
        events.append(record(db, "message.hidden", by=by, subject=message, report=report.id))
    thread = db.get_one(Thread, report.thread_id)
    thread.hidden += len(shown)
    if shown[-1].number == thread.last_number:
        thread.last_text = HIDDEN
    account = accounts.locked(db, report.reported_id)
    tell.messages_hidden(db, account, events[-1], form.reason, report.thread_id, len(shown))


def suspend_for(db: Session, report: Report, form: ReasonForm, *, by: Viewer) -> None:
    """Keep the reported person out until somebody lifts it."""
    _close(db, report, ReportOutcome.SUSPENDED, form.reason, by=by)
    suspend_account(db, report.reported_id, form.reason, by=by, report=report.id)


def dismiss_report(db: Session, report: Report, *, by: Viewer) -> None:
    """Leave everything as it is; nobody is told."""
    _close(db, report, ReportOutcome.NOTHING, "", by=by)
    before, after = ReportStatus.OPEN, ReportStatus.CLOSED
    record(db, "report.dismissed", by=by, subject=report, before=before, after=after)


def restore_reported(db: Session, report: Report, form: ReasonForm, *, by: Viewer) -> None:
    """Let the person in again; what was decided on the report stays as it was."""
    restore_account(db, report.reported_id, form.reason, by=by, report=report.id)


def _close(db: Session, report: Report, outcome: ReportOutcome, reason: str, *, by: Viewer) -> None:
    if report.status is not ReportStatus.OPEN:
        raise WrongState("Somebody has decided on this report already.")
    move(report, ReportStatus.CLOSED)
    report.outcome, report.decision = outcome, reason
    report.decided_by_id, report.decided_at = by.id, now()
    db.flush()


def _keep_to_limit(db: Session, by: Viewer) -> None:
    earlier = report_facts.made_before(db, by.id, MOST_A_DAY, at=now())
    if earlier is not None and earlier > now() - DAY:
        raise TooMany(
            f"You have reported {MOST_A_DAY} times within a day, which is the most."
            " Your words are still here; send them tomorrow.",
            seconds=int((earlier + DAY - now()).total_seconds()) + 1,
        )
