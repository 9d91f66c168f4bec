"""Applications of coaches, as Mina and Ada read and decide on them, and Petra hears of it."""

from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from db.models.coach_decisions import CoachDecision
from db.models.events import Event
from db.models.profiles import CoachGoal, CoachProfile, CoachStatus
from tests.factories import (
    PASSWORD,
    make_changed,
    make_claimed,
    make_coach,
    make_decision,
    make_portfolio_item,
    make_request,
    make_whole_coach,
)
from tests.mailbox import mailbox

__all__ = ["mailbox"]

REASON = {"reason": "Both links lead to the pages of another person."}
CHANGES = {"comment_headline": "Say whom you help.", "comment_skills": "Name one more."}
DEEDS = {"claim": {}, "approve": {}, "request-changes": CHANGES, "reject": REASON}


def profile(db, coach):
    return db.get_one(CoachProfile, coach.id)


def here(coach):
    return f"/admin/coaches/{coach.id}"


def names(db):
    return [event.name for event in db.query(Event).order_by(Event.id)]


# The queue.


def test_the_oldest_comes_first_and_says_how_long_it_waits_and_who_holds_it(
    browser, db, petra, mina, ada
):
    profile(db, petra).submitted_at = now() - timedelta(days=2)
    late = make_coach(
        db, status=CoachStatus.SUBMITTED, submitted_at=now() - timedelta(hours=3),
        claimed_by_id=ada.id, claimed_until=now() + timedelta(minutes=20),
    )  # fmt: skip
    page = browser.as_(mina).get("/admin/coaches")
    assert page.texts("#list h2") == ["Petra Novak", late.name]
    assert page.says("Waits for 2 days") and page.says("Czechia")
    assert len(page.all("#list .badge")) == 1 and page.says("Ada Cole-Martin until")
    assert page.says("Waiting 2") and page.says("Changed since approval 0")
    assert browser.as_(ada).get("/admin/coaches").says("Yours until")


def test_the_queue_goes_on_by_pages(browser, db, mina):
    for number in range(21):
        sent = now() - timedelta(days=30 - number)
        make_coach(db, status=CoachStatus.SUBMITTED, submitted_at=sent, headline=f"Nr {number}.")
    page = browser.as_(mina).get("/admin/coaches")
    assert page.says("Nr 0.") and page.says("Nr 19.") and not page.says("Nr 20.")
    assert page.click("Show 20 more").says("Nr 20.")


def test_only_applications_that_were_sent_wait(browser, petra, noor, carla, sid, mina):
    page = browser.as_(mina).get("/admin/coaches")
    assert page.texts("#list h2") == ["Petra Novak"]


def test_what_approved_coaches_have_changed_is_a_list_of_its_own(browser, db, carla, cole, mina):
    make_changed(db, carla, "name", "picture")
    page = browser.as_(mina).get("/admin/coaches").click("Changed since approval 1")
    assert page.texts("#list h2") == ["Carla Ruiz"]
    assert page.says("Changed: name, picture")
    assert browser.htmx.as_(mina).get("/admin/coaches?list=changed").has("#applications #list")
    assert browser.as_(mina).get("/admin/coaches?list=else").is_not_found


def test_mina_notes_that_she_has_looked(browser, db, carla, mina):
    make_changed(db, carla, "headline")
    page = browser.as_(mina).get(here(carla))
    assert page.says("Changed since approval: headline.")
    assert page.form("looked").submit().follow().says("You have looked at Carla Ruiz.")
    assert profile(db, carla).to_look_at is None and profile(db, carla).is_approved
    assert names(db) == ["coach_profile.looked_at"]
    again = browser.as_(mina).post(here(carla) + "/looked")
    assert again.is_conflict and again.says("Somebody has looked at these changes already.")


# One application.


def test_mina_reads_all_that_students_would_see_and_what_she_needs_besides(browser, db, mina):
    coach = make_whole_coach(db)
    make_portfolio_item(db, coach, title="Small talk at the market")
    petras = profile(db, coach)
    petras.status, petras.goal = CoachStatus.SUBMITTED, CoachGoal.SIDE_INCOME
    petras.birth_date = now().date().replace(year=now().year - 41)
    petras.phone = "+420777123456"
    page = browser.as_(mina).get(here(coach))
    for words in (coach.name, petras.headline, "A side income", "Confirmed"):
        assert page.says(words), words
    for part in ("Experience", "Education", "Portfolio", "Small talk at the market"):
        assert page.says(part), part
    for private in (coach.email, petras.phone, str(petras.birth_date)):
        assert private not in page.text


