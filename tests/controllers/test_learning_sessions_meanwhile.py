"""Sofia's page is older than what it shows: nothing is done that she has not read."""

import json
from types import SimpleNamespace

import pytest
import time_machine

from app.clock import now
from app.mail.outdated import is_outdated
from db.models.contracts import ContractStatus
from db.models.ledger import LedgerTransaction
from db.models.outgoing_mail import OutgoingMail
from db.models.session_claims import SessionClaim
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot, session_of
from tests.controllers.test_learning_sessions import HOUR, typed

SCHEDULED, PROPOSED = SessionStatus.SCHEDULED, SessionStatus.PROPOSED


@pytest.fixture
def agreed(db, sofia, carla):
    sofia.time_zone, carla.time_zone = "Africa/Nairobi", "Europe/Madrid"
    return make_contract(db, sofia, carla, sessions=2)


@pytest.fixture
def soon(db, agreed):
    """Free to cancel for another hour."""
    return bring(db, agreed, to=SCHEDULED, starts_at=on_the_slot(now() + 13 * HOUR))


def in_place(answer):
    return json.loads(answer.headers["HX-Location"])


@pytest.mark.parametrize("page", ["/sessions/{}", "/contracts/{}", "/sessions?list=waiting"])
def test_each_deed_leads_back_to_the_whole_page_it_was_done_on(browser, db, agreed, sofia, page):
    session = bring(db, agreed, to=PROPOSED)
    page = page.format(agreed.id if "contracts" in page else session.id)
    sofias = browser.as_(sofia)
    came_from = {"HX-Current-URL": f"https://skileez.test{page}"}
    answer = sofias.htmx.post(f"/sessions/{session.id}/agree", {"offer": "1"}, came_from)
    assert answer.status == 200 and in_place(answer)["path"] == page
    assert in_place(answer)["target"] == "#main"
    assert sofias.get(page).says("The time is agreed. We have told your coach.")


def test_a_form_that_came_back_leads_to_the_page_of_the_session(browser, db, soon, sofia):
    """Nor to a parked form that is gone, to another one's address, or to what was made up."""
    here, sofias = f"/sessions/{soon.id}", browser.as_(sofia)
    elsewhere = ("/sessions/1/offer", "/parked-form?form=3", "/contracts/1/end", "/made-up")
    for number, page in enumerate(elsewhere, 1):
        offer = {
            "starts": typed(on_the_slot(now() + 24 * number * HOUR), sofia.time_zone),
            "form_key": f"key-{number}",
        }
        answer = sofias.post(f"{here}/offer", offer, {"Referer": f"http://x{page}"})
        assert answer.location == here, page
        answer = sofias.post(
            f"{here}/take-back", {"offer": f"{number}"}, {"Referer": f"http://x{page}"}
        )
        assert answer.location == here, page


def test_what_was_answered_in_another_tab_is_shown_as_it_stands(browser, db, agreed, sofia):
    session = bring(db, agreed, to=PROPOSED)
    sofias, here = browser.as_(sofia), f"/sessions/{session.id}"
    sofias.post(f"{here}/agree", {"offer": "1"})
    answer = sofias.htmx.post(
        f"{here}/agree", {"offer": "1"}, {"HX-Current-URL": f"http://x{here}"}
    )
    assert answer.status == 409 and in_place(answer)["path"] == here
    assert sofias.get(here).says("The time of this session is agreed.")
    # Without script a page leads there, and says nothing of what nobody has written.
    answer = sofias.post(f"{here}/agree", {"offer": "1"})
    assert answer.status == 409 and not answer.says("What you wrote")
    assert answer.has(f"a[href='{here}']")
    # What somebody has written is not thrown away for it.
    sofias.post(f"{here}/cancel", {})
    answer = sofias.htmx.post(f"{here}/cancel", {"reason": "I am ill."})
    assert answer.status == 409 and "HX-Location" not in answer.headers
    assert answer.has(f"a[href='{here}']")


def test_another_offer_is_shown_before_it_is_agreed_on(browser, db, agreed, sofia, carla):
    session = bring(db, agreed, to=PROPOSED, offer=4)
    for who, deed in ((sofia, "agree"), (sofia, "decline"), (carla, "take-back")):
        here = f"/sessions/{session.id}/{deed}"
        own = browser.as_(who).get(f"/sessions/{session.id}").form(deed).tag
        assert own["hx-status:409"] == f"swap:outerHTML target:#session-{session.id}"
        for asks in (browser.as_(who), browser.as_(who).htmx):
            answer = asks.post(here, {"offer": "3"})
            assert answer.status == 409 and answer.says("Another time is offered now.")
            assert answer.one(f"form[action='{here}'] [name=offer]")["value"] == "4"
    db.expire_all()
    assert session.status is PROPOSED


