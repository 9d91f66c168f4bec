"""Notice settings: when one wants to be mailed of what, and the way out of each mail."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.events import record
from app.forms.notice_settings import NoticeSettingsForm
from db.models.accounts import Account
from db.models.notices import MailTiming, NoticeKind, NoticeSetting
from db.queries import accounts, notices
from db.queries.viewers import Viewer


def update_notice_settings(db: Session, form: NoticeSettingsForm, *, by: Viewer) -> None:
    """Keep one's choices and quiet hours; what is already written is mailed as they say now."""
    account = accounts.locked(db, by.id)
    changed = _choose(db, account, {NoticeKind(kind): mail for kind, mail in form.mail.items()})
    quiet = (form.quiet_from, form.quiet_to)
    if quiet != (account.quiet_from, account.quiet_to):
        account.quiet_from, account.quiet_to = quiet
        changed.append("quiet_hours")
    if changed:
        record(db, "notice_setting.updated", by=by, subject=account, changed=changed)


def unsubscribe(db: Session, account: Account, kind: NoticeKind | None) -> None:
    """Send no more mails of this kind; of none that comes once a day, where it names no kind."""
    timings = notices.mail_wishes(db, account.id).timings
    daily = [one for one, timing in timings.items() if timing is MailTiming.BUNDLED]
    changed = _choose(db, account, dict.fromkeys([kind] if kind else daily, MailTiming.OFF))
    if changed:
        record(db, "notice_setting.unsubscribed", by=None, subject=account, changed=changed)


def _choose(db: Session, account: Account, wanted: Mapping[NoticeKind, MailTiming]) -> list[str]:
    """Keep these choices; returns the kinds for which they are others than before."""
    kept = {setting.kind: setting for setting in notices.settings(db, account.id)}
    changed: list[str] = []
    for kind, mail in wanted.items():
        setting = kept.get(kind)
        if mail is (setting.mail if setting else MailTiming.NOW):
            continue
        if setting:
            setting.mail = mail
        else:
            db.add(NoticeSetting(account_id=account.id, kind=kind, mail=mail))
        changed.append(kind.value)
    return changed
