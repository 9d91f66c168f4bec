"""After signing out nothing private can be seen again, and what a second tab was sending waits."""

import pytest

from tests.factories import PASSWORD
from tests.patience import until


def sign_out(page):
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: address.endswith("/"))


def sign_in_here(page):
    page.fill("#email", "sofia@skileez.example")
    page.fill("#password", PASSWORD)
    page.locator("form:has(#password) button:not([type=button])").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


@pytest.mark.parametrize("script", [True, False])
def test_back_shows_nothing_of_sofia(open_browser, ids, script):
    page = open_browser("sofia", script=script)
    page.goto(f"/messages/{ids['thread']}")
    page.goto("/dashboard")
    assert "Hello, Sofia" in page.locator("main").inner_text()
    sign_out(page)
    for _ in range(2):
        page.go_back(wait_until="load")
        page.locator("#password").wait_for()  # it is the sign-in that is shown
        assert "Hello, Sofia" not in page.locator("body").inner_text()


def test_a_poll_that_was_on_its_way_leads_nowhere_else(open_browser, ids):
    page = open_browser("sofia")
    polls, outs = [], []

    def any_of(several):
        return bool(page.context.cookies() is not None and several)  # which lets events arrive

    page.route("**/messages/*/new", lambda route: polls.append(route))
    page.route("**/sign-out", lambda route: outs.append((route, route.fetch(max_redirects=0))))
    page.goto(f"/messages/{ids['thread']}")
    until(lambda: any_of(polls))
    page.get_by_label("account menu").click()
    page.get_by_role("button", name="Sign out").click(no_wait_after=True)
    until(lambda: any_of(outs))
    with page.expect_response("**/messages/*/new") as told:
        polls[0].continue_()
    assert "/sign-in" in told.value.headers["hx-redirect"]
    route, answer = outs[0]
    route.fulfill(response=answer)
    page.wait_for_url(lambda address: address.endswith("/"))


def test_what_another_tab_of_sofia_sends_is_there_after_signing_in(open_browser, ids):
    page = open_browser("sofia")
    other = page.context.new_page()
    # The poll of a page whose sign-in has ended leads to the sign-in by itself; here it comes late.
    other.route("**/messages/*/new", lambda route: route.fulfill(status=204))
    other.goto(f"/messages/{ids['thread']}")
    page.goto("/dashboard")
    sign_out(page)
    other.locator("#text").fill("Thursday at six, then.")
    other.get_by_role("button", name="Send", exact=True).click()
    other.wait_for_url(lambda address: "/sign-in?next=" in address)
    sign_in_here(other)
    assert other.locator("#text").input_value() == "Thursday at six, then."
