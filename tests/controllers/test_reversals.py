"""What staff took back: both read the truth of it, everywhere, and every page has the same sums."""

from datetime import timedelta

import pytest

from app.actions.ledger import post_session
from app.clock import now
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.ledger import PostingKind
from db.models.outgoing_mail import OutgoingMail
from db.models.payments import Payment
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, on_the_slot, session_of

REASON = "Both say that the line was gone after ten minutes."
NOT_OWED = "Not owed: cancelled in time, settled or taken back"
EARLY, LATE = SessionStatus.CANCELLED_EARLY, SessionStatus.CANCELLED_LATE
RESOLVED, VOID = SessionStatus.RESOLVED, SessionStatus.VOID
SAID = {
    "nothing": "Nothing is owed for it.",
    "paid": "Nothing is owed for it. If $18.50 has come, the coach gives it back.",
    "received": "The coach has marked $18.50 as received for it, and gives it back.",
}


@pytest.fixture
def contract(db, sofia, carla):
    """Four sessions, of which two took place and one was reported."""
    contract = make_contract(db, sofia, carla, price=1850, sessions=4)
    for number, status in enumerate((SessionStatus.PROBLEM, SessionStatus.ENDED), 1):
        start = on_the_slot(now() - timedelta(hours=4 * number))
        bring(db, contract, number, to=status, starts_at=start)
    db.commit()
    return contract


@pytest.fixture
def take_back(browser, db, contract, sofia, carla, mina, ada):
    """Both are counted, and staff take one back after the two have `said` so much of it."""

    def done(said):
        reported, over = (session_of(db, contract, number).id for number in (1, 2))
        decision = {"outcome": "completed", "reason": "They met for all of the hour."}
        answer = browser.as_(mina).post(f"/admin/sessions/{reported}/decide", decision)
        assert answer.status == 303, answer
        payment = db.query(Payment).one()
        browser.as_(sofia).post(f"/sessions/{over}/confirm")
        if said != "nothing":
            browser.as_(sofia).post(f"/payments/{payment.id}/paid")
        if said == "received":
            browser.as_(carla).post(f"/payments/{payment.id}/received")
        browser.as_(ada).post(f"/admin/sessions/{reported}/reverse", {"reason": REASON})
        return payment

    return done


def money_of(page):
    return dict(zip(page.texts("#money dt"), page.texts("#money dd"), strict=True))


@pytest.mark.parametrize("said", list(SAID))
def test_both_read_why_and_who_has_the_money_wherever_they_look(
    browser, db, contract, take_back, sofia, carla, mina, said
):
    payment = take_back(said)
    session = f"/sessions/{payment.session_id}"
    for person in (sofia, carla):
        theirs = browser.as_(person)
        for path in (f"/contracts/{contract.id}", session, "/notices"):
            page = theirs.get(path)
            assert page.says(SAID[said]) and page.says(REASON), (path, page)
        assert theirs.get(session).says(
            "it counts as completed. Later they took back what it cost."
        )
    staff = browser.as_(mina).get("/admin/sessions?list=decided")
    assert staff.says("What it cost was taken back")
    mails = db.query(OutgoingMail).filter_by(template="session_reversed").all()
    assert [one.detail["said"] for one in mails] == [said.replace("nothing", "due")] * 2


def test_what_was_received_and_taken_back_counts_nowhere(
    browser, contract, take_back, sofia, carla
):
    payment = take_back("received")
    page = browser.as_(carla).get(f"/contracts/{contract.id}")
    assert money_of(page) == {
        "All sessions": "$74", "Received by the coach": "$0",
        "Marked as paid, and not as received yet": "$0", "To be paid": "$18.50",
        "Still to come": "$37", NOT_OWED: "$18.50",
    }  # fmt: skip
    assert page.says("$18.50 of what the coach has received is to be given back")
    row = page.one(f"#payment-{payment.id}")
    assert "To be given back" in row.get_text() and not row.select("form")
    page = browser.as_(carla).get("/earnings")
    assert page.says("1 of 4 sessions counted, 1 taken back") and page.says("$16.65 of $66.60")
    page = browser.as_(sofia).get("/earnings")
    assert page.says("Spent in all, 1 session $18.50") and page.says("$18.50 of $74")


def test_what_is_not_owed_has_its_line_and_the_parts_make_the_whole(browser, db, sofia, carla):
    over = make_contract(db, sofia, carla, price=1850, status=ContractStatus.ENDED_EARLY)
    page = browser.as_(sofia).get(f"/contracts/{over.id}")
    assert page.says("Still to come $111")  # as if the job had not written down that they are void
    for number, status in enumerate((EARLY, LATE, RESOLVED, VOID, VOID, VOID), 1):
        start = on_the_slot(now() - timedelta(days=number))
        bring(db, over, number, to=status, starts_at=start, cancelled_by=Side.STUDENT)
    db.commit()
    page = browser.as_(sofia).get(f"/contracts/{over.id}")
    assert page.says("Nothing is to be paid: no session of this contract was counted.")
    assert money_of(page)[NOT_OWED] == money_of(page)["All sessions"] == "$111"
    post_session(db, over, session_of(db, over, 2), PostingKind.SESSION_CANCELLED_LATE)
    db.commit()
    page = browser.as_(sofia).get(f"/contracts/{over.id}")
    assert money_of(page) == {
        "All sessions": "$111", "Received by the coach": "$0",
        "Marked as paid, and not as received yet": "$0", "To be paid": "$18.50",
        NOT_OWED: "$92.50",
    }  # fmt: skip


def test_what_counts_before_the_job_has_posted_it_is_nowhere_called_not_counted(
    browser, db, contract, sofia, carla
):
    late = session_of(db, contract, 2)
    late.ends_at -= timedelta(hours=72)
    late.confirm_by -= timedelta(hours=72)
    db.commit()
    page = browser.as_(carla).get(f"/contracts/{contract.id}")
    assert page.says("1 of 4 done")
    assert money_of(page) == {
        "All sessions": "$74", "Received by the coach": "$0",
        "Marked as paid, and not as received yet": "$0", "To be paid": "$0",
        "Over, and not counted yet": "$18.50", "Counted, and not listed below yet": "$18.50",
        "Still to come": "$37",
    }  # fmt: skip
    page = browser.as_(carla).get("/earnings")
    assert page.says("Pending, 1 session not counted yet $16.65")
    assert page.says("Counted, 1 session not added up yet $16.65")
    assert page.says("0 of 4 sessions counted, 1 not added up yet")
    for person, amount in ((sofia, "$18.50"), (carla, "$16.65")):
        page = browser.as_(person).get("/dashboard")
        assert page.says(f"{amount} pending, 1 session not counted yet")
        assert page.says(f"{amount} counted, 1 session not added up yet")
