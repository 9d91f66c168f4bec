"""The way out of a mail: two headers and two quiet lines, in the mails of notices alone."""

import re

import pytest
from bs4 import BeautifulSoup

from app.actions.notice_settings import unsubscribe
from app.clock import now
from app.events import record
from app.mail import unsubscribing
from app.mail.unsubscribing import WAYS
from app.notify.conduct import account_warned
from app.notify.notices import notify
from db.models.accounts import AccountStatus, Side
from db.models.notices import Notice, NoticeKind
from db.models.outgoing_mail import MailStatus, OutgoingMail
from tests.mail.test_message import MAILS, claimed, html_of, sent, text_of
from tests.mailbox import mailbox

__all__ = ["mailbox"]

KEY = "k" * 43
OF_NOTICES = [
    name for name in MAILS
    if name.split("_")[0] in ("invitation", "message", "proposal", "request", "notices", "coach")
    and name != "message_hidden"
]  # fmt: skip


def composed(settings, template, way="outcome"):
    mail = claimed(template, detail={"way_out": way}, wants_link=True, purpose=None)
    return sent(mail, settings, KEY)


@pytest.mark.parametrize("template", OF_NOTICES)
def test_a_mail_of_a_notice_has_one_action_and_two_quiet_lines(settings, template):
    message, content = composed(settings, template)
    out = f"https://skileez.test/unsubscribe/{KEY}/outcome"
    page = BeautifulSoup(html_of(message), "html.parser")
    assert len(page.select("a.act")) == 1
    assert [tag["href"] for tag in page.select(".foot a")] == [
        out, "https://skileez.test/settings/notices",
    ]  # fmt: skip
    found = re.findall(r"https://\S+", text_of(message))
    assert found == [page.select_one("a.act")["href"], out, "https://skileez.test/settings/notices"]
    assert len(content) < 20_000


@pytest.mark.parametrize("way", WAYS)
def test_the_headers_are_as_mail_programs_read_them(settings, way):
    for template in ("proposal_received", "notices_bundled"):
        _, content = composed(settings, template, way)
        head = content.split(b"\r\n\r\n")[0].decode().split("\r\n")
        assert f"List-Unsubscribe: <https://skileez.test/unsubscribe/{KEY}/{way}>" in head
        assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head


def test_twenty_long_lines_stay_below_20_kilobytes(db, mailbox, settings, sofia):
    from app.notify.notice_bundles import notices_bundled
    from db.queries import notices
    from tests.factories import make_notice

    for _ in range(27):
        make_notice(db, sofia, detail={"title": "你" * 120}, mail_due_at=now())
    event = record(db, "notice_bundle.made", by=None, subject=sofia)
    notices_bundled(db, sofia, event, notices.waiting(db, sofia.id, at=now()))
    [mail] = db.query(OutgoingMail)
    given = claimed("notices_bundled", detail=mail.detail, wants_link=True)
    _, content = sent(given, settings, KEY)
    assert len(content) < 20_000


@pytest.fixture
def tell(db, sofia):
    def told(kind=NoticeKind.PROPOSAL):
        event = record(db, "proposal.submitted", by=None, subject=sofia)
        notify(
            db, sofia, event, kind=kind, name="proposal_received", side=Side.STUDENT,
            path="/proposals/1", title="Tax words", proposal=1,
        )  # fmt: skip

    return told


def test_the_key_is_made_once_and_stays(db, mailbox, sofia, tell):
    assert sofia.mail_key is None
    tell()
    [first] = mailbox.letters(sofia.email)
    key = sofia.mail_key
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", key)
    assert f"https://skileez.test/unsubscribe/{key}/proposal" in first.text
    tell()
    assert f"/unsubscribe/{key}/proposal" in mailbox.letters(sofia.email)[-1].text
    assert sofia.mail_key == key
    assert key not in repr([mail.detail for mail in db.query(OutgoingMail)])


def test_what_staff_decided_has_no_way_out(db, mailbox, sofia):
    event = record(db, "account.warned", by=None, subject=sofia)
    account_warned(db, sofia, event, "Talk about payment stays on Skileez.")
    [letter] = mailbox.letters(sofia.email)
    assert "unsubscribe" not in letter.text + letter.html and sofia.mail_key is None


def left(db, mailbox):
    letters = mailbox.letters()
    return len(letters), db.query(OutgoingMail).one().status


def test_who_ends_them_meanwhile_gets_no_mail_that_waits(db, mailbox, sofia, tell):
    tell()
    unsubscribe(db, sofia, NoticeKind.PROPOSAL)
    assert left(db, mailbox) == (0, MailStatus.DROPPED)


def test_who_is_suspended_meanwhile_gets_none(db, mailbox, sofia, tell):
    tell()
    sofia.status = AccountStatus.SUSPENDED
    assert left(db, mailbox) == (0, MailStatus.DROPPED)


@pytest.mark.parametrize(("hours", "is_sent"), [(0, True), (2, False)])
def test_a_mail_that_comes_late_is_left_out_for_who_has_read_it(
    db, mailbox, sofia, tell, hours, is_sent
):
    tell()
    db.flush()
    db.query(Notice).one().read_at = now()
    db.query(OutgoingMail).one().created_at = now() - hours * unsubscribing.LATE
    assert left(db, mailbox)[0] == is_sent
