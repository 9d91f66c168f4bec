from datetime import timedelta

import pytest
from sqlalchemy import select

from app.clock import now
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import RequestStatus
from db.models.messages import Message
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import ProposalStatus
from db.models.threads import Thread
from tests.factories import (
    make_account,
    make_coach,
    make_invitation,
    make_proposal,
    make_request,
    make_thread,
)
from tests.mailbox import mailbox

__all__ = ["mailbox"]

INVITE = "/coaches/carla-ruiz/invite"


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def sent(db) -> list[Invitation]:
    db.expire_all()
    return list(db.scalars(select(Invitation).order_by(Invitation.id)))


# The way to it.


def test_sofia_finds_the_way_on_the_page_of_a_coach(browser, db, wanted, sofia, carla):
    page = browser.as_(sofia).get("/coaches/carla-ruiz")
    assert page.one("aside .btn-primary")["href"] == INVITE
    page = page.click("Invite to your request: Carla Ruiz")
    assert page.says(wanted.title)
    answer = page.form("invite").fill(text="You write that you like beginners.").submit()
    page = answer.follow()
    assert page.path == f"/requests/{wanted.id}/proposals"
    assert page.says("You have invited Carla Ruiz.")
    assert "Carla Ruiz" in page.one("#invited").get_text()
    page = browser.as_(sofia).get("/coaches/carla-ruiz")
    assert page.says("You have invited Carla to") and page.says(wanted.title)
    assert not page.has(f"a[href='{INVITE}']")


def test_the_search_for_coaches_leads_there_too(browser, db, sofia, sam, carla, dora):
    assert not browser.as_(sofia).get("/coaches").has("a[href$='/invite']")
    make_request(db, sofia)
    make_request(db, dora)
    page = browser.as_(sofia).get("/coaches")
    assert page.click("Invite: Carla Ruiz").path == INVITE
    assert not browser.as_(dora).get("/coaches").has("a[href='/coaches/dora-lindqvist/invite']")
    for asking in (browser.as_(sam), browser.as_(carla), browser.as_guest()):
        assert not asking.get("/coaches").has("a[href$='/invite']")


def test_without_an_open_request_the_page_offers_a_message_only(browser, db, sofia, carla):
    make_request(db, sofia, status=RequestStatus.PAUSED)
    page = browser.as_(sofia).get("/coaches/carla-ruiz")
    assert not page.has(f"a[href='{INVITE}']") and page.one("aside .btn-primary")
    assert browser.as_(sofia).get(INVITE).has("a[href='/requests/new']")


@pytest.mark.parametrize("who", ["carla", "cole", "guest"])
def test_who_has_no_student_side_is_not_led_there(browser, db, wanted, carla, cole, who):
    asking = browser if who == "guest" else browser.as_({"carla": carla, "cole": cole}[who])
    assert not asking.get("/coaches/carla-ruiz").has(f"a[href='{INVITE}']")


def test_of_several_requests_the_one_in_the_address_is_chosen(browser, db, wanted, sofia, carla):
    other = make_request(db, sofia, title="Read a newspaper in Spanish")
    for asked, chosen in ((f"?request={other.id}", str(other.id)), ("", ""), ("?request=x", "")):
        form = browser.as_(sofia).get(INVITE + asked).form("invite")
        assert form.value("request") == chosen
    form.fill(request=str(wanted.id)).submit()
    assert [one.request_id for one in sent(db)] == [wanted.id]


def test_an_old_name_of_the_coach_leads_on(browser, db, wanted, sofia, carla):
    assert browser.as_(sofia).get("/coaches/nobody-here/invite").is_not_found


# What an invitation is.


