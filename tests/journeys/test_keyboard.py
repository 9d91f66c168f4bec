"""Every control of the main pages is reached with Tab, and one always sees where one is."""

import pytest

from tests.factories import PASSWORD
from tests.journeys.newcomer import Newcomer

COUNT_CONTROLS = """() => {
    const all = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    const names = new Set();
    window.reached = new Set();
    window.unseen = [];
    document.querySelectorAll(all).forEach((one, number) => {
        const shown = one.checkVisibility({visibilityProperty: true}) && !one.inert;
        if (!shown || one.disabled || one.tabIndex < 0) return;
        // One of a group of radio buttons is reached by Tab, the others by arrows.
        one.dataset.reach = one.type === "radio" ? `radio ${one.name}` : number;
        names.add(one.dataset.reach);
    });
    addEventListener("focusin", ({target}) => {
        if (target.dataset.reach) window.reached.add(target.dataset.reach);
        const ringed = [target, target.closest("label"), target.closest(".affix")].some((one) => {
            if (!one) return false;
            const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(one);
            const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
            return outlined || boxShadow !== "none";
        });
        const {width, height, bottom, top} = target.getBoundingClientRect();
        const within = width * height > 0 && bottom > 0 && top < innerHeight;
        if (!ringed || !within) window.unseen.push(target.outerHTML.slice(0, 120));
    });
    return names.size;
}"""
WHAT_IS_LEFT = """() => [...document.querySelectorAll("[data-reach]")]
    .filter((one) => !window.reached.has(one.dataset.reach))
    .map((one) => one.outerHTML.slice(0, 120))"""
MAIN_PAGES = (
    ("guest", "/"), ("guest", "/sign-up"), ("guest", "/coaches"), ("guest", "/forgot-password"),
    ("sofia", "/dashboard"), ("sofia", "/settings"), ("sofia", "/settings/sign-ins"),
    ("sofia", "/requests/new"), ("sofia", "/requests/{request}/proposals"),
    ("sofia", "/messages/{thread}"), ("sofia", "/contracts/{contract}"), ("sofia", "/sessions"),
    ("sofia", "/sessions/{session}"), ("sofia", "/contracts"), ("sofia", "/settings/calendar"),
    ("carla", "/requests"), ("carla", "/requests/{filled}"), ("carla", "/dashboard"),
    ("carla", "/earnings"), ("carla", "/sessions?list=waiting"),
    ("dora", "/requests/{request}"), ("dora", "/dashboard"),
)  # fmt: skip


@pytest.mark.parametrize("who", ["guest", "sofia", "carla", "dora"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_as, ids, who):
    page = open_as(who)
    for address in (address for name, address in MAIN_PAGES if name == who):
        page.goto(address.format(**ids))
        controls = page.evaluate(COUNT_CONTROLS)
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        assert skip.evaluate("one => one === document.activeElement"), page.url
        assert skip.bounding_box()["y"] >= 0, page.url
        for _ in range(controls + 12):
            page.keyboard.press("Tab")
        assert page.evaluate(WHAT_IS_LEFT) == [], page.url
        assert page.evaluate("window.unseen") == [], page.url
        skip.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main", page.url


def tab_to(page, wanted):
    """Press Tab until the keyboard is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement?.matches(wanted)", wanted):
            return
    raise AssertionError(f"{page.url}: Tab never reaches {wanted}")


def type_into(page, **fields):
    for field, words in fields.items():
        tab_to(page, f"#{field.replace('_', '-')}")
        page.keyboard.type(words)


def test_signing_in_without_a_mouse(open_browser):
    page = open_browser()
    page.goto("/sign-in")
    type_into(page, email="sam@skileez.example", password=PASSWORD)
    tab_to(page, "#remember")
    page.keyboard.press("Space")
    assert page.locator("#remember").is_checked()
    tab_to(page, "form:has(#password) [type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard")


def test_signing_up_and_a_new_password_without_a_mouse(open_browser):
    nia = Newcomer(open_browser, script=True)
    page = nia.page
    page.goto("/sign-up")
    tab_to(page, "[name=intent]")
    page.keyboard.press("Space")
    type_into(page, first_name="Nia", last_name="Owusu", email=nia.email, password=nia.password)
    tab_to(page, "[name=adult]")
    page.keyboard.press("Space")
    tab_to(page, "main form [type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in?welcome=1")
    tab_to(page, "[href='/forgot-password']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forgot-password")
    page.get_by_role("heading", name="Choose a new password").wait_for()
    type_into(page, email=nia.email)
    page.keyboard.press("Enter")
    nia.sees("If somebody here has this address")
    nia.follows_mail("Choose a new password")
    type_into(page, password="four herons near the weir")
    tab_to(page, "main form [type=submit]")
    page.keyboard.press("Space")
    nia.sees("Your new password is set.")
    assert page.url.endswith("/sign-in")
