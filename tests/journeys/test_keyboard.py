"""Every control of the main pages is reached with Tab, and one always sees where one is."""

import pytest

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
    ("guest", "/"), ("guest", "/sign-up"), ("guest", "/coaches"), ("sofia", "/dashboard"),
    ("sofia", "/requests/new"), ("sofia", "/requests/{request}/proposals"),
    ("sofia", "/messages/{thread}"), ("carla", "/requests"), ("carla", "/requests/{filled}"),
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
