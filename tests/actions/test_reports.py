"""What a report keeps is its own, and the limits are those of the person who reports."""

import pytest

from app.actions.reports import HIDDEN, create_report, hide_messages, note_look
from app.errors import Refused, WrongState
from app.forms.reports import HideForm, ReportForm
from db.models.events import Event
from db.models.reports import Report, ReportReason, ReportStatus
from tests.factories import make_message, make_thread
from tests.people import as_viewer

FORM = ReportForm(reason=ReportReason.SPAM, text="The same words to everybody.")


def reported(db, thread, by):
    return create_report(db, thread, FORM, by=as_viewer(db, by))


def test_either_side_is_who_reports_the_other(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    for reporter, other in ((sofia, carla), (carla, sofia)):
        report = reported(db, thread, reporter)
        assert (report.reporter_id, report.reported_id) == (reporter.id, other.id)
        assert report.status is ReportStatus.OPEN and report.copy == []
    with pytest.raises(WrongState):
        reported(db, thread, sofia)


def test_the_copy_is_no_window_onto_the_messages(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    message = make_message(db, thread, carla, "Pay me elsewhere.")
    report = reported(db, thread, sofia)
    message.text, carla.first_name = "Something else.", "Clara"
    db.flush()
    db.expire_all()
    [line] = db.get_one(Report, report.id).copy
    assert (line["text"], line["name"]) == ("Pay me elsewhere.", "Carla Ruiz")


def test_only_what_was_copied_is_hidden(db, sofia, carla, mina):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla, "Pay me elsewhere.")
    report, by = reported(db, thread, sofia), as_viewer(db, mina)
    later = make_message(db, thread, carla, "Thursday, then.")
    why = "Payment stays on Skileez."
    with pytest.raises(Refused):
        hide_messages(db, report, HideForm(number=[later.number], reason=why), by=by)
    hide_messages(db, report, HideForm(number=[1], reason=why), by=by)
    assert thread.last_text == "Thursday, then." != HIDDEN


def test_a_look_is_an_event_of_the_report(db, sofia, carla, mina):
    report = reported(db, make_thread(db, sofia, carla), sofia)
    note_look(db, report.id, as_viewer(db, mina))
    look = db.query(Event).filter_by(name="report.looked_at").one()
    assert (look.actor_id, look.subject, look.subject_id) == (mina.id, "report", report.id)