def test_what_was_decided_before_stands_there_with_who_did(browser, db, petra, mina, ada):
    make_decision(
        db, petra, ada, outcome=CoachStatus.CHANGES_REQUESTED, comments={"goal": "Choose one."}
    )
    page = browser.as_(mina).get(here(petra))
    history = page.one("#history").get_text(" ", strip=True)
    for words in ("Ada Cole-Martin", "Changes requested", "Your goal", "Choose one."):
        assert words in history


# Claiming.


def test_mina_claims_prolongs_and_leaves_an_application(browser, db, petra, mina, ada):
    with time_machine.travel(now(), tick=False) as clock:
        asking = browser.as_(mina)
        page = asking.get(here(petra)).form("claim").submit().follow()
        assert page.says("The application is yours for 30 minutes.")
        assert profile(db, petra).claimed_until == now() + timedelta(minutes=30)
        clock.shift(timedelta(minutes=10))
        page = asking.get(here(petra)).form("claim").submit("30 more minutes").follow()
        assert profile(db, petra).claimed_until == now() + timedelta(minutes=30)
        page = page.form("release").submit().follow()
        assert page.says("The others can take this application again.")
    assert profile(db, petra).claimed_by_id is None
    assert names(db) == [f"coach_profile.{done}" for done in ("claimed", "claimed", "released")]


@pytest.mark.parametrize("deed", DEEDS)
def test_while_ada_holds_it_nobody_else_decides_and_after_that_anybody(
    browser, db, mina, ada, deed
):
    coach = make_claimed(db, ada, minutes=30)
    page = browser.as_(mina).get(here(coach))
    assert page.says("Ada Cole-Martin is reading this application until")
    assert not page.has("#decision form")
    answer = browser.as_(mina).post(f"{here(coach)}/{deed}", DEEDS[deed])
    assert answer.is_conflict
    assert answer.says("Somebody else is reading this application at the moment.")
    profile(db, coach).claimed_until = now() - timedelta(seconds=1)
    assert browser.as_(mina).post(f"{here(coach)}/{deed}", DEEDS[deed]).status == 303


def test_what_mina_does_not_hold_she_cannot_leave(browser, db, petra, mina, ada):
    for coach in (petra, make_claimed(db, ada)):
        answer = browser.as_(mina).post(here(coach) + "/release")
        assert answer.is_conflict and answer.says("You no longer hold this application.")


def test_with_htmx_claiming_swaps_the_decision_alone(browser, petra, mina):
    answer = browser.htmx.as_(mina).post(here(petra) + "/claim")
    assert answer.has("#decision") and answer.says("Yours until")
    assert not answer.has("h1")


# Deciding.


def test_petra_can_teach_at_her_next_click_and_is_told(browser, db, mailbox, petra, sofia, mina):
    wanted = make_request(db, sofia)
    petras = browser.as_(petra)
    assert not petras.get(f"/requests/{wanted.id}").has("form[action$='/proposals']")
    page = browser.as_(mina).get(here(petra)).form("approve").submit()
    assert page.location == "/admin/coaches"
    assert page.follow().says("Petra Novak is approved. We have written a mail.")
    assert petras.get(f"/requests/{wanted.id}").has("form[action$='/proposals']")
    assert browser.get("/coaches/petra-novak").is_good
    decided = profile(db, petra)
    assert decided.is_approved and decided.approved_at and not decided.claimed_by_id
    assert names(db) == ["coach_profile.approved"]
    event = db.query(Event).one()
    assert (event.actor_id, event.subject_id, event.side) == (mina.id, petra.id, None)
    assert (event.from_status, event.to_status) == ("submitted", "approved")
    [letter] = mailbox.letters()
    assert letter.to == petra.email and letter.subject == "You can teach on Skileez now"


def test_petra_is_asked_for_changes_step_by_step(browser, db, mailbox, petra, mina):
    sent = profile(db, petra).submitted_at
    page = browser.as_(mina).get(here(petra)).form("request-changes").fill(**CHANGES).submit()
    assert page.follow().says("Petra Novak is asked for changes.")
    assert profile(db, petra).status is CoachStatus.CHANGES_REQUESTED
    decision = db.query(CoachDecision).one()
    assert (decision.submitted_at, decision.staff_id) == (sent, mina.id)
    assert names(db) == ["coach_profile.changes_requested"]
    [letter] = mailbox.letters(petra.email)
    assert "Skills: Name one more." in letter.text
    step = browser.as_(petra).get("/become-a-coach/headline")
    assert step.says("Say whom you help.") and not step.says("Name one more.")


