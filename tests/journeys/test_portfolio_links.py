"""A portfolio in a real browser, which opens the hosts that we say it will."""

import pytest

from app.links import host_of
from tests.chromium import assert_accessible, assert_fits
from tests.patience import until
from tests.test_links import TAKEN

OPENS = "address => new URL(address).host"


def test_chromium_opens_the_host_that_is_shown(chromium):
    page = chromium.new_page()
    for typed, stored, shown in TAKEN:
        assert page.evaluate(OPENS, stored) == host_of(stored) == shown
        if "\u202e" not in typed and ".:" not in typed and "./" not in typed:
            assert page.evaluate(OPENS, typed) == shown, typed
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_dora_shows_her_work_and_orders_it(open_browser, script):
    page = open_browser("dora", script=script, reduced_motion="reduce")
    page.goto("/profile/portfolio")
    titles = page.locator("#portfolio-item-list h3")
    for title in ("Twelve minutes of verbs", "A page of small talk"):
        form = page.locator("#portfolio-item")
        form.get_by_label("What it is").select_option(label="Tutorial")
        form.get_by_label("Title").fill(title)
        form.get_by_label("About it").fill("What a first lesson with me is like, with subtitles.")
        form.get_by_label("Link", exact=True).fill("https://youtu.be/1")
        form.get_by_text("More links").click()
        form.get_by_label("Link 2").fill("https://youtube.com@evil.example/")
        form.get_by_role("button", name="Add to portfolio").click()
        wrong = page.get_by_text("Only http and https links without a name or password")
        wrong.wait_for()
        assert_fits(page)
        if script:  # the tools that look for faults are a script, too
            assert_accessible(page)
        form.get_by_label("Link 2").fill("")
        form.get_by_role("button", name="Add to portfolio").click()
        titles.filter(has_text=title).wait_for()
    page.get_by_role("button", name="Move A page of small talk up").click()
    until(lambda: titles.all_inner_texts()[-1] == "Twelve minutes of verbs")
    for title in ("Twelve minutes of verbs", "A page of small talk"):
        page.get_by_role("button", name=f"Remove {title}").click()
        page.get_by_text(f"“{title}” was removed.").last.wait_for()
    page.goto("/profile/portfolio")
