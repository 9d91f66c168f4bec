"""Countries, zones and currencies found by name, in a real browser."""

import pytest

from tests.chromium import assert_accessible, assert_fits
from tests.patience import until

OFFERED = "id => [...document.getElementById(id + '-options').options].map(option => option.value)"


@pytest.mark.parametrize(("name", "typed", "offered"), [
    ("country", "ken", "Kenya"), ("country", "holl", "Netherlands"),
    ("time_zone", "mumb", "Kolkata, India"), ("currency", "euro", "Euro (EUR)"),
])  # fmt: skip
def test_noor_is_offered_what_she_may_mean(open_browser, name, typed, offered):
    page = open_browser("noor", reduced_motion="reduce")
    page.goto("/places")
    field = page.locator(f"[name={name}]")
    field.press_sequentially(typed)
    until(lambda: offered in page.evaluate(OFFERED, field.get_attribute("id")))
    assert field.input_value() == typed
    assert page.evaluate("document.activeElement.name") == name
    field.press_sequentially("qqq")
    until(lambda: not page.evaluate(OFFERED, field.get_attribute("id")))
    assert_accessible(page)
    assert_fits(page)


def test_without_script_the_page_lists_what_matches(open_browser):
    page = open_browser("noor", script=False)
    page.goto("/places")
    page.locator("[name=country]").fill("united")
    page.get_by_role("button", name="Search").click()
    assert page.locator(".rows b").all_inner_texts()[0].startswith("United")
