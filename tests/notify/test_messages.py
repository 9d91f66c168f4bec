"""What Sofia reads when a message has stayed unread."""

import pytest

from app.events import record
from app.notify import messages as tell
from db.models.accounts import Side
from tests.factories import make_thread
from tests.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.mark.parametrize(
    ("unread", "subject"), [(1, "You have an unread message"), (3, "You have unread messages")]
)
def test_sofia_reads_who_wrote_and_nothing_of_it_in_the_subject(
    db, mailbox, sofia, carla, unread, subject
):
    thread = make_thread(db, sofia, carla)
    event = record(db, "thread.waited", by=None, subject=thread)
    tell.message_unread(
        db, sofia, event, thread, Side.STUDENT, who="Carla Ruiz", unread=unread, title=""
    )
    [letter] = mailbox.letters(sofia.email)
    assert letter.subject == subject
    assert "Carla Ruiz has written to you" in letter.text and "connects" not in letter.text
    assert letter.text.count("https://") == 3  # its own, and two ways out