def test_words_are_the_first_message_and_the_coach_may_answer_them(
    browser, db, wanted, sofia, carla
):
    typed = {"request": str(wanted.id), "text": "You write that you like beginners."}
    browser.as_(sofia).post(INVITE, typed)
    [thread] = db.scalars(select(Thread)).all()
    assert thread.invited_at and thread.student_wrote_at and thread.coach_id == carla.id
    [message] = db.scalars(select(Message)).all()
    assert message.text == typed["text"]
    page = browser.as_(carla).get(f"/messages/{thread.id}")
    assert page.says("Sofia") and not page.says("Mwangi")
    assert page.form("composer").fill(text="With pleasure.").submit().status == 303


def test_without_words_the_thread_is_open_and_says_why(browser, db, wanted, sofia, carla):
    browser.as_(sofia).post(INVITE, {"request": str(wanted.id)})
    [thread] = db.scalars(select(Thread)).all()
    assert thread.invited_at and not thread.student_wrote_at and not thread.last_number
    for who, words in (
        (sofia, "You have invited Carla to send a proposal"),
        (carla, "Sofia has invited you to send a proposal"),
    ):
        asking = browser.as_(who)
        page = asking.get(f"/messages/{thread.id}")
        assert (
            page.says(words)
            and page.says(wanted.title)
            and not page.says("Nothing has been written here yet.")
        )
        inbox = asking.get("/messages")
        assert inbox.says("No messages yet") and not inbox.has(".conv .count")
    page = browser.as_(carla).get(f"/messages/{thread.id}")
    assert page.form("composer").fill(text="Hello Sofia.").submit().status == 303
    assert browser.as_(carla).get("/messages").says("Hello Sofia.")


def test_a_thread_that_was_there_is_the_same_one(browser, db, wanted, sofia, carla):
    thread = make_thread(db, sofia, carla)
    browser.as_(sofia).post(INVITE, {"request": str(wanted.id), "text": "And this?"})
    db.expire_all()
    assert db.scalars(select(Thread.id)).all() == [thread.id] and thread.invited_at


def test_the_coach_is_told_by_mail_without_a_last_name(browser, db, mailbox, wanted, sofia, carla):
    browser.as_(sofia).post(INVITE, {"request": str(wanted.id), "text": "A secret wish."})
    [letter] = mailbox.letters(carla.email)
    assert wanted.title in letter.text and "Sofia" in letter.text
    assert "Mwangi" not in letter.text and "A secret wish." not in letter.text
    assert "https://skileez.test/invitations" in letter.text


def test_a_form_sent_twice_is_one_invitation(browser, db, wanted, sofia, carla):
    form = browser.as_(sofia).get(INVITE).form("invite")
    assert {form.submit().location, form.submit().location} == {f"/requests/{wanted.id}/proposals"}
    assert len(sent(db)) == 1


# What stands against it.


def test_a_coach_is_invited_once_to_a_request(browser, db, wanted, sofia, carla):
    for status in InvitationStatus:
        db.query(Invitation).delete()
        make_invitation(db, wanted, carla, status=status)
        answer = browser.as_(sofia).post(INVITE, {"request": str(wanted.id)})
        assert answer.is_conflict and answer.says("You have already invited Carla to this request.")
        page = browser.as_(sofia).get(INVITE)
        assert page.says("You have already invited Carla.") and not page.has("form[action$=invite]")
        assert len(sent(db)) == 1


def test_who_has_proposed_already_is_not_invited(browser, db, wanted, sofia, carla):
    proposal = make_proposal(db, wanted, carla)
    answer = browser.as_(sofia).post(INVITE, {"request": str(wanted.id)})
    assert answer.is_conflict and answer.has(f"a[href='/proposals/{proposal.id}']")
    assert browser.as_(sofia).get(INVITE).click(f"Read the proposal to “{wanted.title}”").is_good
    assert not sent(db)


def test_a_proposal_nobody_has_sent_says_nothing(browser, db, wanted, sofia, carla):
    make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT)
    assert browser.as_(sofia).post(INVITE, {"request": str(wanted.id)}).status == 303


