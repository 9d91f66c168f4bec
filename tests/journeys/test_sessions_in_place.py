"""A session is answered on a page where something else is being written: both are kept."""

from datetime import timedelta

from sqlalchemy import select

from app.clock import now
from db.models.accounts import Account
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot
from tests.factories import make_coach

WHY = "My train does not go on that day."


def test_what_sam_writes_to_one_session_outlives_the_answer_to_another(open_as, world):
    with world.writing() as db:
        sam = db.scalars(select(Account).filter_by(email="sam@skileez.example")).one()
        contract = make_contract(db, sam, make_coach(db), sessions=2)
        times = (on_the_slot(now() + timedelta(days=days)) for days in (200, 201))
        first = bring(db, contract, 1, to=SessionStatus.SCHEDULED, starts_at=next(times)).id
        bring(db, contract, 2, to=SessionStatus.PROPOSED, starts_at=next(times))
        address = f"/contracts/{contract.id}"
    page = open_as("sam", device="phone")
    page.goto(address)
    reason = page.locator(f"#reason-{first}")
    page.locator(f"#session-{first} summary", has_text="Cancel it").click()
    reason.fill(WHY)
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Agree on this time").click()
    page.get_by_text("The time is agreed.").first.wait_for()
    page.get_by_role("button", name="Agree on this time").wait_for(state="detached")
    page.locator("#toasts", has_text="We kept what you typed.").wait_for()
    assert reason.input_value() == WHY
    assert page.evaluate("window.stayed") is True
    assert page.evaluate("document.activeElement.closest('main') !== null")
