"""Filters in a real browser: they apply as they change, and nothing is lost or moved meanwhile."""

import re

import pytest

from tests.patience import until


def chips(page):
    return page.locator("#results .chips a.chip").all_inner_texts()


def focused(page):
    return page.evaluate("document.activeElement.id")


def first_box(page):
    box = page.locator("#filters [name=skill][type=checkbox]").first
    return box, box.get_attribute("id"), box.locator("xpath=../span[1]").inner_text()


def test_carla_narrows_her_search_with_the_keyboard(open_as):
    page = open_as("carla")
    page.goto("/requests")
    before = page.locator("#hits").inner_text()
    box, name, skill = first_box(page)
    box.focus()
    page.keyboard.press("Space")
    until(lambda: chips(page) == [skill])
    assert focused(page) == name and page.locator("#hits").inner_text() != before
    assert re.search(r"/requests\?skill=[^&]+$", page.url)  # without what was left empty
    page.fill("#other-skill", "Spanish")
    page.keyboard.press("Tab")
    until(lambda: sorted(chips(page)) == sorted([skill, "Spanish"]))
    assert page.input_value("#other-skill").strip() == ""
    assert page.locator("#filters [value=spanish]").is_checked()
    page.locator("a.chip").get_by_text(skill).click()
    until(lambda: chips(page) == ["Spanish"])
    assert not page.locator(f"#{name}").is_checked()
    page.go_back()
    until(lambda: len(chips(page)) == 2)
    assert page.locator(f"#{name}").is_checked()


@pytest.mark.parametrize(("who", "path"), [("carla", "/requests"), ("guest", "/coaches")])
def test_the_sheet_of_a_small_phone_stays_open_until_it_has_done_its_work(open_as, who, path):
    page = open_as(who, device="small")
    page.goto(path)
    page.locator("main .btn[popovertarget=filters]").click()
    box, _, skill = first_box(page)
    box.check()
    until(lambda: page.locator(".chips a.chip").count() == 1)
    assert page.locator("#filters:popover-open").count() == 1
    page.get_by_role("button", name="Show results").click()
    until(lambda: page.locator("#filters:popover-open").count() == 0)
    assert chips(page) == [skill]


def test_sofia_searches_without_script(open_as):
    page = open_as("sofia", device="phone", script=False)
    page.goto("/coaches")
    page.locator("main .btn[popovertarget=filters]").click()
    _, _, skill = first_box(page)
    page.locator("#filters [name=skill][type=checkbox]").first.check()
    page.fill("#country", "Spain")
    page.get_by_role("button", name="Show results").click()
    page.locator(".chips a.chip").first.wait_for()
    assert chips(page) == [skill, "Spain"]
    page.get_by_text("Clear all").click()
    page.wait_for_url("**/coaches")
    page.get_by_role("link", name="Show 20 more").click()
    page.wait_for_url("**after=**")
    assert page.locator("#list > li").count() == 20
