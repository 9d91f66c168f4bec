"""A list of a profile in a real browser: the keyboard keeps its place, and no script is needed."""

from tests.chromium import assert_accessible, assert_fits
from tests.patience import until

FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"


def names(page, list_id="language-list"):
    return page.locator(f"#{list_id} h3").all_inner_texts()


def pressed(page, name):
    """Press a button by the keyboard, and wait until the list has come back without it."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    until(lambda: name not in page.evaluate(FOCUSED))


def test_carla_orders_her_languages_with_the_keyboard_alone(open_browser):
    page = open_browser("carla", reduced_motion="reduce", device="small")
    page.goto("/profile/coach/languages")
    first, second, *rest = names(page)
    pressed(page, f"Move {second} up")
    assert names(page) == [second, first, *rest]
    assert page.evaluate(FOCUSED) == f"Move {second} down"  # "up" is gone at the top
    assert_accessible(page)
    assert_fits(page)
    pressed(page, f"Remove {second}")
    assert names(page) == [first, *rest] and page.evaluate(FOCUSED) == f"Put {second} back"
    assert_accessible(page)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Remove {second}").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "LI"
    pressed(page, f"Move {second} down")
    assert names(page) == [first, second, *rest]


def test_a_row_becomes_a_form_in_place_and_a_row_again(open_browser):
    page = open_browser("carla", reduced_motion="reduce", device="small")
    page.goto("/profile/coach/languages")
    name = names(page)[0]
    page.get_by_role("link", name=f"Change {name}").click()
    page.get_by_role("heading", name=f"Change “{name}”").wait_for()
    assert page.evaluate(FOCUSED) == f"Change “{name}”"
    assert page.url.endswith("/profile/coach/languages")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name=f"Change {name}").wait_for()


def test_without_script_a_place_of_work_is_added_changed_removed_and_put_back(open_browser):
    page = open_browser("carla", script=False)
    page.goto("/profile/experience")
    form = page.locator("#experience")
    form.get_by_label("Title").fill("Night baker")
    form.get_by_label("From").fill("2012-05")
    form.get_by_label("To", exact=True).fill("2014-01")
    form.get_by_role("button", name="Add experience").click()
    assert page.url.endswith("/profile/experience#experience-list")
    page.get_by_role("link", name="Change Night baker").click()
    page.locator("#experience-list form").get_by_label("Title").fill("Day baker")
    page.get_by_role("button", name="Save changes").click()
    assert "Day baker" in names(page, "experience-list")
    page.get_by_role("button", name="Remove Day baker").click()
    assert "Day baker" not in names(page, "experience-list")
    page.get_by_role("button", name="Put Day baker back").click()
    assert "Day baker" in names(page, "experience-list")
    page.get_by_role("button", name="Remove Day baker").click()
