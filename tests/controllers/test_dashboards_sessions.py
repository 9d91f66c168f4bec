"""Home: sessions, contracts and the rating, each figure as long as what it leads to."""

from datetime import timedelta

import pytest

from app.actions.ledger import post_session
from app.clock import now
from db.models.accounts import Side
from db.models.contracts import ContractStatus
from db.models.ledger import PostingKind
from db.models.session_states import SessionStatus
from tests.contract_factories import bring, make_contract, make_review, on_the_slot
from tests.factories import make_message, make_request, make_student, make_thread
from tests.statements import statements


def test_sofia_sees_her_next_session_and_what_waits(browser, db, sofia, carla, sam):
    contract = make_contract(db, sofia, carla)
    following = bring(db, contract, 1, to=SessionStatus.SCHEDULED)
    later = now() + timedelta(days=5)
    offered = bring(db, contract, 2, to=SessionStatus.PROPOSED, starts_at=later)
    over = bring(db, contract, 3, to=SessionStatus.ENDED)
    sams = make_contract(db, sam, carla)
    bring(db, sams, 1, to=SessionStatus.ENDED, starts_at=on_the_slot(now() - timedelta(days=1)))
    page = browser.as_(sofia).get("/dashboard")
    assert page.one("#home-next").select_one(f"a[href='/sessions/{following.id}']")
    waiting = page.one("#home-waiting")
    for one in (offered, over):
        assert waiting.select_one(f"a[href='/sessions/{one.id}']")
    assert page.says("2 times and sessions to confirm")
    sessions = browser.as_(sofia).get("/sessions?list=waiting")
    assert len(sessions.all("#sessions-list > li")) == 2
    assert page.says("Next: session 1 with Carla") and page.says("For Carla:")


def test_carla_confirms_times_but_not_sessions(browser, db, carla, sofia):
    contract = make_contract(db, sofia, carla)
    bring(db, contract, 1, to=SessionStatus.ENDED)
    bring(db, contract, 2, to=SessionStatus.PROPOSED, offered_by=Side.STUDENT)
    bring(db, contract, 3, to=SessionStatus.PROPOSED, offered_by=Side.COACH)
    page = browser.as_(carla).get("/dashboard")
    assert page.says("1 time to confirm") and not page.says("session to confirm")
    assert page.says("Sofia offers a time for session 2")


def test_the_link_shows_at_sofias_home_from_an_hour_before(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla)
    starts = now() + timedelta(minutes=30)
    link = "https://meet.example/spanish"
    session = bring(db, contract, 1, to=SessionStatus.SCHEDULED, starts_at=starts, link=link)
    hers = browser.as_(sofia)
    assert hers.get("/dashboard").has(f"#home-next a[href='{link}']")
    session.starts_at, session.ends_at = starts + timedelta(hours=2), starts + timedelta(hours=3)
    db.flush()
    assert not hers.get("/dashboard").has(f"a[href='{link}']")


def test_sofia_sees_how_far_her_contracts_are(browser, db, sofia, carla, cole):
    contract = make_contract(db, sofia, carla, title="Spanish", sessions=3)
    bring(db, contract, 1, to=SessionStatus.COMPLETED)
    make_contract(db, sofia, cole, title="Over", status=ContractStatus.COMPLETED)
    page = browser.as_(sofia).get("/dashboard")
    shown = page.one("#home-contracts")
    assert shown.select_one(f"a[href='/contracts/{contract.id}']") and page.says("See all 1")
    assert page.says("1 of 3 sessions done") and "Over" not in shown.get_text()
    # Both of her requests are filled, and her home is whole all the same.
    assert not page.has("[aria-labelledby=first]") and page.says("$0 spent this month")
    assert page.one("#home-next").get_text().startswith("Your next session appears here")
    following = bring(db, contract, 2, to=SessionStatus.SCHEDULED)
    assert (
        browser.as_(sofia).get("/dashboard").has(f"#home-next a[href='/sessions/{following.id}']")
    )


def test_carlas_rating_shows_from_three_reviews_on(browser, db, carla):
    hers = browser.as_(carla)
    for number, stars in enumerate((5, 4, 4)):
        assert not hers.get("/dashboard").says("of 5, from"), number
        student = make_student(db)
        contract = make_contract(db, student, carla, status=ContractStatus.COMPLETED)
        make_review(db, contract, student, stars=stars, published_at=now())
    make_review(db, contract, carla, stars=1)
    page = hers.get("/dashboard")
    assert page.says("4.3 of 5, from 3 reviews") and page.says("4.3 in the last 3 months")


def test_an_idle_home_with_sessions_hears_nothing_new(browser, db, sofia, carla):
    contract = make_contract(db, sofia, carla)
    bring(db, contract, 1, to=SessionStatus.SCHEDULED)
    bring(db, contract, 2, to=SessionStatus.ENDED)
    for who in (sofia, carla):
        hers = browser.as_(who)
        for tile in hers.get("/dashboard").all("main [data-every]"):
            answer = hers.htmx.get(f"{tile['hx-get']}?after={tile['hx-ptag']}")
            assert answer.status == 204, tile["hx-get"]


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("many", [0, 6])
def test_home_asks_at_most_twelve_things_of_doras(browser, db, database, dora, carla, side, many):
    for _ in range(many):
        student = make_student(db)
        for contract in (make_contract(db, student, dora), make_contract(db, dora, carla)):
            for number, status in enumerate((SessionStatus.PROPOSED, SessionStatus.UNSCHEDULED), 1):
                bring(db, contract, number, to=status)
        make_message(db, make_thread(db, student, dora), student, "Hello")
        make_request(db, dora, skills=("Spanish",))
    dora.role_view = side
    hers = browser.as_(dora)
    hers.get("/dashboard")
    with statements(database) as sent:
        assert hers.get("/dashboard").is_good
    assert 0 < len([one for one in sent if one.startswith("SELECT")]) <= 10


def test_carla_and_sofia_see_their_month(browser, db, carla, sofia):
    contract = make_contract(db, sofia, carla, price=2000)
    for number in (1, 2):
        starts = on_the_slot(now() - timedelta(hours=3 * number))
        session = bring(db, contract, number, to=SessionStatus.COMPLETED, starts_at=starts)
        post_session(db, contract, session, PostingKind.SESSION_COMPLETED)
    page = browser.as_(carla).get("/dashboard")
    assert len(page.all("#home-money .chart li")) == 12
    hers = page.one("#home-money").get_text(" ")
    his = browser.as_(sofia).get("/dashboard").one("#home-money").get_text(" ")
    assert "$36" in hers and "$40" in his
