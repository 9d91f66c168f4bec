"""From a request to a rating, once with htmx and once with JavaScript off: two sessions take place,
are confirmed and settled, and what the two say of each other opens once both have said it.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.clock import now
from db.models.contracts import Contract
from db.models.events import Event
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.ledger import LedgerAccount, LedgerAccountKind, LedgerLine, LedgerTransaction
from db.models.payments import Payment
from db.models.reviews import Review
from tests.journeys.traveller import Traveller, accept, post_request, propose, say

SAID = "We spoke from the first minute, and the landlord understood me."
ANSWER = "Sam repeated each sentence until it was his."
# Two reviews of each are open in the demo world: the next one makes a rating of them.
COACHES = {True: ("dora", "dora-lindqvist"), False: ("seo.yeon.park", "seo-yeon-park")}
HOME = ZoneInfo("Africa/Lagos")  # Sam's


@pytest.mark.parametrize("script", [True, False], ids=["htmx", "no-script"])
def test_a_request_becomes_a_rating(open_browser, world, script):
    name, handle = COACHES[script]
    sam = Traveller(open_browser("sam", device="phone", script=script), script=script)
    coach = Traveller(open_browser(name, script=script), script=script)
    guest = open_browser(script=script)
    title = f"Polish for a room in Łódź {'with' if script else 'without'} script"
    coach.page.goto("/dashboard")
    if coach.page.get_by_role("button", name="Switch to coaching").count():
        coach.press("Switch to coaching")

    address = post_request(sam, title)
    coach.page.goto(address)
    propose(coach, sessions=2, total="$37")
    accept(sam, address, total="$37")
    sam.page.get_by_role("link", name="Open the thread").click()
    sam.page.wait_for_url("**/messages/*")
    say(sam, "Shall we begin this week?")
    contract_id = contract_of(world, title)
    page_of_contract = f"/contracts/{contract_id}"
    first, second = sessions_of(world, contract_id)

    agree_on_times(sam, coach, page_of_contract, first, second)
    let_them_pass(world, contract_id)
    confirm(sam, first, second)
    settle(sam, coach, page_of_contract, title)
    review(sam, coach, guest, contract_id, handle)

    assert_all_of_it_is_written(world, contract_id)


def contract_of(world: Any, title: str) -> int:
    with world.reading() as db:
        wanted = select(LearningRequest.id).filter_by(title=title).scalar_subquery()
        return db.scalars(select(Contract.id).filter_by(request_id=wanted)).one()


def sessions_of(world: Any, contract_id: int) -> list[int]:
    with world.reading() as db:
        found = select(LearningSession.id).filter_by(contract_id=contract_id)
        return list(db.scalars(found.order_by(LearningSession.number)))


def agree_on_times(
    sam: Traveller, coach: Traveller, page_of_contract: str, first: int, second: int
) -> None:
    """Each offers a time, and the other one agrees, seeing it by both clocks."""
    for offers, agrees, session, days in ((sam, coach, first, 2), (coach, sam, second, 3)):
        offers.page.goto(page_of_contract)
        card = f"#session-{session}"
        offers.page.locator(f"{card} summary", has_text="Offer a time").click()
        hour = 12 if offers.script else 15  # the other journey has taken the other one
        offers.page.locator(f"{card} input[type=datetime-local]").fill(typed(days, hour))
        with offers.staying():
            offers.press("Offer this time", within=card)
            offers.sees("You offer this time", within=card)
        agrees.page.goto(page_of_contract)
        agrees.sees("offers this time", within=card)
        with agrees.staying():
            agrees.press("Agree on this time", within=card)
            agrees.sees("Agreed", within=card)


def typed(days: int, hour: int) -> str:
    """This hour in so many days: by the clock of whoever types it."""
    return f"{datetime.now(HOME) + timedelta(days=days):%Y-%m-%d}T{hour}:00"


def let_them_pass(world: Any, contract_id: int) -> None:
    """The clock moves: both sessions have been over for a few hours."""
    with world.writing() as db:
        sessions = db.query(LearningSession).filter_by(contract_id=contract_id)
        for hours, session in enumerate(sessions.order_by(LearningSession.number), 2):
            later = session.ends_at - (now() - timedelta(hours=hours))
            for name in ("starts_at", "ends_at", "cancel_by", "confirm_by"):
                setattr(session, name, getattr(session, name) - later)


def confirm(sam: Traveller, *sessions: int) -> None:
    sam.page.goto("/sessions?list=waiting")
    for session in sessions:
        card = f"#session-{session}"
        with sam.staying():
            sam.press("It took place", within=card)
            sam.page.locator(card).wait_for(state="detached")  # it waits for nobody any more


def settle(sam: Traveller, coach: Traveller, page_of_contract: str, title: str) -> None:
    """Both see what it cost and earned, and each says what they have paid and received."""
    coach.page.goto("/earnings?side=coach")
    line = coach.page.locator("#list li", has_text=title)
    assert "$33.30" in line.inner_text()
    sam.page.goto("/earnings?side=student")
    assert "$37" in sam.page.locator("#list li", has_text=title).inner_text()
    sam.page.goto(page_of_contract)
    with sam.staying():
        sam.press("Mark as paid", within="#money")
        sam.sees("says the student", within="#money")
    coach.page.goto(page_of_contract)
    with coach.staying():
        coach.press("Mark as received", within="#money li:has-text('says the student')")
        coach.sees("says the coach", within="#money")


def review(sam: Traveller, coach: Traveller, guest: Any, contract_id: int, handle: str) -> None:
    """Sealed after one, open after both: then the coach has a rating."""
    write(sam, contract_id, 5, SAID)
    guest.goto(f"/coaches/{handle}")
    assert guest.get_by_text("New coach").count()
    assert guest.get_by_text(SAID).count() == 0
    coach.page.goto(f"/contracts/{contract_id}")
    assert coach.page.get_by_text(SAID).count() == 0
    write(coach, contract_id, 4, ANSWER)
    guest.goto(f"/coaches/{handle}")
    guest.get_by_text(SAID).first.wait_for()
    assert guest.get_by_text("New coach").count() == 0
    assert "3 reviews" in guest.locator("#reviews").inner_text()
    assert "of 5" in guest.locator("#reviews").inner_text()


def write(somebody: Traveller, contract_id: int, stars: int, text: str) -> None:
    page = somebody.page
    page.goto(f"/contracts/{contract_id}/review")
    page.locator(f"[name=stars][value='{stars}']").check()
    page.locator("#text").fill(text)
    somebody.press("Send the review")
    page.wait_for_url(f"**/contracts/{contract_id}")
    somebody.sees(text)


def assert_all_of_it_is_written(world: Any, contract_id: int) -> None:
    with world.reading() as db:
        contract = db.get(Contract, contract_id)
        assert (contract.status, contract.ended_at is not None) == ("completed", True)
        sessions = select(LearningSession.status).filter_by(contract_id=contract_id)
        assert db.scalars(sessions).all() == ["completed", "completed"]
        payments = select(Payment.status).filter_by(contract_id=contract_id)
        assert sorted(db.scalars(payments)) == ["due", "received"]
        reviews = db.scalars(select(Review).filter_by(contract_id=contract_id)).all()
        assert sorted(one.stars for one in reviews) == [4, 5]
        assert all(one.published_at for one in reviews)
        lines = (
            select(LedgerAccount.kind, func.sum(LedgerLine.amount))
            .join(LedgerLine, LedgerLine.account_id == LedgerAccount.id)
            .join(LedgerTransaction, LedgerTransaction.id == LedgerLine.transaction_id)
            .where(LedgerTransaction.contract_id == contract_id)
            .group_by(LedgerAccount.kind)
        )
        kinds = LedgerAccountKind
        expected = {kinds.SPENT: -3700, kinds.EARNED: 3330, kinds.FEES: 370}
        assert dict(db.execute(lines).all()) == expected
        published = select(func.count()).where(
            Event.name == "review.published", Event.subject_id.in_([one.id for one in reviews])
        )
        assert db.scalar(published) == 2
