"""Lines that are slow, far and lossy, that lose answers, or are dead: nothing typed is lost or done
twice, and whoever waits is told.
"""

import pytest
from sqlalchemy import func, select

from db.models.accounts import Account
from db.models.events import Event
from db.models.learning_requests import LearningRequest, ScreeningQuestion
from db.models.learning_sessions import LearningSession
from db.models.messages import Message
from db.models.proposals import Proposal
from tests.chromium import assert_accessible, assert_fits
from tests.journeys.test_learning_happens import contract_of, sessions_of, typed
from tests.journeys.traveller import PLAN, Traveller, accept, post_request, propose, say
from tests.patience import until
from tests.thin_line import thin_line

# 50 kbit/s, 1,000 ms there and back, one packet in fifty lost.
THIN = {"rate": 50_000 / 8, "trip": 0.5, "loss": 0.02}
WAITS = "Your proposal waits for a connection and will be sent."
DORA = select(Account.id).filter_by(email="dora@skileez.example").scalar_subquery()


@pytest.fixture
def line(site):
    with thin_line(site.address) as line:
        yield line


@pytest.fixture
def thin(site):
    with thin_line(site.address, **THIN) as line:
        yield line


@pytest.fixture
def wanted(world):
    """An open request to which Dora has sent nothing."""
    with world.reading() as db:
        known = select(Proposal.request_id).where(Proposal.coach_id == DORA)
        query = select(LearningRequest.id).where(
            LearningRequest.status == "open",
            LearningRequest.currency == "USD",
            LearningRequest.student_id != DORA,
            LearningRequest.id.not_in(known),
            LearningRequest.id.not_in(select(ScreeningQuestion.request_id)),
        )
        return db.scalars(query.order_by(LearningRequest.id.desc())).first()


@pytest.fixture
def dora(open_browser, line, wanted):
    """Dora, with a proposal that is ready to be sent."""
    page = open_browser("dora", address=line.address, device="phone", reduced_motion="reduce")
    page.goto(f"/requests/{wanted}")
    page.fill("#message", PLAN)
    page.fill("#sessions", "3")
    page.fill("#price", "18")
    return page


def submitted(world, wanted):
    """How often a proposal of Dora's to this request came in."""
    with world.reading() as db:
        ids = select(Proposal.id).filter_by(request_id=wanted).where(Proposal.coach_id == DORA)
        deeds = db.query(Event).filter_by(name="proposal.submitted")
        return deeds.where(Event.subject_id.in_(ids)).count()


def send(page):
    page.get_by_role("button", name="Send proposal").click()


def test_a_proposal_leaves_from_another_page_after_its_tab_was_closed(dora, line, world, wanted):
    line.cut()
    send(dora)
    dora.get_by_text(WAITS).wait_for()
    assert_accessible(dora)
    assert_fits(dora)
    assert dora.get_by_role("button", name="Discard").bounding_box()["height"] < 40
    assert dora.input_value("#message") == PLAN
    later = dora.context.new_page()
    dora.close()
    line.cut(False)
    later.goto("/proposals")
    later.get_by_text("Your proposal was sent.").wait_for()
    assert submitted(world, wanted) == 1
    later.goto(f"/requests/{wanted}")
    later.get_by_role("heading", name="Your proposal").wait_for()
    assert not later.get_by_text(WAITS).count()


def test_a_proposal_whose_answer_was_lost_is_one(dora, line, world, wanted):
    line.losing = f"POST /requests/{wanted}/proposals ".encode()
    send(dora)
    dora.get_by_text(WAITS).wait_for()
    assert line.lost and submitted(world, wanted) == 1
    line.losing = b""
    dora.get_by_role("button", name="Send now").click()
    dora.get_by_role("heading", name="Your proposal").wait_for()
    assert submitted(world, wanted) == 1
    assert not dora.get_by_text(WAITS).count()


def test_a_proposal_that_waits_can_be_thrown_away(dora, line, world, wanted):
    line.cut()
    send(dora)
    dora.get_by_text(WAITS).wait_for()
    dora.get_by_role("button", name="Discard").click()
    line.cut(False)
    dora.reload()
    until(lambda: dora.input_value("#message") == PLAN)  # what was typed stays in its form
    assert not dora.get_by_text(WAITS).count() and submitted(world, wanted) == 0