def test_nobody_owes_what_the_page_said_is_free(browser, db, soon, sofia, carla):
    sofias = browser.as_(sofia)
    page = sofias.get(f"/sessions/{soon.id}")
    assert page.says("Nothing is owed for it")
    with time_machine.travel(now() + 2 * HOUR):
        answer = page.form("cancel").fill(reason="My train is late.").submit()
        assert answer.status == 409 and answer.says("You owe $18 for it")
        assert answer.says("The deadline has passed since you opened this page.")
        assert answer.one("[name=reason]").text.strip() == "My train is late."
        db.expire_all()
        assert soon.status is SCHEDULED and not db.query(LedgerTransaction).count()
        answer.form("cancel").submit()
        db.expire_all()
        assert soon.status is SessionStatus.CANCELLED_LATE
        assert db.query(LedgerTransaction).count() == 1


def test_ending_a_contract_costs_no_more_than_its_page_said(browser, db, agreed, soon, sofia):
    page = browser.as_(sofia).get(f"/contracts/{agreed.id}")
    with time_machine.travel(now() + 2 * HOUR):
        answer = page.form("end").fill(reason="I move sooner.").submit()
        assert answer.status == 409 and answer.says("1 session counts all the same")
        assert answer.says("A deadline has passed since you opened this page.")
        assert answer.one("#end [name=reason]").text.strip() == "I move sooner."
        db.expire_all()
        assert (agreed.status, soon.status) == (ContractStatus.ACTIVE, SCHEDULED)
        answer.form("end").submit()
        db.expire_all()
        assert agreed.status is ContractStatus.ENDED_EARLY
        assert db.query(LedgerTransaction).count() == 1
    [mail] = db.query(OutgoingMail).filter_by(template="contract_ended")
    assert mail.detail["owed"] == 1


@pytest.mark.parametrize("who", ["sofia", "carla"])
@pytest.mark.parametrize("late", [False, True])
def test_a_session_can_be_called_off_while_a_move_is_offered(
    browser, db, agreed, request, sofia, who, late
):
    start = on_the_slot(now() + (3 if late else 30) * HOUR)
    session = bring(db, agreed, to=SCHEDULED, starts_at=start)
    here, later = f"/sessions/{session.id}", typed(start + 24 * HOUR, "Africa/Nairobi")
    browser.as_(sofia).post(f"{here}/offer", {"starts": later})
    page = browser.as_(request.getfixturevalue(who)).get(here)
    assert page.says("was over on" if late else "Free to cancel until")
    page.form("cancel").submit().leads_to(here)
    db.expire_all()
    assert session.status is SessionStatus(f"cancelled_{'late' if late else 'early'}")
    assert (session.offered_starts_at, session.starts_at) == (None, start)
    assert not db.query(SessionClaim).count()
    assert db.query(LedgerTransaction).count() == (late and who == "sofia")


def test_a_no_says_whether_the_contract_is_paused_or_over(browser, db, agreed, sofia):
    session, form = bring(db, agreed, to=SessionStatus.UNSCHEDULED), {"starts": "2027-03-01T10:00"}
    for status, words in ((ContractStatus.PAUSED, "paused"), (ContractStatus.ENDED_EARLY, "over")):
        agreed.status = status
        answer = browser.as_(sofia).post(f"/sessions/{session.id}/offer", form)
        assert answer.status == 409 and answer.says(f"This contract is {words}.")


def test_a_page_from_before_cancels_no_moved_session(browser, db, agreed, soon, sofia):
    sofias, here = browser.as_(sofia), f"/sessions/{soon.id}"
    form = sofias.get(here).form(f"{here}/cancel")
    bring(db, agreed, to=SCHEDULED, starts_at=soon.starts_at + 24 * HOUR)
    answer = form.fill(reason="I am ill.").submit()
    assert answer.status == 409 and answer.says("Another time is agreed by now.")
    assert answer.says("I am ill.")
    db.expire_all()
    assert soon.status is SCHEDULED


def test_sofia_does_not_flood_carla_with_times(browser, db, agreed, sofia):
    sofias, here = browser.as_(sofia), f"/sessions/{session_of(db, agreed).id}"
    for number in range(1, 8):
        offer = {
            "starts": typed(on_the_slot(now() + 24 * number * HOUR), sofia.time_zone),
            "form_key": f"key-{number}",
        }
        answer = sofias.post(f"{here}/offer", offer)
        sofias.post(f"{here}/take-back", {"offer": f"{number}"})
    assert answer.status == 429 and answer.says("You have offered 6 times for this session")
    assert db.query(OutgoingMail).filter_by(template="session_offered").count() == 6


def test_a_mail_offers_no_time_that_was_taken_back(browser, db, database, agreed, sofia):
    sofias, here = browser.as_(sofia), f"/sessions/{session_of(db, agreed).id}"
    starts = typed(on_the_slot(now() + 48 * HOUR), sofia.time_zone)
    for number in (1, 2):
        sofias.post(f"{here}/offer", {"starts": starts, "form_key": f"key-{number}"})
        mail = db.query(OutgoingMail).order_by(OutgoingMail.id.desc()).first()
        claimed = SimpleNamespace(template=mail.template, detail=mail.detail)
        assert not is_outdated(database, claimed)
        sofias.post(f"{here}/take-back", {"offer": f"{number}"})
        assert is_outdated(database, claimed)
