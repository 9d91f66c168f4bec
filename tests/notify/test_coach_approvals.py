"""What Petra reads in her mail about her application."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.events import record
from app.notify import coach_approvals as tell
from db.models.outgoing_mail import OutgoingMail
from tests.mailbox import mailbox

__all__ = ["mailbox"]

STEPS = ("goal", "skills", "experience", "education", "portfolio", "languages", "headline",
         "details")  # fmt: skip


@pytest.fixture
def event(db, petra):
    return record(db, "coach_profile.decided", by=None, subject=petra)


def test_petra_reads_that_she_can_teach(db, mailbox, petra, event):
    tell.coach_approved(db, petra, event)
    [letter] = mailbox.letters(petra.email)
    assert "Hello Petra," in letter.text
    assert "your coach profile is approved" in letter.text
    assert "https://skileez.test/requests" in letter.text


def test_petra_reads_each_comment_under_its_step_and_is_led_to_the_first(db, mailbox, petra, event):
    said = {"headline": "Say whom\nyou help.", "details": "Where are you?"}
    tell.coach_changes_requested(db, petra, event, said)
    [letter] = mailbox.letters(petra.email)
    assert "Headline and story: Say whom you help." in letter.text
    assert "Details: Where are you?" in letter.text
    assert letter.text.count("https://") == 3  # its own, and two ways out
    assert "https://skileez.test/become-a-coach/headline" in letter.text


def test_petra_reads_the_reason_of_a_no(db, mailbox, petra, event):
    tell.coach_rejected(db, petra, event, "The links lead elsewhere.\n\nNobody answers there.")
    [letter] = mailbox.letters(petra.email)
    assert "The links lead elsewhere.\n\nNobody answers there." in letter.text
    assert "https://skileez.test/become-a-coach/review" in letter.text


@pytest.mark.parametrize("letter", ["a", "ö", "你", "🙂", "&", "<", "=", '"'])
def test_a_mail_stays_small_however_much_was_written(db, mailbox, petra, event, letter):
    tell.coach_changes_requested(db, petra, event, dict.fromkeys(STEPS, letter * 1000))
    tell.coach_rejected(db, petra, event, f"{letter * 499}\n{letter * 500}")
    assert all(letter * 20 in one.text for one in mailbox.letters(petra.email))
    sizes = [path.stat().st_size for path in mailbox.settings.data_dir.glob("mail/*.eml")]
    assert len(sizes) == 2 and max(sizes) < 20_000


def test_what_is_usual_arrives_whole(db, mailbox, petra, event):
    reason = "Both links lead to pages that somebody else has written, under another name. " * 12
    tell.coach_rejected(db, petra, event, reason.strip())
    [letter] = mailbox.letters(petra.email)
    assert reason.strip() in " ".join(letter.text.split())


def test_an_event_is_told_once(db, petra, event):
    tell.coach_approved(db, petra, event)
    db.flush()
    with pytest.raises(IntegrityError), db.begin_nested():
        tell.coach_approved(db, petra, event)
        db.flush()
    assert db.query(OutgoingMail).one().account_id == petra.id
