"""Carla chooses a picture of herself, as browsers really send one."""

import re

import pytest

from tests.drawings import drawn

DETAILS = "/profile/coach/details"
GIVEN = {"birth_date": "1990-05-01", "rate": "40", "currency": "EUR", "country": "Spain"}


def chosen(page, name, content):
    """Carla fills in what the form asks for, chooses this file, and saves."""
    page.goto(DETAILS)
    for field, text in GIVEN.items():
        page.locator(f"form [name={field}]").fill(text)
    file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    page.locator("form [name=picture]").set_input_files(file)
    page.get_by_role("button", name=re.compile("^Save")).first.click()


@pytest.mark.parametrize("script", [True, False])
def test_carlas_picture_stands_on_her_page_once_she_has_chosen_it(open_browser, script):
    page = open_browser("carla", script=script)
    chosen(page, "me.jpg", drawn(size=(900, 600)))
    page.locator("main dd img.av").first.wait_for()
    page.goto("/coaches/carla-ruiz")
    picture = page.locator("header img.av-xl")
    assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") == 256
    page.goto(DETAILS)
    page.get_by_label("Remove this picture").check()
    page.get_by_role("button", name=re.compile("^Save")).first.click()
    page.locator("main dd span.av").first.wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_what_is_no_picture_is_said_beside_the_field(open_browser, script):
    page = open_browser("carla", script=script)
    chosen(page, "me.jpg", b"<!doctype html><script>alert(1)</script>")
    page.get_by_text("This file is not a picture we can read.").wait_for()
    assert page.locator("form [name=rate]").input_value() == "40"


@pytest.mark.parametrize("script", [True, False])
def test_a_file_larger_than_may_come_in_is_refused_in_words(open_browser, script):
    page = open_browser("carla", script=script)
    chosen(page, "me.jpg", bytes(14_000_000))
    page.get_by_text("Send less than 8 MB.").wait_for()