@pytest.mark.parametrize("status", [s for s in RequestStatus if s is not RequestStatus.OPEN])
def test_only_open_requests_have_invitations(browser, db, sofia, carla, status):
    wanted = make_request(db, sofia, status=status)
    answer = browser.as_(sofia).post(INVITE, {"request": str(wanted.id)})
    assert answer.is_conflict and answer.says("This request is no longer open.")
    assert not sent(db)


def test_a_request_that_has_run_out_is_not_open(browser, db, wanted, sofia, carla):
    wanted.expires_at = now() - timedelta(seconds=1)
    assert browser.as_(sofia).post(INVITE, {"request": str(wanted.id)}).is_conflict


@pytest.mark.parametrize("number", ["others", "0", "-1", "9" * 19, "9" * 30, "x", ""])
def test_only_ones_own_request_is_one(browser, db, sam, sofia, carla, number):
    others = make_request(db, sam)
    typed = str(others.id) if number == "others" else number
    answer = browser.as_(sofia).post(INVITE, {"request": typed, "text": "Kept words."})
    assert answer.status == 422 and not sent(db)


def test_what_was_typed_comes_back_with_what_is_wrong(browser, db, wanted, sofia, carla):
    typed = {"request": str(wanted.id), "text": "w" * 1001}
    for asking in (browser.as_(sofia), browser.htmx.as_(sofia)):
        answer = asking.post(INVITE, typed)
        assert answer.status == 422 and answer.form("invite").value("text") == typed["text"]


def test_words_are_kept_even_when_nothing_is_left_to_invite_to(browser, db, wanted, sofia, carla):
    make_invitation(db, wanted, carla)
    typed = {"request": str(wanted.id), "text": "w" * 1001}
    answer = browser.as_(sofia).post(INVITE, typed)
    assert answer.status == 422 and answer.form("invite").value("text") == typed["text"]
    assert answer.says("You have already invited Carla.")


def test_ten_wait_at_a_time_and_no_more(browser, db, wanted, sofia, carla):
    some = [make_coach(db, make_account(db, first_name=f"Coach{n}")) for n in range(10)]
    for coach in some:
        make_invitation(db, wanted, coach)
    answer = browser.as_(sofia).post(INVITE, {"request": str(wanted.id), "text": "Kept words."})
    assert answer.status == 422 and answer.says("10 coaches you invited")
    assert answer.form("invite").value("text") == "Kept words."
    sent(db)[0].status = InvitationStatus.DECLINED
    assert browser.as_(sofia).post(INVITE, {"request": str(wanted.id)}).status == 303


def test_new_coaches_are_limited_as_for_messages(browser, db, wanted, sofia, carla):
    for n in range(10):
        make_thread(
            db, sofia, make_coach(db, make_account(db, first_name=f"Coach{n}")), created_at=now()
        )
    answer = browser.as_(sofia).post(INVITE, {"request": str(wanted.id)})
    assert answer.status == 429 and not sent(db)
    make_thread(db, sofia, carla, created_at=now() - timedelta(days=9))
    assert browser.as_(sofia).post(INVITE, {"request": str(wanted.id)}).status == 303


@pytest.mark.parametrize("status", [s for s in CoachStatus if s is not CoachStatus.APPROVED])
def test_only_approved_coaches_are_invited(browser, db, wanted, sofia, carla, status):
    db.get_one(CoachProfile, carla.id).status = status
    assert browser.as_(sofia).post(INVITE, {"request": str(wanted.id)}).is_not_found


def test_dora_does_not_invite_herself(browser, db, dora):
    wanted = make_request(db, dora)
    answer = browser.as_(dora).post("/coaches/dora-lindqvist/invite", {"request": str(wanted.id)})
    assert answer.is_not_allowed and answer.says("You cannot invite yourself.")


def test_an_address_nobody_has_confirmed_invites_nobody(browser, db, wanted, sofia, carla):
    sofia.email_confirmed_at = None
    assert browser.as_(sofia).post(INVITE, {"request": str(wanted.id)}).is_not_allowed
