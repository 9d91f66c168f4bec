import pytest
from sqlalchemy import select

from db.models.events import Event
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RequestStatus
from tests.factories import make_invitation, make_proposal, make_request, make_thread
from tests.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


@pytest.fixture
def invitation(db, wanted, carla):
    return make_invitation(db, wanted, carla, text="You write that you like beginners.")


def history(db) -> list[tuple[str, str]]:
    found = select(Event.name, Event.side).where(Event.subject == "invitation")
    return [tuple(map(str, row)) for row in db.execute(found.order_by(Event.id))]


# What the coach finds.


def test_carla_reads_who_asks_for_what_and_why(browser, db, invitation, wanted, carla):
    page = browser.as_(carla).get("/invitations")
    card = page.one(f"#invitation-{invitation.id}").get_text(" ", strip=True)
    for words in (wanted.title, "Sofia invited you", "Student in Kenya", invitation.text, "Closes"):
        assert words in card, words
    assert not page.says("Mwangi")
    assert page.click(f"Propose to “{wanted.title}”").path.startswith(f"/requests/{wanted.id}")


def test_nobody_else_finds_it(browser, invitation, cole, sofia):
    assert not browser.as_(cole).get("/invitations").says("Sofia invited you")
    assert browser.as_(sofia).get("/invitations").is_not_allowed


def test_home_and_proposals_lead_to_what_waits(browser, db, invitation, wanted, carla):
    page = browser.as_(carla).get("/dashboard")
    assert page.click(f"Sofia invites you to “{wanted.title}”").path == "/invitations?status=open"
    assert browser.as_(carla).get("/proposals").click("Invitations").is_good
    invitation.status = InvitationStatus.DECLINED
    assert not browser.as_(carla).get("/dashboard").says("invites you")


def test_each_state_has_its_tab(browser, db, sofia, carla):
    for status in InvitationStatus:
        wanted = make_request(db, sofia, title=f"It is {status} now")
        make_invitation(db, wanted, carla, status=status)
    for status in InvitationStatus:
        page = browser.as_(carla).get(f"/invitations?status={status}")
        assert page.texts("#invitation-list h2") == [f"It is {status} now"]
    assert len(browser.as_(carla).get("/invitations").all("#invitation-list h2")) == 5
    assert browser.as_(carla).get("/invitations?status=lost").is_not_found


@pytest.mark.parametrize("status", ["filled", "closed", "expired"])
def test_an_open_one_of_a_request_that_has_ended_reads_as_expired(
    browser, db, invitation, wanted, sofia, carla, status
):
    wanted.status = RequestStatus(status)
    page = browser.as_(carla).get("/invitations")
    assert page.one(".badge").get_text() == "Expired" and not page.has("form[action$=decline]")
    page = browser.as_(sofia).get(f"/requests/{wanted.id}/proposals")
    assert "Expired" in page.one("#invited").get_text()
    assert not page.has("form[action$=withdraw]")
    for who, verb in ((carla, "decline"), (sofia, "withdraw")):
        answer = browser.as_(who).post(f"/invitations/{invitation.id}/{verb}")
        assert answer.is_conflict and answer.says("The request has ended")


def test_while_it_is_paused_who_was_invited_may_read_it(browser, db, wanted, carla, cole):
    make_invitation(db, wanted, carla)
    wanted.status = RequestStatus.PAUSED
    assert browser.as_(carla).get(f"/requests/{wanted.id}").says(wanted.title)
    assert browser.as_(carla).get("/invitations").says("you can propose once it is open again")
    assert browser.as_(cole).get(f"/requests/{wanted.id}").is_not_found


def test_a_withdrawn_one_opens_no_paused_request(browser, db, wanted, carla):
    make_invitation(db, wanted, carla, status=InvitationStatus.WITHDRAWN)
    wanted.status = RequestStatus.PAUSED
    assert browser.as_(carla).get(f"/requests/{wanted.id}").is_not_found


def test_what_was_removed_is_gone(browser, db, invitation, wanted, carla):
    carlas = browser.as_(carla)
    wanted.status = RequestStatus.REMOVED
    assert not carlas.get("/invitations").says("Sofia")
    assert carlas.post(f"/invitations/{invitation.id}/decline").is_not_found


# The answers.


