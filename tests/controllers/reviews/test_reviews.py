from datetime import timedelta

import pytest
import time_machine

from app.clock import now
from db.models.contracts import ContractStatus
from db.models.events import Event
from db.models.profiles import CoachProfile
from db.models.reviews import Review
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, make_review, on_the_slot

WORDS = "She waited until I had found the word myself."
DAY = timedelta(days=1)


def written(db):
    db.expire_all()
    return db.query(Review).order_by(Review.id).all()


def test_sofia_writes_and_it_stays_sealed(browser, db, contract, sofia, carla):
    page = browser.as_(sofia).get(f"/contracts/{contract.id}").click("Write a review")
    assert page.says("stays sealed until you have both written, or until")
    assert len(page.all(".chips input[name=stars]")) == 5
    assert page.says("5 stars: excellent") and page.says("1 star: bad")
    page = page.form("review").fill(stars="4", text=WORDS).submit()
    assert page.leads_to(f"/contracts/{contract.id}")
    [review] = written(db)
    assert (review.stars, review.text, review.side) == (4, WORDS, "student")
    assert review.opens_at == contract.ended_at + 14 * DAY and review.published_at is None
    mine = browser.as_(sofia).get(f"/contracts/{contract.id}")
    assert mine.says("You wrote") and mine.says(WORDS) and mine.says("Sealed:")
    assert not browser.as_(carla).get(f"/contracts/{contract.id}").says(WORDS)


def test_both_open_once_both_are_in(browser, db, contract, sofia, carla):
    address = f"/contracts/{contract.id}/review"
    browser.as_(sofia).post(address, {"stars": "5", "text": WORDS})
    answer = browser.as_(carla).post(address, {"stars": "3", "text": "She practised."})
    assert answer.follow().says("Your review is published")
    first, second = written(db)
    assert (first.published_at and first.published_at == second.published_at) or second.published_at
    page = browser.as_(carla).get(f"/contracts/{contract.id}")
    assert page.says("Your student wrote") and page.says(WORDS)
    assert browser.as_(sofia).get(f"/contracts/{contract.id}").says("She practised.")
    assert browser.as_guest().get("/coaches/carla-ruiz").says(WORDS)
    assert not browser.as_guest().get("/coaches/carla-ruiz").says("She practised.")
    assert db.get(CoachProfile, carla.id).review_count == 1
    assert db.get(CoachProfile, carla.id).rating is None
    assert db.query(Event).filter_by(name="review.published").count() == 2


def test_a_wrong_form_says_everything_at_once(browser, db, contract, sofia):
    for way in (browser.as_(sofia), browser.as_(sofia).htmx):
        answer = way.post(f"/contracts/{contract.id}/review", {"text": "x" * 2001})
        assert answer.status == 422 and answer.says("Choose how many stars you give.")
        assert answer.says("Keep it to 2,000 characters.")
    for stars in ("0", "6", "-1", "5.5", "x"):
        answer = browser.as_(sofia).post(f"/contracts/{contract.id}/review", {"stars": stars})
        assert answer.status == 422
    assert not written(db)


def test_one_is_all_there_is(browser, db, contract, sofia):
    address = f"/contracts/{contract.id}/review"
    browser.as_(sofia).post(address, {"stars": "5"})
    answer = browser.as_(sofia).post(address, {"stars": "1"})
    assert answer.is_conflict and answer.says("You have reviewed this contract already")
    assert browser.as_(sofia).get(address).says("You have reviewed this contract already")
    assert [one.stars for one in written(db)] == [5]


def test_a_double_press_is_one_review(browser, db, contract, sofia):
    form = browser.as_(sofia).get(f"/contracts/{contract.id}/review").form("review")
    form.fill(stars="5", text=WORDS)
    assert form.submit().location == form.submit().location == f"/contracts/{contract.id}"
    assert len(written(db)) == 1


