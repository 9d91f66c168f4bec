"""One open page, seen at every width and in both colours."""

from collections.abc import Callable
from typing import Any

from tests.chromium import assert_accessible, assert_fits
from tests.thorough import turn

COLOURS = {"color-contrast"}
PLACES = {"target-size", "scrollable-region-focusable"}
LARGE_TEXT = {"fontSizes": {"standard": 32, "fixed": 26}}
USUAL_TEXT = {"fontSizes": {"standard": 16, "fixed": 13}}
DESKTOP, PHONE, SMALL = (1280, 900, False), (390, 844, True), (320, 640, True)
LOOKS = (
    ("desktop", DESKTOP, False),
    ("dark desktop", DESKTOP, True),
    ("dark phone", PHONE, True),
    ("small phone", SMALL, False),
)
# What is shown, and all that decides whether its words can be read.
PAINT = """() => [...document.querySelectorAll("body, body *")].flatMap((one, number) => {
    if (!one.checkVisibility({visibilityProperty: true})) return [];
    const {color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight, position} =
        getComputedStyle(one);
    const large = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    return [[number, color, backgroundColor, backgroundImage, opacity, large, position].join()];
})"""


class Look:
    """A desktop, a phone and a small phone, light and dark, without opening the page again.

    A rule is asked again where its answer can be another one: all of them where other things are
    shown, the one about colours where something is painted otherwise.
    """

    def __init__(self, page: Any, *, judged: bool = True) -> None:
        """`judged` is whether axe-core is asked, too, which takes most of the time."""
        self.page = page
        self.judged = judged
        self.screen = page.context.new_cdp_session(page)
        self.faults: list[str] = []
        self.number = 0

    def at(self, what: str) -> None:
        """The whole look, which ends on a desktop.

        Usually one of the four, in turn, and then either larger text or a narrower screen.
        """
        self.painted: set[str] = set()
        self.shown: list[set[str]] = []
        for where, screen, dark in turn(LOOKS, self.number):
            self._turn(*screen)
            self._look(f"{what}, on a {where}", dark=dark)
        for squeeze in turn((self._enlarge, self._narrow), self.number, 2):
            squeeze(what)
        self._turn(*DESKTOP)
        self.number += 1

    def _enlarge(self, what: str) -> None:
        self._turn(*PHONE)
        self.screen.send("Page.setFontSizes", LARGE_TEXT)
        self._collect(f"{what}, on a phone with large text", assert_fits)
        self.screen.send("Page.setFontSizes", USUAL_TEXT)

    def _narrow(self, what: str) -> None:
        self._turn(*SMALL)
        self._collect(f"{what}, on a small phone", assert_fits)

    def _look(self, what: str, *, dark: bool) -> None:
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self._collect(what, assert_fits)
        if self.judged:
            self._judge(what)

    def _judge(self, what: str) -> None:
        paint = set(self.page.evaluate(PAINT))
        shown = {one.split(",", 1)[0] for one in paint}
        if shown not in self.shown:
            self._collect(what, assert_accessible)
        else:
            rules = (COLOURS if not paint <= self.painted else set()) | PLACES
            self._collect(what, assert_accessible, {"runOnly": sorted(rules)})
        self.painted |= paint
        self.shown.append(shown)

    def _turn(self, width: int, height: int, mobile: bool) -> None:
        screen = {"width": width, "height": height, "mobile": mobile, "deviceScaleFactor": 1}
        self.screen.send("Emulation.setDeviceMetricsOverride", screen)
        self.screen.send("Emulation.setTouchEmulationEnabled", {"enabled": mobile})

    def _collect(self, what: str, check: Callable[..., None], *more: Any) -> None:
        try:
            check(self.page, *more)
        except AssertionError as fault:
            self.faults.append(f"{what}, {check.__name__}: {fault}")
