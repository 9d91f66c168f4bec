"""Choices and the way out: kept once, recorded once, and nothing else touched."""

import pytest

from app.actions.notice_settings import unsubscribe, update_notice_settings
from app.forms.notice_settings import NoticeSettingsForm
from db.models.events import Event
from db.models.notices import MailTiming, NoticeKind, NoticeSetting


def events(db):
    return [(one.name, one.detail["changed"]) for one in db.query(Event).order_by(Event.id)]


def test_a_choice_is_kept_and_recorded_once(db, viewer, sofia):
    form = NoticeSettingsForm(mail={NoticeKind.MESSAGE: MailTiming.OFF}, quiet_from=0, quiet_to=60)
    for _ in range(2):
        update_notice_settings(db, form, by=viewer(sofia))
        db.flush()
    assert db.query(NoticeSetting).one().mail is MailTiming.OFF
    assert (sofia.quiet_from, sofia.quiet_to) == (0, 60)
    assert events(db) == [("notice_setting.updated", ["message", "quiet_hours"])]


@pytest.mark.parametrize("kind", [NoticeKind.MESSAGE, None])
def test_ending_mails_twice_is_ending_them_once(db, sofia, kind):
    db.add(NoticeSetting(account_id=sofia.id, kind="message", mail=MailTiming.BUNDLED))
    for _ in range(2):
        unsubscribe(db, sofia, kind)
        db.flush()
    assert db.query(NoticeSetting).one().mail is MailTiming.OFF
    assert events(db) == [("notice_setting.unsubscribed", ["message"])]
