"""Every page, as each kind of person sees it: whole, within its width, and open to everybody.

The addresses are the samples', so a new route joins by itself. A page is opened once; widths and
colours change on the open page.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pytest

from tests.chromium import assert_accessible, assert_fits
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES
from tests.journeys.look import Look
from tests.thorough import THOROUGH

NO_PAGES = {
    "calendars.download", "calendars.feed", "earnings.download", "health.alive", "health.ready",
    "pictures.show", "sitemaps.index", "sitemaps.robots", "sitemaps.show", "static.show",
    "static.worker",
}  # fmt: skip
PEOPLE = ("guest", "sofia", "carla", "dora", "mina", "new student", "new coach")
# States of a page that a sample's address does not show.
MORE = (
    "/nothing-here", "/requests/0", "/role", "/coaches?q=zzzz", "/requests?q=zzzz",
    "/requests?q=spanish&skill=spanish", "/proposals?status=expired", "/requests/{filled}",
    "/requests/{filled}/proposals", "/requests/{strange}", "/messages/{thread}?before=9",
    "/sign-in?welcome=1", "/sign-in?next=/parked-form", "/forgot-password?sent=1",
    "/confirm-email?sent=1", "/settings/time-zone?q=kenya", "/settings/time-zone?q=zzzz",
    "/become-a-coach/skills", "/become-a-coach/portfolio", "/become-a-coach/languages",
    "/become-a-coach/headline", "/become-a-coach/details", "/become-a-coach/review",
    "/profile/coach/details", "/profile/student/picture",
    "/sessions?list=waiting", "/sessions?list=open", "/sessions?list=past",
    "/contracts?side=coach", "/earnings?side=coach", "/earnings?side=coach&list=payments",
    "/dashboard/coach/waiting", "/contracts/{ended_contract}",
)  # fmt: skip
PART = re.compile(r'<(\w+)(?:[^>]*?\sclass="([^"]*)")?')  # an element, and of which kind it is
LONG = 24  # letters of a word that might be wider than a small phone
ASK = """addresses => Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address);
    return [answer.status, await answer.text()];
}))"""


@pytest.fixture(scope="module")
def addresses(ids: dict[str, Any]) -> list[str]:
    reads = [route.name for route in all_routes() if not route.writes]
    named = [SAMPLES[name][0] for name in reads if name not in NO_PAGES]
    return list(dict.fromkeys(address.format(**ids) for address in (*named, *MORE)))


@pytest.fixture(scope="module")
def known() -> set[Any]:
    """What has been looked at: the same parts in the same frame are the same page, unless it has
    long words of its own. Thoroughly it is the same with the same words only.
    """
    return set()


def unknown(page: Any, addresses: list[str], known: set[Any]) -> Iterator[tuple[str, int, str]]:
    """Address, status and source of what is not known yet, asked for without opening it."""
    page.goto("/")
    for address, (status, source) in zip(addresses, page.evaluate(ASK, addresses), strict=True):
        main = re.sub(r"<script.*?</script>", "", source.partition("<main")[2], flags=re.DOTALL)
        words = re.sub(r"<[^>]*>|[\d\s]+", " ", main)
        long = [word for word in words.split() if len(word) > LONG]
        said = words if THOROUGH else (*long, *(part for part, _ in groupby(PART.findall(main))))
        shape = status, source.partition("</header>")[0].count("<a "), said
        if shape not in known:
            known.add(shape)
            yield address, status, source


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_whole(open_as, addresses, known, who):
    page = open_as(who)
    look = Look(page, judged=THOROUGH)  # every state below is judged every time
    for address, status, source in unknown(page, addresses, known):
        if status >= 500 or not re.search("<title>[^<]", source) or "<h1" not in source:
            look.faults.append(f"{address} answered {status}")
        page.goto(address)
        look.at(address)
    assert not look.faults, "\n".join(look.faults)


def press(page: Any, name: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def mistaken_form(page: Any) -> None:
    """The first form as it stands, with whatever is wrong about that."""
    page.locator("main form button:not([type=button])").first.click()


def mistaken_email(page: Any) -> None:
    page.fill("#email", "sofia at home")
    page.locator("form:has(#email) button:not([type=button])").click()


def mistaken_password(page: Any) -> None:
    page.fill("#password", "sofia")
    page.locator("form:has(#password) button:not([type=button])").click()


def mistaken_sign_in(page: Any) -> None:
    page.fill("#email", "nobody@skileez.example")
    mistaken_password(page)


def mistaken_name(page: Any) -> None:
    page.fill("#first-name", "")
    press(page, "Save settings")


def asked_for_an_address(page: Any) -> None:
    page.fill("#email", "sofia.at.home.in.the.evening@skileez.example")
    press(page, "Send the link")
    page.get_by_text("A mail is on its way to").wait_for()


def mistaken_request(page: Any) -> None:
    page.goto("/requests/new")
    page.fill("#title", "Hi")
    page.fill("[name=budget_from]", "much")
    press(page, "Post request")


def mistaken_proposal(page: Any) -> None:
    page.goto("/requests?q=church")
    page.locator(".req a").first.click()
    page.fill("#price", "much")
    press(page, "Send proposal")


def mistaken_no(page: Any) -> None:
    page.locator("summary", has_text="Say no").first.click()
    press(page, re.compile("^Say no to"))


def asked_to_accept(page: Any) -> None:
    page.locator("summary", has_text="Accept").first.click()


def asked_to_close(page: Any) -> None:
    page.locator("summary", has_text="Close this request").click()


def open_menu(page: Any) -> None:
    page.goto("/dashboard")
    page.locator(".menu summary").click()


def lost_message(page: Any) -> None:
    page.route("**/messages/*", lambda route: route.fulfill(status=502, body="Bad gateway"))
    page.fill("#text", "Is Thursday good?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".lost").wait_for()


STATES: tuple[tuple[str, str, Callable[[Any], None]], ...] = (
    ("guest", "/sign-up", mistaken_form),
    ("guest", "/sign-in", mistaken_sign_in),
    ("guest", "/forgot-password", mistaken_form),
    ("guest", "/confirm-email", mistaken_email),
    ("sofia", "/sign-in/again", mistaken_password),
    ("sofia", "/settings", mistaken_name),
    ("sofia", "/settings/password", mistaken_password),
    ("sofia", "/settings/email", mistaken_email),
    ("new student", "/settings/email", asked_for_an_address),
    ("sofia", "", mistaken_request),
    ("carla", "", mistaken_proposal),
    ("dora", "", open_menu),
    ("sofia", "/requests/{request}/proposals", mistaken_no),
    ("sofia", "/requests/{request}/proposals", asked_to_accept),
    ("sofia", "/requests/{request}", asked_to_close),
    ("sofia", "/messages/{thread}", lost_message),
)


@pytest.mark.parametrize("who", ["guest", "sofia", "carla", "dora", "new student"])
def test_every_state_is_whole(open_as, ids, who):
    page = open_as(who)
    look = Look(page)
    for _, address, reach in (state for state in STATES if state[0] == who):
        if address:
            page.goto(address.format(**ids))
        reach(page)
        if reach.__name__.startswith("mistaken"):
            page.locator("[aria-invalid=true], .note-bad, [role=alert]").first.wait_for()
        look.at(f"{reach.__name__} {address}")
    assert not look.faults, "\n".join(look.faults)


@pytest.mark.parametrize("dark", [True, False])
def test_the_filters_of_a_small_phone_are_whole(open_as, dark):
    page = open_as("carla", device="small", dark=dark)
    page.goto("/requests")
    page.locator("main .btn[popovertarget=filters]").click()
    page.locator("#filters:popover-open").wait_for()
    assert_accessible(page)
    assert_fits(page)


def test_somebody_who_comes_second_is_told_in_words(open_as, ids):
    early, late = open_as("sofia"), open_as("sofia")
    for page in (early, late):
        page.goto(f"/requests/{ids['draft']}/edit")
        page.fill("#title", f"Read a rental contract, {'first' if page is early else 'second'}")
    press(early, "Save draft")
    early.wait_for_url(lambda url: not url.endswith("/edit"))
    press(late, "Save draft")
    assert late.locator("#title").input_value().endswith("second")
    late.get_by_role("alert").first.wait_for()
    assert_accessible(late)
    assert_fits(late)