def test_carla_declines_and_sofia_is_told(browser, db, mailbox, invitation, wanted, sofia, carla):
    page = browser.as_(carla).get("/invitations").form("decline").submit().follow()
    assert page.says("You have declined. The student is told.")
    assert page.one(".badge").get_text() == "Declined"
    [letter] = mailbox.letters(sofia.email)
    assert "Carla Ruiz" in letter.text and wanted.title in letter.text
    assert "Declined" in browser.as_(sofia).get(f"/requests/{wanted.id}").one("#invited").text
    assert history(db) == [("invitation.declined", "coach")]


def test_with_htmx_the_card_comes_back_as_it_stands(browser, invitation, carla):
    answer = browser.htmx.as_(carla).post(f"/invitations/{invitation.id}/decline")
    assert answer.one(f"#invitation-{invitation.id} .badge").get_text() == "Declined"


def test_sofia_withdraws_in_place_or_without_script(browser, db, invitation, wanted, sofia):
    for address in (f"/requests/{wanted.id}", f"/requests/{wanted.id}/proposals"):
        assert browser.as_(sofia).get(address).has(f"form[action*='/{invitation.id}/withdraw']")
    answer = browser.htmx.as_(sofia).post(f"/invitations/{invitation.id}/withdraw")
    assert "Withdrawn" in answer.one("#invited").get_text()
    again = browser.as_(sofia).post(f"/invitations/{invitation.id}/withdraw")
    assert again.is_conflict and again.says("This invitation has been withdrawn.")
    assert history(db) == [("invitation.withdrawn", "student")]


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
@pytest.mark.parametrize("status", [s for s in InvitationStatus if s is not InvitationStatus.OPEN])
def test_what_has_ended_ends_once(browser, db, wanted, sofia, carla, verb, status):
    invitation = make_invitation(db, wanted, carla, status=status)
    who = browser.as_(carla if verb == "decline" else sofia)
    assert who.post(f"/invitations/{invitation.id}/{verb}").is_conflict
    db.expire_all()
    assert db.get_one(Invitation, invitation.id).status is status and not history(db)


def test_the_wrong_person_changes_nothing(browser, db, invitation, sofia, sam, carla, cole):
    here = f"/invitations/{invitation.id}"
    assert browser.post(f"{here}/decline").asks_to_sign_in
    for who in (sam, cole):
        for verb in ("decline", "withdraw"):
            assert browser.as_(who).post(f"{here}/{verb}").is_not_found
    assert browser.as_(sofia).post(f"{here}/decline").is_not_allowed
    assert browser.as_(carla).post(f"{here}/withdraw").is_not_allowed
    assert not history(db)


def test_a_proposal_answers_it(browser, db, invitation, wanted, carla):
    page = browser.as_(carla).get(f"/requests/{wanted.id}")
    typed = {"message": "We would speak from the first minute, about markets. " * 3}
    form = page.form("proposals").fill(**typed, sessions=6, minutes="45", price="18")
    assert form.submit("send").status == 303
    db.expire_all()
    assert db.get_one(Invitation, invitation.id).status is InvitationStatus.ANSWERED
    assert browser.as_(carla).get("/invitations").one(".badge").get_text() == "Answered"


def test_closing_the_request_ends_what_is_open(browser, db, invitation, wanted, sofia):
    browser.as_(sofia).post(f"/requests/{wanted.id}/close", {"reason": "not_needed"})
    db.expire_all()
    assert db.get_one(Invitation, invitation.id).status is InvitationStatus.EXPIRED
    assert history(db) == [("invitation.expired", "None")]


def test_choosing_another_coach_ends_what_is_open(browser, db, invitation, wanted, sofia, cole):
    proposal = make_proposal(db, wanted, cole)
    browser.as_(sofia).post(f"/proposals/{proposal.id}/accept", {"version": "1"})
    db.expire_all()
    assert db.get_one(Invitation, invitation.id).status is InvitationStatus.EXPIRED


def test_coaches_see_of_whom_else_was_invited_nothing(browser, db, invitation, wanted, cole):
    page = browser.as_(cole).get(f"/requests/{wanted.id}")
    assert not page.has("#invited") and not page.says("Carla")


def test_an_invitation_is_no_first_message_to_answer(browser, db, sofia, carla, sam, dora):
    for student in (sofia, sam, dora):
        thread = make_thread(db, student, carla)
        thread.invited_at = thread.student_wrote_at
    assert not browser.get("/coaches/carla-ruiz").says("first messages")
