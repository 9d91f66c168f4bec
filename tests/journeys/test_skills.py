"""Skills suggested while a request is written, in a real browser."""

from tests.chromium import assert_accessible, assert_fits
from tests.patience import until

HAS_FOCUS = "document.activeElement.id === 'skills'"


def test_sofia_completes_her_skills_with_the_keyboard_alone(open_browser):
    page = open_browser("sofia", reduced_motion="reduce")
    page.goto("/requests/new")
    field, offered = page.locator("#skills"), page.locator("#suggestions")
    field.press_sequentially("castel")
    offered.get_by_role("button", name="Spanish").wait_for()
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert field.input_value() == "Spanish, " and page.evaluate(HAS_FOCUS)
    until(lambda: not offered.get_by_role("button").count())
    field.fill("Spanish, piano")  # at once: typed letter by letter, the list may still change
    offered.get_by_role("button", name="Piano", exact=True).click()
    assert field.input_value() == "Spanish, Piano, " and page.evaluate(HAS_FOCUS)
    page.reload()  # kept like everything else she typed, here or by then with the server
    assert field.input_value().rstrip(", ") == "Spanish, Piano"
    field.fill("")


def test_suggestions_that_arrive_under_a_press_wait_until_it_is_over(open_browser):
    page, kept_back = open_browser("sofia", reduced_motion="reduce"), []
    page.route("**/skills?*", lambda route: kept_back.append(route))
    page.goto("/requests/new")
    page.locator("#skills").fill("Span")
    until(lambda: page.evaluate("1") and kept_back)  # the page is asked so that it is heard, too
    level = page.locator("label", has_text="Beginner")
    level.hover()
    page.mouse.down()
    with page.expect_event("requestfinished"):
        kept_back.pop().continue_()
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    page.mouse.up()
    assert page.locator("input[name=level][value=beginner]").is_checked()
    page.locator("#suggestions button").first.wait_for()
    page.locator("#skills").fill("")


def test_without_script_nothing_is_offered(open_browser):
    page = open_browser("sofia", script=False)
    page.goto("/requests/new")
    page.locator("#skills").fill("Span")
    assert not page.locator("#suggestions").is_visible()
    page.goto("/skills?q=span")
    page.get_by_role("link", name="Spanish").first.click()
    assert page.url.endswith("/coaches?q=Spanish")
