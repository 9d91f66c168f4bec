"""Choosing what is mailed, and leaving by the way out of a mail, with and without JavaScript."""

import pytest

from tests.chromium import assert_accessible, assert_fits


@pytest.mark.parametrize(
    ("device", "dark", "script"),
    [("phone", False, True), ("desktop", True, True), ("phone", True, False)],
)
def test_dora_chooses_for_each_kind_and_for_the_night(open_as, device, dark, script):
    page = open_as("dora", device=device, dark=dark, script=script)
    page.goto("/settings/notices")
    assert_fits(page)
    if script:
        assert_accessible(page)
    page.select_option("#mail-message", "bundled")
    page.fill("#quiet-from", "22:00")
    page.fill("#quiet-to", "22:00")
    page.get_by_role("button", name="Save choices").click()
    page.get_by_text("This is when they begin.").wait_for()
    assert page.input_value("#mail-message") == "bundled"
    page.fill("#quiet-to", "07:00")
    page.get_by_role("button", name="Save choices").click()
    page.get_by_text("Your choices are saved.").wait_for()
    assert page.input_value("#quiet-to") == "07:00"


@pytest.mark.parametrize(("device", "script"), [("phone", True), ("desktop", False)])
def test_whoever_holds_the_mail_ends_it_by_a_button(open_as, ids, device, script):
    page = open_as("guest", device=device, script=script)
    page.goto(f"/unsubscribe/{ids['mail_key']}/bundle")
    assert_fits(page)
    page.get_by_role("button", name="Stop these mails").click()
    page.get_by_role("heading", name="No more such mails").wait_for()
    if script:
        assert_accessible(page)
