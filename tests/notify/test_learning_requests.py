"""What Carla reads about a request she has answered, and Sofia about her own."""

import pytest

from app.events import record
from app.notify import learning_requests as tell
from db.models.notices import Notice
from tests.factories import make_proposal, make_request
from tests.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.fixture
def wanted(db, sofia):
    sofia.last_name = "Unmistakable"
    return make_request(db, sofia)


@pytest.fixture
def event(db, wanted):
    return record(db, "request.changed", by=None, subject=wanted)


def test_carla_reads_that_a_request_was_closed(db, mailbox, carla, dora, sofia, wanted, event):
    tell.request_closed(db, wanted, [carla, dora], event)
    assert len(mailbox.letters()) == 2
    [letter] = mailbox.letters(carla.email)
    assert "Hello Carla," in letter.text and wanted.title in letter.text
    assert "ended without an answer" in letter.text
    for secret in (sofia.first_name, sofia.last_name, sofia.email, "Kenya"):
        assert secret not in letter.text


def test_carla_reads_which_parts_of_a_request_changed(db, mailbox, carla, sofia, wanted, event):
    tell.request_changed(db, wanted, [carla], event, ["budget", "good times"])
    [letter] = mailbox.letters(carla.email)
    assert "Changed: budget, good times." in letter.text
    assert f"https://skileez.test/requests/{wanted.id}\n" in letter.text
    assert sofia.first_name not in letter.text


def test_sofia_is_led_to_renew_hers(db, mailbox, sofia, wanted, event):
    tell.request_expiring(db, wanted, sofia, event, 5)
    [letter] = mailbox.letters(sofia.email)
    assert "closes in 5 days" in letter.text and wanted.title in letter.text
    assert f"https://skileez.test/requests/{wanted.id}\n" in letter.text


def test_carla_reads_that_nobody_answered(db, mailbox, carla, sofia, wanted, event):
    proposal = make_proposal(db, wanted, carla)
    tell.proposal_expired(db, wanted, carla, event, proposal)
    [letter] = mailbox.letters(carla.email)
    assert "ended without an answer" in letter.text and wanted.title in letter.text
    assert sofia.first_name not in letter.text
    assert db.query(Notice).one().path == f"/proposals/{proposal.id}"
