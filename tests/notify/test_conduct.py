"""What staff decided reaches the person, suspended or not, and never says who reported them."""

import pytest

from app.events import record
from app.notify import conduct
from db.models.accounts import AccountStatus
from db.models.notices import Notice, NoticeKind
from tests.factories import make_thread
from tests.mailbox import mailbox
from tests.people import as_viewer

__all__ = ["mailbox"]

WHY = "Nobody here is called names.\n\nWrite as you would speak."


@pytest.mark.parametrize("status", list(AccountStatus))
@pytest.mark.parametrize("name", ["account_warned", "account_suspended", "account_restored"])
def test_sofia_is_mailed_whatever_her_account_is(db, mailbox, sofia, mina, name, status):
    sofia.status = status
    event = record(db, name.replace("_", ".", 1), by=as_viewer(db, mina), subject=sofia)
    getattr(conduct, name)(db, sofia, event, WHY)
    notice = db.query(Notice).one()
    assert (notice.account_id, notice.kind, notice.name) == (sofia.id, NoticeKind.CONDUCT, name)
    [letter] = mailbox.letters()
    assert letter.to == sofia.email
    assert "Nobody here is called names." in letter.text and "Write as you" in letter.text
    assert "Mina" not in letter.text


@pytest.mark.parametrize(("number", "words"), [(1, "a message of yours"), (3, "3 messages")])
def test_hidden_messages_are_counted(db, mailbox, sofia, carla, mina, number, words):
    thread = make_thread(db, sofia, carla)
    event = record(db, "message.hidden", by=as_viewer(db, mina), subject=thread)
    conduct.messages_hidden(db, sofia, event, WHY, thread.id, number)
    [letter] = mailbox.letters()
    assert words in letter.text and "Carla" not in letter.text


def test_a_long_reason_in_any_script_leaves_a_small_mail(db, mailbox, sofia, mina):
    for letters in ("я", "你", "🙂", "="):
        event = record(db, "account.warned", by=as_viewer(db, mina), subject=sofia)
        conduct.account_warned(db, sofia, event, letters * 1000)
    assert len(mailbox.letters()) == 4