def test_a_search_whose_answer_was_lost_asks_again_by_itself(open_browser, line):
    guest = open_browser(address=line.address)
    guest.goto("/coaches")
    line.losing = b"GET /coaches?"
    guest.fill("#q", "spanish")
    with guest.expect_event("requestfailed"):
        pass
    line.losing = b""
    guest.wait_for_url("**q=spanish*")
    assert line.lost and not guest.get_by_text("Nothing is lost.").count()


def test_polls_are_silent_until_three_have_failed(open_browser, line, ids):
    sofia = open_browser("sofia", address=line.address)
    sofia.goto(f"/messages/{ids['thread']}")
    line.cut()
    strip = sofia.get_by_text("Not connected. Still trying.")
    strip.wait_for()
    line.cut(False)
    strip.wait_for(state="detached")


def test_a_page_that_is_long_on_its_way_says_so(open_browser, line):
    guest = open_browser(address=line.address)
    guest.goto("/")
    guest.evaluate("""new MutationObserver(() => {
        const seen = document.querySelector(".slow") && document.querySelector("#toasts").innerText;
        if (seen !== null) sessionStorage.seen = seen;
    }).observe(document.body, { childList: true, subtree: true })""")
    line.trip = 4
    guest.locator("a[href^='/coaches']").first.click()
    guest.wait_for_url("**/coaches**")
    assert guest.evaluate("sessionStorage.seen") == "The connection is slow. Still working."


def patient(page):
    page.set_default_timeout(120_000)
    return page


@pytest.mark.parametrize("script", [True, False], ids=["htmx", "no-script"])
def test_words_over_a_thin_line(open_browser, thin, ids, world, script):
    """The smallest of it: to sign in, to open a thread, to say something once."""
    options = {"device": "phone", "script": script, "address": thin.address}
    sofia = Traveller(patient(open_browser("sofia", **options)), script=script)
    sofia.page.goto(f"/messages/{ids['thread']}")
    words = f"Over a thin line {'with' if script else 'without'} script"
    say(sofia, words)
    with world.reading() as db:
        said = select(func.count()).select_from(Message).filter_by(text=words)
        assert db.scalar(said) == 1


@pytest.mark.full
@pytest.mark.parametrize("script", [True, False], ids=["htmx", "no-script"])
def test_the_whole_way_over_a_thin_line(open_browser, thin, world, script):
    """Sign in, search, request, proposal, accept, message, session, by both people."""
    coach_name = "dora" if script else "seo.yeon.park"
    options = {"script": script, "address": thin.address}
    sam = Traveller(patient(open_browser("sam", device="phone", **options)), script=script)
    coach = Traveller(patient(open_browser(coach_name, **options)), script=script)
    title = f"Polish on a mountain {'with' if script else 'without'} script"
    coach.page.goto("/dashboard")
    if coach.page.get_by_role("button", name="Switch to coaching").count():
        coach.press("Switch to coaching")
    sam.page.goto("/coaches")
    sam.page.fill("#q", "polish")
    sam.page.locator("#q").press("Enter")
    sam.page.wait_for_url("**q=polish*")
    address = post_request(sam, title)
    coach.page.goto(address)
    propose(coach, sessions=2, total="$37")
    accept(sam, address, total="$37")
    sam.page.get_by_role("link", name="Open the thread").click()
    sam.page.wait_for_url("**/messages/*")
    say(sam, f"Shall we begin? {title}")
    contract_id = contract_of(world, title)
    session = sessions_of(world, contract_id)[0]
    agree(sam, coach, contract_id, session)
    with world.reading() as db:
        assert db.query(LearningRequest).filter_by(title=title).count() == 1
        assert db.query(Message).filter_by(text=f"Shall we begin? {title}").count() == 1
        assert db.get_one(LearningSession, session).status == "scheduled"


def agree(sam, coach, contract_id, session):
    card = f"#session-{session}"
    sam.page.goto(f"/contracts/{contract_id}")
    sam.page.locator(f"{card} summary", has_text="Offer a time").click()
    hour = 10 if sam.script else 18
    sam.page.locator(f"{card} input[type=datetime-local]").fill(typed(5, hour))
    sam.press("Offer this time", within=card)
    sam.sees("You offer this time", within=card)
    coach.page.goto(f"/contracts/{contract_id}")
    coach.press("Agree on this time", within=card)
    coach.sees("Agreed", within=card)
