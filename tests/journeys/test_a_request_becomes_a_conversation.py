"""The whole way, once with htmx and once with JavaScript off, to the same rows in the database."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import Database
from db.models.accounts import Account
from db.models.bookmarks import Bookmark
from db.models.events import Event
from db.models.learning_requests import LearningRequest
from db.models.messages import Message
from db.models.proposals import Proposal
from db.models.threads import Thread
from tests.chromium import sign_in
from tests.journeys.newcomer import tells_where_and_what
from tests.journeys.traveller import Traveller, accept, post_request, propose, say
from tests.patience import until

OWN_PASSWORD = "a long walk by the river"


@pytest.fixture(params=[True, False], ids=["htmx", "no-script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def stored(site: Any) -> Iterator[Any]:
    database = Database(site.database_url)
    with database.reading() as db:
        yield db
    database.dispose()


def test_a_new_student_finds_a_coach(open_browser, stored, script):
    email = f"ines-{'htmx' if script else 'plain'}@skileez.example"
    ines = Traveller(open_browser(device="phone", script=script), script=script)
    carla = Traveller(open_browser("carla", script=script), script=script)
    title = f"Polish for moving to Kraków {'with' if script else 'without'} script"

    sign_up(ines, email)
    address = post_request(ines, title)
    find_and_mark(carla, title)
    propose(carla)
    accept(ines, address)
    talk(ines, carla)
    go_back(ines, address)

    ines_id = stored.scalars(select(Account.id).where(Account.email == email)).one()
    wanted = stored.scalars(select(LearningRequest).filter_by(student_id=ines_id)).one()
    assert (wanted.title, wanted.status, wanted.budget_from) == (title, "filled", 1250)
    proposal = stored.scalars(select(Proposal).filter_by(request_id=wanted.id)).one()
    assert (proposal.status, proposal.price, proposal.sessions) == ("accepted", 1850, 6)
    assert stored.get(Bookmark, (proposal.coach_id, wanted.id)) is not None
    thread = stored.scalars(select(Thread).filter_by(student_id=ines_id)).one()
    assert (thread.coach_id, thread.proposal_id) == (proposal.coach_id, proposal.id)
    said = select(Message.text).filter_by(thread_id=thread.id).order_by(Message.number)
    assert stored.scalars(said).all() == [
        "Hello Carla, when do we begin?",
        "On Monday, if you can.",
    ]
    deeds = select(Event.name).filter_by(subject="proposal", subject_id=proposal.id)
    assert stored.scalars(deeds.order_by(Event.id)).all() == [
        "proposal.submitted",
        "proposal.viewed",
        "proposal.accepted",
    ]


def sign_up(ines: Traveller, email: str) -> None:
    page = ines.page
    page.goto("/sign-up")
    page.get_by_label("First name").fill("Ines")
    page.get_by_label("Last name").fill("Nowak")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(OWN_PASSWORD)
    page.locator("input[name=intent][value=learn]").check()
    page.locator("input[name=adult]").check()
    page.locator("main form button:not([type=button])").click()
    page.wait_for_url("**/sign-in?welcome=1")
    page.locator("#email").fill(email)
    page.locator("#password").fill(OWN_PASSWORD)
    page.locator("form:has(#password) button:not([type=button])").click()
    page.wait_for_url("**/welcome")
    tells_where_and_what(page)
    page.get_by_role("button", name="Post a request").click()
    page.wait_for_url("**/requests/new")
    confirm(page, email)


def confirm(page: Any, email: str) -> None:
    letter = page.locator("#demo-mail li", has_text=email)

    def arrived() -> bool:
        page.goto("/dev/mail")
        return bool(letter.count())

    until(arrived)
    letter.first.locator("a").click()
    page.locator("main a[href*='/confirm-email/']").first.click()
    page.get_by_role("button", name="Confirm this address").click()
    page.wait_for_url("**/dashboard")


def find_and_mark(carla: Traveller, title: str) -> None:
    page = carla.page
    page.goto("/requests")
    if carla.script:
        with carla.staying():
            page.get_by_label("Search requests").fill("polish Krak")
            page.get_by_label("Search requests").press("Enter")
            page.wait_for_url("**q=polish*")
            page.get_by_role("link", name=title).wait_for()
    else:
        page.get_by_label("Search requests").fill("polish Krak")
        carla.press("Search")
    card = page.locator(".req", has=page.get_by_role("link", name=title))
    with carla.staying():
        card.locator(".bm").click()
        card.locator(".bm[aria-pressed=true]").wait_for()
    card.get_by_role("link", name=title).click()
    page.get_by_role("heading", level=1, name=title).wait_for()


def talk(ines: Traveller, carla: Traveller) -> None:
    ines.page.get_by_role("link", name="Open the thread").click()
    ines.page.wait_for_url("**/messages/*")
    carla.page.goto(ines.page.url)
    with carla.staying(), ines.staying():
        say(ines, "Hello Carla, when do we begin?")
        if not carla.script:
            carla.page.reload()
        carla.sees("Hello Carla, when do we begin?")
        say(carla, "On Monday, if you can.")
        if not ines.script:
            ines.page.reload()
        ines.sees("On Monday, if you can.")


def go_back(ines: Traveller, address: str) -> None:
    page = ines.page
    page.go_back()
    page.wait_for_url(lambda url: url.startswith(address) or "/messages/" in url)
    if "/messages/" in page.url:  # without script each message was a page of its own
        page.goto(f"{address}/proposals")
    ines.sees("Filled")
    assert page.get_by_role("button", name="Accept").count() == 0


def test_a_list_grows_in_place_and_the_back_button_keeps_it(open_browser):
    carla = Traveller(open_browser("carla", device="phone"), script=True)
    page = carla.page
    page.goto("/requests")
    with carla.staying():
        page.get_by_role("link", name="Show 20 more").click()
        page.locator(".req").nth(39).wait_for()
        ids = page.locator(".req").evaluate_all("cards => cards.map(card => card.id)")
        assert len(ids) == len(set(ids)) == 40
    page.locator(".req h2 a").nth(30).click()
    page.wait_for_url("**/requests/*")
    page.go_back()
    page.locator(".req").first.wait_for()
    assert page.url.endswith("/requests")


def test_back_shows_what_was_done_meanwhile_and_not_the_page_as_it_first_came(open_browser):
    cole = open_browser("cole")
    cole.goto("/requests")
    button = cole.locator(".bm[aria-pressed=false]").first
    marked = button.get_attribute("id")
    button.click()
    cole.locator(f"#{marked}[aria-pressed=true]").wait_for()
    cole.locator(".req h2 a").first.click()
    cole.get_by_role("heading", level=1).wait_for()
    cole.go_back()
    cole.locator(f"#{marked}[aria-pressed=true]").wait_for()


# Not by a route of the browser's, which would keep it from showing a page out of its cache.
ANSWER_NOBODY = """() => {
    const real = fetch;
    const done = () => { window.isDone = true; };
    window.fetch = (...asked) => new Promise(() => real(...asked).then(done));
}"""


def test_what_was_done_is_seen_on_the_way_back_though_its_answer_never_came(open_browser):
    dora = open_browser("dora")
    dora.goto("/requests")
    dora.evaluate(ANSWER_NOBODY)
    button = dora.locator(".bm[aria-pressed=false]").first
    marked = button.get_attribute("id")
    button.click()
    dora.wait_for_function("window.isDone")
    dora.goto("/bookmarks")
    dora.go_back()
    dora.locator(f"#{marked}[aria-pressed=true]").wait_for()


def test_signing_out_leaves_nothing_behind(open_browser):
    page = open_browser()
    sign_in(page, "sam")
    page.get_by_label("account menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: not url.endswith("/dashboard"))
    page.goto("/dashboard")
    assert "/sign-in" in page.url
