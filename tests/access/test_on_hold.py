"""While its student is suspended, a request takes nothing, and who knows it is not told why."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import AccountStatus
from db.models.bookmarks import Bookmark
from db.models.invitations import InvitationStatus
from db.models.learning_requests import RequestStatus
from db.models.proposals import Proposal, ProposalStatus
from tests.factories import make_bookmark, make_invitation, make_proposal, make_request
from tests.mailbox import mailbox

__all__ = ["mailbox"]

PLAN = "We would speak from the first minute, about markets and trains, and correct as we go along."
TERMS = {"message": PLAN + " Then we read.", "sessions": "6", "minutes": "60", "price": "18"}


@pytest.fixture
def wanted(db, sofia):
    wanted = make_request(db, sofia)
    sofia.status = AccountStatus.SUSPENDED
    return wanted


@pytest.fixture(params=["marked", "invited"])
def known(request, db, wanted, carla):
    """How Carla knows it."""
    make = make_bookmark if request.param == "marked" else make_invitation
    return make(db, wanted, carla)


def test_who_does_not_know_it_finds_nothing(browser, wanted, carla):
    carlas = browser.as_(carla)
    assert not carlas.get("/requests").says(wanted.title)
    assert carlas.get(f"/requests/{wanted.id}").is_not_found
    for what in ("bookmark", "proposals", "proposals/draft"):
        assert carlas.post(f"/requests/{wanted.id}/{what}", TERMS).is_not_found


def test_who_knows_it_reads_that_it_takes_no_proposals(browser, known, wanted, carla):
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.says("This request is not taking proposals at the moment.")
    assert not page.has("form#proposal") and not page.says("uspended")
    assert not browser.as_(carla).get("/requests?bookmarked=1").says(wanted.title)


def test_nobody_proposes_to_it_or_begins_a_draft(browser, db, known, wanted, carla):
    for way in (browser.as_(carla), browser.as_(carla).htmx):
        for what in ("proposals", "proposals/draft"):
            answer = way.post(f"/requests/{wanted.id}/{what}", TERMS)
            assert answer.is_conflict and not answer.says("uspended")
    assert not db.query(Proposal).count()


def test_nobody_marks_it(browser, db, wanted, carla):
    make_invitation(db, wanted, carla)
    assert not browser.as_(carla).get(f"/requests/{wanted.id}").has(".bm")
    answer = browser.as_(carla).post(f"/requests/{wanted.id}/bookmark")
    assert answer.is_conflict and answer.says("This request cannot be bookmarked at the moment.")
    assert not db.query(Bookmark).count()


def test_a_mark_comes_off_and_stays_off(browser, db, wanted, carla):
    make_bookmark(db, wanted, carla)
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    page = page.form("unbookmark").submit().follow()
    assert page.path == "/bookmarks" and page.says("Bookmark removed") and not page.says("Undo")
    assert browser.as_(carla).post(f"/requests/{wanted.id}/bookmark").is_conflict


def test_a_note_beside_a_mark_can_still_be_written(browser, db, wanted, carla):
    make_bookmark(db, wanted, carla)
    form = browser.as_(carla).get("/bookmarks").form("note")
    assert form.fill(note="Evenings.").submit().follow().says("Evenings.")


def test_every_list_says_that_it_is_paused(browser, db, wanted, carla):
    make_bookmark(db, wanted, carla)
    make_invitation(db, wanted, carla)
    carlas = browser.as_(carla)
    assert carlas.get("/bookmarks").one(".req .badge").get_text() == "Paused"
    assert carlas.get("/invitations").says("Paused: you can propose once it is open again.")
    draft = make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT)
    assert carlas.get("/proposals?status=draft").says("The request is paused.")
    assert carlas.get(f"/proposals/{draft.id}").says("The request is paused.")
    draft.status, draft.submitted_at = ProposalStatus.SUBMITTED, now()
    assert carlas.get("/proposals").says("The request is paused")
    assert carlas.get(f"/proposals/{draft.id}").says("The request is paused at the moment.")
    assert carlas.get(f"/requests/{wanted.id}").says("This request is paused.")


def test_what_was_sent_can_be_taken_back_and_not_sent_once_more(browser, db, wanted, carla):
    proposal = make_proposal(db, wanted, carla)
    page = browser.as_(carla).get(f"/proposals/{proposal.id}").form("withdraw").submit().follow()
    assert page.says("You took this proposal back.") and not page.says("Propose once more")
    assert not browser.as_(carla).get(f"/requests/{wanted.id}").has("form#proposal")


def test_an_invitation_can_be_declined_and_no_mail_goes_out(
    browser, db, mailbox, wanted, sofia, carla
):
    invitation = make_invitation(db, wanted, carla)
    assert browser.as_(carla).get("/invitations").form("decline").submit().status == 303
    db.refresh(invitation)
    assert invitation.status is InvitationStatus.DECLINED and not mailbox.letters(sofia.email)


@pytest.mark.parametrize(
    ("status", "word"), [("open", "Expired"), ("closed", "Closed"), ("paused", "Paused")]
)
def test_what_has_ended_is_not_called_paused(browser, db, wanted, carla, status, word):
    make_bookmark(db, wanted, carla)
    wanted.status = RequestStatus(status)
    wanted.expires_at = now() + timedelta(days=3 if status == "paused" else -1)
    assert browser.as_(carla).get("/bookmarks").one(".req .badge").get_text() == word


def test_once_the_student_is_back_everything_is_as_before(browser, db, known, wanted, sofia, carla):
    sofia.status = AccountStatus.ACTIVE
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    assert page.has("form#proposal") and page.has(".bm")
