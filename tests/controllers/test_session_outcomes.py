"""Sofia confirms, Carla was missed, Mina decides: how sessions end, once, and what is counted."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.events import Event
from db.models.ledger import LedgerTransaction, PostingKind
from db.models.notices import Notice
from db.models.payments import Payment, PaymentStatus
from db.models.session_states import SessionStatus
from db.queries import ledger
from tests.contract_factories import bring, make_contract, on_the_slot

ENDED, SCHEDULED, PROBLEM = SessionStatus.ENDED, SessionStatus.SCHEDULED, SessionStatus.PROBLEM
COMPLETED, RESOLVED = SessionStatus.COMPLETED, SessionStatus.RESOLVED
WORDS = "Carla could not be heard for most of the hour."
REASON = "Both say that the line was gone after ten minutes."
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def contract(db, sofia, carla):
    return make_contract(db, sofia, carla, sessions=2)


@pytest.fixture
def over(db, contract):
    return bring(db, contract, to=ENDED)


@pytest.fixture
def reported(db, contract):
    return bring(
        db, contract, to=PROBLEM, reported_by=Side.STUDENT, report=WORDS, reported_at=now()
    )


def here(session, deed=""):
    return f"/sessions/{session.id}/{deed}".rstrip("/")


def staff(session, deed=""):
    return f"/admin/sessions/{session.id}/{deed}".rstrip("/")


def answered(status, page):
    assert page.status == status, page
    return page


def posted(db):
    return [(one.session_id, one.kind) for one in db.query(LedgerTransaction)]


def names(db):
    found = [one.name for one in db.query(Event).filter_by(subject="session").order_by(Event.id)]
    return [name for name in found if name != "session.looked_at"]


def told(db):
    return [(one.account_id, one.name) for one in db.query(Notice).order_by(Notice.id)]


# The two.


def test_sofia_confirms_and_it_is_counted(browser, db, contract, over, sofia):
    page = browser.as_(sofia).get(here(over))
    assert page.says("you owe $18 for it")
    assert page.form("confirm").submit().leads_to(here(over))
    db.expire_all()
    assert over.status is COMPLETED and over.finished_at
    assert posted(db) == [(over.id, PostingKind.SESSION_COMPLETED)]
    assert (names(db), told(db)) == (["session.confirmed"], [])
    db.refresh(contract)
    assert contract.status is ContractStatus.ACTIVE


def test_the_last_session_sofia_confirms_completes_the_contract(browser, db, contract, over, sofia):
    bring(db, contract, 2, to=COMPLETED, starts_at=on_the_slot(now() - 9 * HOUR))
    assert browser.as_(sofia).htmx.post(here(over, "confirm")).leads_to(here(over))
    db.refresh(contract)
    assert contract.status is ContractStatus.COMPLETED


def test_what_sofia_confirms_twice_is_counted_once(browser, db, over, sofia):
    browser.as_(sofia).post(here(over, "confirm"))
    assert answered(409, browser.as_(sofia).post(here(over, "confirm"))).says("is completed.")
    answered(409, browser.as_(sofia).htmx.post(here(over, "confirm"))).leads_to(here(over))
    assert len(posted(db)) == 1


def test_sofia_confirms_though_the_clock_is_late(browser, db, contract, sofia):
    session = bring(db, contract, to=SCHEDULED, starts_at=on_the_slot(now() - 2 * HOUR))
    browser.as_(sofia).post(here(session, "confirm"))
    db.expire_all()
    assert session.status is COMPLETED
    assert (names(db), told(db)) == (["session.ended", "session.confirmed"], [])


def test_after_72_hours_nobody_needs_to_and_nobody_can_say_anything(
    browser, db, contract, sofia, carla
):
    session = bring(db, contract, to=ENDED, starts_at=on_the_slot(now() - 90 * HOUR))
    for who, deed, form in (
        (sofia, "confirm", {}), (sofia, "problem", {"text": WORDS}), (carla, "no-show", {}),
    ):  # fmt: skip
        page = answered(409, browser.as_(who).post(here(session, deed), form))
        assert page.says("This session counts as completed")
    db.expire_all()
    assert session.status is ENDED and not posted(db)


def test_carla_says_ten_minutes_in_that_sofia_did_not_come(browser, db, contract, sofia, carla):
    session = bring(db, contract, to=SCHEDULED, starts_at=on_the_slot(now() - 15 * MINUTE))
    page = browser.as_(carla).get(here(session))
    assert page.form("no-show").fill(text="I waited.").submit().leads_to(here(session))
    db.expire_all()
    assert session.status is SessionStatus.NO_SHOW_STUDENT
    assert (session.reported_by, session.report) == (Side.COACH, "I waited.")
    assert (names(db), told(db)) == (
        ["session.ended", "session.no_show"], [(sofia.id, "session_no_show")],
    )  # fmt: skip
    assert not posted(db)
    assert browser.as_(sofia).get(here(session)).says("Carla reported that you did not come")


def test_nobody_says_so_before_ten_minutes_are_over(browser, db, contract, carla):
    session = bring(db, contract, to=SCHEDULED, starts_at=on_the_slot(now() - 10 * MINUTE))
    assert "no-show" not in browser.as_(carla).get(here(session)).text
    page = answered(409, browser.as_(carla).post(here(session, "no-show")))
    assert page.says("from ten minutes after the start")


def test_a_problem_sofia_reports_without_words_comes_back(browser, db, over, sofia):
    for asks in (browser.as_(sofia), browser.as_(sofia).htmx):
        page = answered(422, asks.post(here(over, "problem"), {"text": "Bad"}))
        assert page.one(f"#telling-{over.id}").text.strip() == "Bad"
    db.expire_all()
    assert over.status is ENDED


def test_a_problem_waits_until_sofia_confirms_or_carla_asks_nothing(
    browser, db, contract, over, sofia, carla
):
    page = browser.as_(sofia).get(here(over)).form("problem").fill(text=WORDS).submit()
    assert page.follow().says(WORDS)
    db.expire_all()
    assert over.status is PROBLEM and told(db) == [(carla.id, "session_problem")]
    answered(403, browser.as_(sofia).post(here(over, "waive")))
    answered(403, browser.as_(carla).post(here(over, "confirm")))
    browser.as_(carla).get(here(over)).form("waive").submit()
    db.expire_all()
    assert over.status is RESOLVED and not posted(db)
    assert told(db)[-1] == (sofia.id, "session_waived")
    assert answered(409, browser.as_(sofia).post(here(over, "confirm"))).says("has been settled")


def test_sofia_confirms_what_she_had_reported(browser, db, reported, sofia, carla):
    browser.as_(sofia).post(here(reported, "confirm"))
    db.expire_all()
    assert reported.status is COMPLETED and len(posted(db)) == 1
    assert told(db) == [(carla.id, "session_confirmed")]


# Staff.


def test_mina_finds_what_waits_and_decides(browser, db, reported, sofia, carla, mina):
    home = browser.as_(mina).get("/admin")
    assert home.says("1 session to decide about")
    page = browser.as_(mina).get("/admin/sessions")
    assert "Sofia" not in page.one("#reported").text
    page = browser.as_(mina).get(staff(reported))
    assert page.says(WORDS) and page.says("Sofia Mwangi") and page.says("$18 for 60 minutes")
    page = page.form("decide").fill(outcome="completed", reason=REASON).submit()
    assert page.location == "/admin/sessions"
    db.expire_all()
    assert (reported.status, reported.decision) == (COMPLETED, REASON)
    assert reported.decided_by_id == mina.id and len(posted(db)) == 1
    assert names(db) == ["session.decided"]
    assert told(db) == [(sofia.id, "session_decided"), (carla.id, "session_decided")]
    for who in (sofia, carla):
        assert browser.as_(who).get(here(reported)).says(REASON)
    assert browser.as_(mina).get("/admin/sessions?list=decided").says("Decided by Mina")
    assert db.query(Event).filter_by(name="session.looked_at", actor_id=mina.id).count() == 1


def test_what_mina_settles_for_nothing_costs_nothing(browser, db, reported, mina):
    form = {"outcome": "resolved", "reason": REASON}
    browser.as_(mina).htmx.post(staff(reported, "decide"), form)
    db.expire_all()
    assert reported.status is RESOLVED and not posted(db)
    answered(409, browser.as_(mina).post(staff(reported, "decide"), form))
    answered(409, browser.as_(mina).post(staff(reported, "reverse"), {"reason": REASON}))


def test_mina_gives_a_reason_and_one_of_the_two_outcomes(browser, db, reported, mina):
    form = {"outcome": "void", "reason": "No."}
    page = answered(422, browser.as_(mina).post(staff(reported, "decide"), form))
    assert page.says("Choose one of the two.") and page.one("#reason-error")
    page = answered(422, browser.as_(mina).htmx.post(staff(reported, "decide"), {}))
    assert page.one("#decision")
    db.expire_all()
    assert reported.status is PROBLEM


def test_mina_takes_back_what_was_counted_once(browser, db, reported, sofia, carla, mina):
    decision = {"outcome": "completed", "reason": REASON}
    browser.as_(mina).post(staff(reported, "decide"), decision)
    page = browser.as_(mina).get(staff(reported))
    assert page.form("reverse").fill(reason=REASON).submit().leads_to(staff(reported))
    again = answered(409, browser.as_(mina).post(staff(reported, "reverse"), {"reason": REASON}))
    assert again.says("taken back already")
    answered(409, browser.as_(mina).post(staff(reported, "reverse"), {"reason": "No."}))
    first, back = db.query(LedgerTransaction).order_by(LedgerTransaction.id)
    assert (back.reverses_id, back.reason, back.decided_by_id) == (first.id, REASON, mina.id)
    assert ledger.lines(db, back.id) == [
        (holder, -amount) for holder, amount in ledger.lines(db, first.id)
    ]
    assert db.query(Payment).one().status is PaymentStatus.VOID
    assert names(db)[-1] == "session.reversed"
    assert told(db)[-2:] == [(sofia.id, "session_reversed"), (carla.id, "session_reversed")]
    for person in (sofia, carla):
        page = browser.as_(person).get(here(reported))
        assert page.says("Our staff took back what this session cost") and page.says(REASON)


def test_nobody_decides_about_a_session_of_their_own(browser, db, sofia, mina, ada):
    own = make_contract(db, mina, ada)
    session = bring(db, own, to=PROBLEM, report=WORDS)
    for who in (mina, ada):
        form = {"outcome": "resolved", "reason": REASON}
        answered(403, browser.as_(who).get(staff(session)))
        answered(403, browser.as_(who).post(staff(session, "decide"), form))
        assert browser.as_(who).get("/admin/sessions").says("No session waits")


def test_what_nobody_reported_is_not_for_staff(browser, db, over, sofia, carla, mina):
    answered(404, browser.as_(mina).get(staff(over)))
    answered(404, browser.as_(mina).get(here(over)))
    for who in (sofia, carla):
        answered(403, browser.as_(who).get(staff(over)))


def test_what_nobody_has_reported_is_not_waived(browser, db, over, carla):
    page = answered(409, browser.as_(carla).post(here(over, "waive")))
    assert page.says("Nobody has reported anything about this session.")
    assert posted(db) == []
