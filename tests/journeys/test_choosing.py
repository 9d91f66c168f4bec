"""Sofia chooses among the proposals to her request: marks one, compares, says no to several."""

import pytest

from tests.chromium import assert_accessible, assert_fits


def the_list(page):
    """The proposals to the request of Sofia's that three coaches wait for."""
    page.goto("/requests/mine")
    page.goto(page.locator("a[href$='/proposals']").first.get_attribute("href"))
    return page.locator("input[name=proposal]")


def compare(page):
    boxes = the_list(page)
    for number in range(2):
        boxes.nth(number).check()
    page.get_by_role("button", name="Compare two or three").click()
    page.wait_for_url("**/compare?**")
    assert page.locator("thead th").count() == 2


@pytest.mark.parametrize("device", ["desktop", "small"])
def test_sofia_compares_two_on_any_screen(open_browser, device):
    page = open_browser("sofia", device=device)
    the_list(page)
    assert_fits(page)
    assert_accessible(page)
    compare(page)
    assert_fits(page)
    assert_accessible(page)


def test_sofia_compares_two_without_script(open_browser):
    compare(open_browser("sofia", script=False))


def test_sofia_marks_one_says_no_to_several_and_takes_it_back_in_place(open_browser):
    page = open_browser("sofia")
    boxes = the_list(page)
    address = page.url
    mark = page.locator("button[aria-pressed=false]", has_text="Shortlist").first.get_attribute(
        "id"
    )
    for pressed in ("true", "false"):
        page.locator(f"#{mark}").click()
        # The button flips before the answer is there; the form is another one only after it.
        deed = {"true": "unshortlist", "false": "shortlist"}[pressed]
        form = page.locator(f"form[action$='/{deed}']")
        form.locator(f"#{mark}[aria-pressed={pressed}]:focus").wait_for()
    page.get_by_role("link", name="Lowest price").click()
    page.wait_for_url("**?sort=price")
    page.locator("summary", has_text="Say no to several").click()
    page.get_by_role("button", name="Say no to all of these").click()
    page.get_by_text("Choose at least one proposal.").wait_for()
    chosen = [boxes.nth(number).get_attribute("value") for number in range(2)]
    for number in range(2):
        boxes.nth(number).check()
    page.locator("#reason-several").select_option("price")
    page.get_by_role("button", name="Say no to all of these").click()
    page.get_by_text("You have said no to 2 proposals.").wait_for()
    for number in chosen:
        page.locator(f"#reopen-{number}").click()
        page.locator(f"#proposal-{number} summary", has_text="Accept").wait_for()
    assert page.url.startswith(address)
