"""What Carla and Sofia read in their mails about an invitation."""

import pytest

from app.events import record
from app.notify import invitations as tell
from tests.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.fixture
def event(db, sofia):
    return record(db, "invitation.created", by=None, subject=sofia)


def test_carla_reads_who_asks_her_for_what(db, mailbox, carla, event):
    tell.invitation_received(db, carla, event, title="Tax words in Spanish", student="Sofia")
    [letter] = mailbox.letters(carla.email)
    assert "Sofia has read your page and asks you for a proposal" in letter.text
    assert "Tax words in Spanish" in letter.text
    assert "https://skileez.test/invitations" in letter.text


def test_sofia_reads_who_cannot_take_it_on_and_where_others_are(db, mailbox, sofia, event):
    tell.invitation_declined(db, sofia, event, title="Tax words in Spanish", coach="Carla Ruiz")
    [letter] = mailbox.letters(sofia.email)
    assert "Carla Ruiz has read your invitation" in letter.text
    assert "https://skileez.test/coaches" in letter.text