@pytest.mark.parametrize("who", ["sofia", "carla"])
def test_not_before_a_session_took_place_and_not_after_14_days(browser, db, sofia, carla, who):
    person = {"sofia": sofia, "carla": carla}[who]
    contract = make_contract(db, sofia, carla, status=ContractStatus.ENDED_EARLY, ended_at=now())
    address = f"/contracts/{contract.id}/review"
    bring(db, contract, 1, to=SessionStatus.CANCELLED_LATE)
    answer = browser.as_(person).post(address, {"stars": "5"})
    assert answer.is_conflict and answer.says("once one of its sessions has taken place")
    earlier = on_the_slot(now() - 2 * DAY)
    bring(db, contract, 2, to=SessionStatus.COMPLETED, starts_at=earlier)
    contract.ended_at = now() - 14 * DAY
    answer = browser.as_(person).post(address, {"stars": "5"})
    assert answer.is_conflict and answer.says("within 14 days")
    contract.ended_at += timedelta(minutes=1)
    assert browser.as_(person).post(address, {"stars": "5"}).leads_to(f"/contracts/{contract.id}")


def test_sofia_may_from_the_third_session_on_and_carla_at_the_end(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla)
    address = f"/contracts/{contract.id}/review"
    bring(db, contract, 1, to=SessionStatus.COMPLETED)
    earlier = on_the_slot(now() - 2 * DAY)
    bring(db, contract, 2, to=SessionStatus.COMPLETED, starts_at=earlier)
    assert browser.as_(sofia).post(address, {"stars": "5"}).says("after 3 completed sessions")
    assert browser.as_(carla).post(address, {"stars": "5"}).says("once the contract has ended")
    # The third is not confirmed by anybody, and the job is late.
    bring(db, contract, 3, to=SessionStatus.ENDED, starts_at=on_the_slot(now() - 4 * DAY))
    assert browser.as_(sofia).get(f"/contracts/{contract.id}").says("Write a review")
    assert browser.as_(sofia).post(address, {"stars": "4"}).leads_to(f"/contracts/{contract.id}")
    [review] = written(db)
    assert review.is_ongoing and review.opens_at == review.written_at + 14 * DAY
    assert not browser.as_guest().get("/coaches/carla-ruiz").says("Reviews")
    contract.status, contract.ended_at = ContractStatus.COMPLETED, now()
    browser.as_(carla).post(address, {"stars": "5"})
    page = browser.as_guest().get("/coaches/carla-ruiz")
    assert page.says("ongoing, written before the end")


def test_nobody_else_has_a_door(browser, contract, cole, sam, mina):
    for person in (cole, sam, mina):
        assert browser.as_(person).get(f"/contracts/{contract.id}/review").is_not_found
        answer = browser.as_(person).post(f"/contracts/{contract.id}/review", {"stars": "1"})
        assert answer.is_not_found


# Replies.


def test_carla_replies_once_within_28_days(browser, db, contract, sofia, carla):
    review = make_review(db, contract, sofia, published_at=now() - 27 * DAY)
    page = browser.as_(carla).get(f"/contracts/{contract.id}").click("Reply")
    answer = page.form("reply").fill(text="Thank you, Madrid waits for you.").submit()
    assert answer.leads_to(f"/contracts/{contract.id}")
    assert browser.as_guest().get("/coaches/carla-ruiz").says("Madrid waits for you")
    again = browser.as_(carla).post(f"/reviews/{review.id}/reply", {"text": "And more"})
    assert again.is_conflict and again.says("You have replied")
    assert browser.as_(sofia).get("/notices").says("Carla Ruiz replied to your review")


def test_replies_end_and_are_for_coaches_only(browser, db, contract, sofia, carla, cole):
    old = make_review(db, contract, sofia, published_at=now() - 28 * DAY)
    address = f"/reviews/{old.id}/reply"
    assert browser.as_(carla).post(address, {"text": "Late"}).says("within 28 days")
    assert browser.as_(sofia).post(address, {"text": "Mine"}).is_not_allowed
    assert browser.as_(cole).post(address, {"text": "Not mine"}).is_not_found
    about_her = make_review(db, contract, carla, published_at=now())
    assert browser.as_(sofia).get(f"/reviews/{about_her.id}/reply").is_not_allowed


def test_a_sealed_one_has_no_door_for_a_reply(browser, db, contract, sofia, carla):
    sealed = make_review(db, contract, sofia)
    assert browser.as_(carla).get(f"/reviews/{sealed.id}/reply").is_not_found
    with time_machine.travel(sealed.opens_at + timedelta(minutes=1)):  # whatever a job does
        answer = browser.as_(carla).post(f"/reviews/{sealed.id}/reply", {"text": "Thank you."})
        assert answer.status in (303, 401)
