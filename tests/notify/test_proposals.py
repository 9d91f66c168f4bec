"""What coaches read in their mails about what the student answered."""

import pytest

from app.actions.contracts import open_contract
from app.events import record
from app.notify import proposals as tell
from db.models.proposals import DeclineReason
from db.queries import viewers
from tests.factories import make_proposal, make_request, make_thread
from tests.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia, title="Small talk in Spanish")


@pytest.fixture
def proposal(db, wanted, carla):
    return make_proposal(db, wanted, carla, decline_reason=DeclineReason.SCHEDULE)


@pytest.fixture
def event(db, proposal):
    return record(db, "proposal.answered", by=None, subject=proposal)


def test_carla_reads_that_she_was_chosen_and_on_which_terms(
    db, mailbox, sofia, carla, wanted, proposal, event
):
    thread = make_thread(db, sofia, carla)
    contract = open_contract(db, wanted, proposal, by=viewers.of_account(db, sofia.id))
    tell.proposal_accepted(db, carla, event, wanted, proposal, thread, contract)
    [letter] = mailbox.letters(carla.email)
    assert "chose you for “Small talk in Spanish”" in letter.text
    assert "6 sessions of 60 minutes at $18 each, $108 in total" in " ".join(letter.text.split())
    assert f"https://skileez.test/contracts/{contract.id}" in letter.text


def test_carla_reads_why_the_student_said_no(db, mailbox, carla, wanted, proposal, event):
    tell.proposal_declined(db, carla, event, wanted, proposal)
    [letter] = mailbox.letters(carla.email)
    assert "The reason: The schedule." in letter.text
    assert f"https://skileez.test/proposals/{proposal.id}" in letter.text


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        (tell.proposal_not_selected, "The student chose another coach for “Small talk in Spanish”"),
        (tell.proposal_reopened, "took back the no to your proposal for “Small talk in Spanish”"),
    ],
)
def test_carla_reads_what_became_of_her_proposal(
    db, mailbox, carla, wanted, proposal, event, mail, words
):
    mail(db, carla, event, wanted, proposal)
    [letter] = mailbox.letters(carla.email)
    assert words in " ".join(letter.text.split()) and letter.text.count("https://") == 3


def test_carla_never_reads_the_name_of_her_student(
    db, mailbox, sofia, carla, wanted, proposal, event
):
    for mail in (tell.proposal_declined, tell.proposal_not_selected, tell.proposal_reopened):
        mail(db, carla, event, wanted, proposal)
    for letter in mailbox.letters(carla.email):
        assert sofia.first_name not in letter.text and sofia.last_name not in letter.text


# What students read.


def test_sofia_reads_that_a_coach_has_answered(db, mailbox, sofia, wanted, proposal, event):
    tell.proposal_received(db, sofia, event, wanted, proposal)
    [letter] = mailbox.letters(sofia.email)
    assert "proposal to your learning request “Small talk in Spanish”" in _said(letter)
    assert f"https://skileez.test/proposals/{proposal.id}" in letter.text


def test_sofia_reads_that_something_she_read_has_changed(
    db, mailbox, sofia, wanted, proposal, event
):
    tell.proposal_changed(db, sofia, event, wanted, proposal)
    [letter] = mailbox.letters(sofia.email)
    assert "changed a proposal to your learning request “Small talk in Spanish”" in _said(letter)
    assert f"https://skileez.test/proposals/{proposal.id}" in letter.text


def _said(letter):
    return " ".join(letter.text.split())