def test_petra_reads_why_she_was_turned_down(browser, db, mailbox, petra, mina):
    page = browser.as_(mina).get(here(petra)).form("reject").fill(**REASON).submit()
    assert page.follow().says("Petra Novak is not approved.")
    assert profile(db, petra).status is CoachStatus.REJECTED
    assert names(db) == ["coach_profile.rejected"]
    assert REASON["reason"] in mailbox.letters(petra.email)[0].text
    assert browser.as_(petra).get("/become-a-coach/review").says(REASON["reason"])


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_a_decision_without_words_comes_back_with_what_was_typed(browser, petra, mina, way):
    asking = getattr(browser.as_(mina), way)
    page = asking.post(here(petra) + "/request-changes", {"comment_goal": "  "})
    assert page.is_redisplay and page.says("Write a comment on at least one step.")
    page = asking.post(here(petra) + "/reject", {"reason": "Short."})
    assert page.is_redisplay and page.form("reject").value("reason") == "Short."
    assert page.says("Write at least 10 characters.") and page.has("#decision")


@pytest.mark.parametrize("way", ["plain", "htmx"])
@pytest.mark.parametrize("deed", DEEDS)
def test_who_comes_second_is_told_what_happened(browser, db, petra, mina, deed, way):
    profile(db, petra).status = CoachStatus.APPROVED
    answer = getattr(browser.as_(mina), way).post(f"{here(petra)}/{deed}", DEEDS[deed])
    assert answer.is_conflict and answer.says("This coach has been approved already.")
    if way == "plain":
        assert all(answer.says(words) for words in DEEDS[deed].values())
    assert names(db) == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (CoachStatus.DRAFT, "has not sent an application yet"),
        (CoachStatus.CHANGES_REQUESTED, "has been asked for changes already"),
        (CoachStatus.REJECTED, "has been turned down already"),
        (CoachStatus.SUSPENDED, "is not waiting any more"),
    ],
)
def test_only_what_waits_is_decided_on(browser, db, petra, mina, status, words):
    profile(db, petra).status = status
    assert not browser.as_(mina).get(here(petra)).has("#decision form")
    for deed, fields in DEEDS.items():
        answer = browser.as_(mina).post(f"{here(petra)}/{deed}", fields)
        assert answer.is_conflict and answer.says(words), deed
    assert profile(db, petra).status is status and names(db) == []


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_decides_on_themselves(browser, db, mina, ada, deed):
    make_coach(db, mina, status=CoachStatus.SUBMITTED)
    page = browser.as_(mina).get(here(mina))
    assert page.says("This is your own application.") and not page.has("#decision form")
    answer = browser.as_(mina).post(f"{here(mina)}/{deed}", DEEDS[deed])
    assert answer.is_not_allowed and answer.says("Somebody else decides on your own application.")
    assert profile(db, mina).status is CoachStatus.SUBMITTED
    assert browser.as_(ada).post(f"{here(mina)}/{deed}", DEEDS[deed]).status == 303


def test_mina_does_not_look_at_her_own_changes(browser, db, mina):
    make_changed(db, make_coach(db, mina), "name")
    assert browser.as_(mina).post(here(mina) + "/looked").is_not_allowed


@pytest.mark.parametrize("name", ["sofia", "carla", "dora", "petra"])
def test_nobody_else_reads_or_decides(browser, db, petra, request, name):
    person = request.getfixturevalue(name)
    assert browser.as_(person).get("/admin/coaches").is_not_allowed
    assert browser.as_(person).get(here(petra)).status == (403 if name == "petra" else 404)
    for deed, fields in DEEDS.items():
        assert browser.as_(person).post(f"{here(petra)}/{deed}", fields).status in (403, 404)
    assert browser.get(here(petra)).asks_to_sign_in
    assert profile(db, petra).status is CoachStatus.SUBMITTED and names(db) == []


def test_who_is_no_longer_staff_decides_nothing_at_the_next_click(browser, db, petra, mina):
    asking = browser.as_(mina)
    assert asking.post(here(petra) + "/claim").status == 303
    mina.staff_role = None
    assert asking.post(here(petra) + "/approve").is_not_found
    assert profile(db, petra).status is CoachStatus.SUBMITTED


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_mina_is_asked_for_her_password_after_a_quarter_of_an_hour(browser, db, petra, mina, way):
    with time_machine.travel(now(), tick=False) as clock:
        browser.post("/sign-in", {"email": mina.email, "password": PASSWORD})
        asking = getattr(browser, way)
        assert asking.get("/admin/coaches").is_good
        clock.shift(timedelta(minutes=16))
        assert asking.get("/admin/coaches").leads_to("/sign-in/again")
        assert asking.post(here(petra) + "/approve").leads_to("/sign-in/again")
        assert profile(db, petra).status is CoachStatus.SUBMITTED
        browser.post("/sign-in/again", {"password": PASSWORD})
        assert browser.get(here(petra)).is_good
