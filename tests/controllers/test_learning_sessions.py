"""The times of sessions: offered, agreed on, moved and called off, by both sides and clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select

from app.clock import now
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.ledger import LedgerTransaction, PostingKind
from db.models.notices import Notice
from db.models.outgoing_mail import OutgoingMail
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot, session_of

HOUR = timedelta(hours=1)


@pytest.fixture
def agreed(db, sofia, carla):
    sofia.time_zone, carla.time_zone = "Africa/Nairobi", "Europe/Madrid"
    return make_contract(db, sofia, carla, sessions=3)


@pytest.fixture
def first(db, agreed):
    return session_of(db, agreed)


def typed(instant, zone):
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


def seen(page):
    return " ".join(page.one("main").get_text(" ").split())


def claims(db, session):
    return {
        (one.account_id, one.slot)
        for one in db.scalars(select(SessionClaim).where(SessionClaim.session_id == session.id))
    }


def test_a_time_is_offered_and_agreed_on_by_both_clocks(browser, db, first, sofia, carla):
    start = datetime(2027, 3, 1, 14, tzinfo=UTC)
    page = browser.as_(carla).get(f"/sessions/{first.id}")
    page.form("offer").fill(starts="2027-03-01T15:00").submit().leads_to(f"/sessions/{first.id}")
    db.expire_all()
    assert first.status is SessionStatus.PROPOSED and first.offered_starts_at == start
    assert first.offered_by is Side.COACH and not claims(db, first)
    sofias = browser.as_(sofia).get(f"/sessions/{first.id}")
    assert "17:00 to 18:00 for you, 15:00 to 16:00 for Carla in Madrid" in seen(sofias)
    assert "05:00 for you" in seen(sofias)  # twelve hours before
    sofias.form("agree").submit().leads_to(f"/sessions/{first.id}")
    db.expire_all()
    assert first.status is SessionStatus.SCHEDULED
    assert (first.starts_at, first.ends_at) == (start, start + HOUR)
    assert first.cancel_by == start - 12 * HOUR
    assert first.confirm_by == start + 73 * HOUR
    assert len(claims(db, first)) == 24
    assert [one.name for one in db.scalars(select(Notice).order_by(Notice.id))] == [
        "session_offered",
        "session_agreed",
    ]
    [offered, _] = db.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    assert offered.recipient == sofia.email and offered.detail["zone"] == "Africa/Nairobi"


def test_what_is_agreed_moves_only_by_consent(browser, db, first, agreed, sofia, carla):
    bring(db, agreed, to=SessionStatus.SCHEDULED)
    was, taken, later = first.starts_at, claims(db, first), first.starts_at + 24 * HOUR
    offer = {"starts": typed(later, "Africa/Nairobi")}
    browser.as_(sofia).post(f"/sessions/{first.id}/offer", offer)
    db.expire_all()
    assert first.status is SessionStatus.PROPOSED and first.starts_at == was
    assert claims(db, first) == taken
    assert browser.as_(sofia).get(f"/sessions/{first.id}").says("Free to cancel until")
    page = browser.as_(carla).get(f"/sessions/{first.id}")
    page.form("decline").submit()
    db.expire_all()
    assert first.status is SessionStatus.SCHEDULED and first.starts_at == was
    browser.as_(sofia).post(f"/sessions/{first.id}/offer", offer)
    browser.as_(carla).get(f"/sessions/{first.id}").form("agree").submit()
    db.expire_all()
    assert first.starts_at == later and first.sequence == 1
    assert len(claims(db, first)) == 24 and not claims(db, first) & taken
    told = [one.name for one in db.scalars(select(Notice).order_by(Notice.id))]
    assert told == ["session_offered", "session_declined", "session_offered", "session_moved"]


def test_who_offers_takes_it_back_and_does_not_agree(browser, db, first, agreed, carla):
    bring(db, agreed, to=SessionStatus.PROPOSED)
    here = f"/sessions/{first.id}"
    assert browser.as_(carla).post(f"{here}/agree", {"offer": "1"}).is_not_allowed
    browser.as_(carla).get(here).form("take-back").submit()
    db.expire_all()
    assert first.status is SessionStatus.UNSCHEDULED and first.offered_starts_at is None
    assert browser.as_(carla).post(f"{here}/take-back", {"offer": "1"}).status == 409


def test_an_offer_that_ran_out_is_not_agreed_on_and_another_can_be_made(
    browser, db, first, agreed, sofia
):
    bring(db, agreed, to=SessionStatus.PROPOSED, answer_by=now() - HOUR)
    page = browser.as_(sofia).post(f"/sessions/{first.id}/agree", {"offer": "1"})
    assert page.status == 409 and "run out" in page.text
    start = typed(on_the_slot(now() + 50 * HOUR), "Africa/Nairobi")
    browser.as_(sofia).post(f"/sessions/{first.id}/offer", {"starts": start})
    db.expire_all()
    assert first.offer == 2 and first.offered_by is Side.STUDENT


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ("2026-11-01T10:00", "still to come"),
        ("2036-01-01T10:00", "within a year"),
        ("2027-03-01T10:02", "multiple of 5 minutes"),
        ("tomorrow", "Write a day and a time"),
        ("", "Fill this in"),
    ],
)
def test_a_time_that_will_not_do_is_refused_in_words(browser, db, first, carla, starts, sentence):
    answer = browser.as_(carla).post(f"/sessions/{first.id}/offer", {"starts": starts})
    assert answer.status == 422 and sentence in answer.text
    db.expire_all()
    assert first.status is SessionStatus.UNSCHEDULED


@time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC), tick=True)
def test_an_hour_that_is_left_out_and_one_that_comes_twice(browser, db, sofia, carla):
    carla.time_zone = "Europe/Madrid"
    session = session_of(db, make_contract(db, sofia, carla))
    carlas, here = browser.as_(carla), f"/sessions/{session.id}/offer"
    answer = carlas.post(here, {"starts": "2027-03-28T02:30"})
    assert answer.status == 422 and "left out" in answer.text
    answer = carlas.post(here, {"starts": "2027-10-31T02:30"})
    assert answer.status == 422 and len(answer.all("input[name=fold]")) == 2
    carlas.post(here, {"starts": "2027-10-31T02:30", "fold": "1"})
    db.expire_all()
    assert session.offered_starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_nobody_is_in_two_sessions_at_once(browser, db, first, agreed, sofia, carla, dora):
    sofias = bring(db, make_contract(db, sofia, dora, title="Paella"), to=SessionStatus.SCHEDULED)
    start = sofias.starts_at + HOUR / 2
    answer = browser.as_(carla).post(
        f"/sessions/{first.id}/offer", {"starts": typed(start, "Europe/Madrid")}
    )
    assert answer.status == 422 and "Sofia cannot then" in answer.text
    assert "Paella" not in answer.text
    answer = browser.as_(sofia).post(
        f"/sessions/{first.id}/offer", {"starts": typed(start, "Africa/Nairobi")}
    )
    assert answer.status == 422 and "session 1 of “Paella”" in answer.text
    bring(db, agreed, to=SessionStatus.PROPOSED, offered_starts_at=start)
    answer = browser.as_(sofia).post(f"/sessions/{first.id}/agree", {"offer": "1"})
    assert answer.status == 409 and "Paella" in answer.text
    # Right after it is free, and so is its own time once it is called off.
    browser.as_(dora).post(f"/sessions/{sofias.id}/cancel", {})
    answer = browser.as_(sofia).post(f"/sessions/{first.id}/agree", {"offer": "1"})
    db.expire_all()
    assert first.status is SessionStatus.SCHEDULED


def test_no_time_is_agreed_on_with_somebody_suspended(browser, db, first, agreed, sofia, carla):
    carla.status = "suspended"
    sofias, here = browser.as_(sofia), f"/sessions/{first.id}"
    sentence = "No time can be agreed on for this session at the moment."
    page = sofias.get(here)
    assert page.says(sentence) and not page.has("form[action$='/offer']")
    answer = sofias.post(f"{here}/offer", {"starts": "2027-03-01T10:00"})
    assert answer.is_not_allowed and answer.says(sentence)
    bring(db, agreed, to=SessionStatus.PROPOSED)
    assert sofias.get(here).says(sentence) and not sofias.get(here).has("form[action$='/agree']")
    answer = sofias.post(f"{here}/agree", {"offer": "1"})
    assert answer.is_not_allowed and answer.says(sentence)
    # What is her own to end goes on: the offer, and the contract.
    assert sofias.post(f"{here}/decline", {"offer": "1"}).status < 400


def test_a_coach_is_not_told_the_zone_of_a_student_of_long_ago(
    browser, db, first, agreed, sofia, carla
):
    bring(db, agreed, to=SessionStatus.COMPLETED)
    agreed.status, agreed.ended_at = ContractStatus.ENDED_EARLY, now() - timedelta(days=90)
    for address in (f"/sessions/{first.id}", "/sessions?list=past", f"/contracts/{agreed.id}"):
        page = browser.as_(carla).get(address)
        assert page.says("Session 1") and not page.says("Nairobi") and not page.says("for Sofia")
        assert "Mwangi" not in page.text
    assert browser.as_(sofia).get(f"/sessions/{first.id}").says("in Madrid")


def test_a_paused_contract_takes_no_times(browser, db, first, agreed, sofia):
    agreed.status = ContractStatus.PAUSED
    db.flush()
    page = browser.as_(sofia).get(f"/sessions/{first.id}")
    assert page.says("The contract is paused") and not page.has("form[action$='/offer']")
    answer = browser.as_(sofia).post(f"/sessions/{first.id}/offer", {"starts": "2027-03-01T10:00"})
    assert answer.status == 409


@pytest.mark.parametrize("who", ["sofia", "carla"])
@pytest.mark.parametrize("late", [False, True])
def test_cancelling_before_and_after_the_deadline(browser, db, agreed, first, request, who, late):
    person = request.getfixturevalue(who)
    start = on_the_slot(now() + (2 if late else 30) * HOUR)
    bring(db, agreed, to=SessionStatus.SCHEDULED, starts_at=start)
    page = browser.as_(person).get(f"/sessions/{first.id}")
    assert page.says("was over on" if late else "Free to cancel until")
    page.form("cancel").fill(reason="My train is late.").submit().leads_to(f"/sessions/{first.id}")
    db.expire_all()
    assert first.status is SessionStatus(f"cancelled_{'late' if late else 'early'}")
    assert first.finished_at and not claims(db, first)
    kinds = list(db.scalars(select(LedgerTransaction.kind)))
    owed = late and who == "sofia"
    assert kinds == ([PostingKind.SESSION_CANCELLED_LATE] if owed else [])
    assert [one.name for one in db.scalars(select(Notice))] == ["session_cancelled"]
    assert browser.as_(person).post(f"/sessions/{first.id}/cancel", {}).status == 409


def test_the_last_session_called_off_completes_the_contract(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla, sessions=1)
    session = bring(db, contract, to=SessionStatus.SCHEDULED)
    browser.as_(sofia).post(f"/sessions/{session.id}/cancel", {})
    db.expire_all()
    assert contract.status is ContractStatus.COMPLETED


def test_the_link_shows_to_the_student_from_an_hour_before(
    browser, db, agreed, first, sofia, carla
):
    bring(db, agreed, to=SessionStatus.SCHEDULED, starts_at=on_the_slot(now() + 2 * HOUR))
    link, here = "https://meet.example.com/carla", f"/sessions/{first.id}"
    plain = browser.as_(carla).post(f"{here}/link", {"link": link.replace("https", "http")})
    assert plain.status == 422 and "begins with https" in plain.text
    page = browser.as_(carla).get(here)
    page.form("link").fill(link=link).submit().leads_to(here)
    assert link in browser.as_(carla).get(here).text
    assert link not in browser.as_(sofia).get(here).text
    assert browser.as_(sofia).post(f"{here}/link", {"link": link}).is_not_allowed
    assert not browser.as_(carla).get(here).all("article a.btn")  # nothing to join for two hours
    with time_machine.travel(first.starts_at - HOUR / 2):
        for person in (sofia, carla):
            assert browser.as_(person).get(here).one("article a.btn")["href"] == link
        first.link = None
        assert browser.as_(sofia).get(here).says("Carla has not given a link yet.")
        first.link = link
    bring(db, agreed, to=SessionStatus.COMPLETED)
    for person in (sofia, carla):
        page = browser.as_(person).get(here)
        assert page.says("There is nothing to join any more") or person is carla
        assert not page.all("article a.btn")


def test_sessions_of_others_are_not_found(browser, first, sam, cole, mina):
    for person in (sam, cole, mina):
        assert browser.as_(person).get(f"/sessions/{first.id}").is_not_found
    assert browser.as_guest().get("/sessions").asks_to_sign_in
