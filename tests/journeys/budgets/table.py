"""What Skileez may cost people: every limit, how it is measured and where it is proven."""

from dataclasses import dataclass

KB = 1000
PAGES = "tests/journeys/budgets/test_pages.py"
WIRE = "tests/journeys/budgets/test_interactions.py"
VISIT = "tests/journeys/budgets/test_visits.py"
SLOW = "tests/journeys/budgets/test_slow_line.py"
LIGHTHOUSE = "tests/journeys/budgets/test_lighthouse.py"


@dataclass(frozen=True)
class Budget:
    """One limit, its unit, how it is measured and the test that holds to it."""

    limit: float
    unit: str
    where: str
    how: str
    least: bool = False  # a figure that must be reached instead

    def holds(self, figure: float) -> bool:
        return figure >= self.limit if self.least else figure <= self.limit


BODY = "body packed as the site sends it"
BOTH = "frames of HTTP/2 in both directions, request and answer, headers included"
DOWN = "frames of HTTP/2 of the answer, headers included"
ALL = "all frames of HTTP/2 in both directions"
EVERY = "the worst of every page, as a guest, a student, a coach and staff"
AUDIT = f"Lighthouse, mobile, simulated throttling; {EVERY}"

BUDGETS = {
    "stylesheet": Budget(12 * KB, "B", PAGES, BODY),
    "script": Budget(15.5 * KB, "B", PAGES, BODY),
    "icons": Budget(2.2 * KB, "B", PAGES, BODY),
    "font": Budget(19 * KB, "B", PAGES, BODY),
    "font of other letters": Budget(11 * KB, "B", PAGES, BODY),
    "page": Budget(5 * KB, "B", PAGES, f"{BODY}; {EVERY}"),
    "page that is a list": Budget(7 * KB, "B", PAGES, f"{BODY}; {EVERY}"),
    "first answer": Budget(14.6 * KB, "B", PAGES, "answer with its headers; every page of guests"),
    "first answer, a list": Budget(17 * KB, "B", PAGES, "the same"),
    "headers of a poll without news": Budget(120, "B", PAGES, "our own headers of the 204"),
    "cookies before signing in": Budget(0, "", PAGES, "every page of guests"),
    "first visit, to work": Budget(31 * KB, "B", VISIT, ALL),
    "first visit, requests": Budget(4, "", VISIT, "until the page is loaded"),
    "first visit, with what comes when idle": Budget(62 * KB, "B", VISIT, ALL),
    "next page": Budget(6.5 * KB, "B", VISIT, ALL),
    "next page, requests": Budget(1, "", VISIT, "until the page is loaded"),
    "the journey": Budget(
        150 * KB, "B", VISIT,
        "all frames of ten screens: sign in, search, request, proposal, accept, message, session",
    ),
    "the journey, requests": Budget(30, "", VISIT, "the same"),
    "requests to other hosts": Budget(0, "", VISIT, "on the journey"),
    "layout shift": Budget(0.01, "", VISIT, "CLS of a first visit until the font has arrived"),
    "bookmark": Budget(0.6 * KB, "B", WIRE, f"{BOTH}; nginx, which packs no headers, adds 100"),
    "message sent": Budget(0.8 * KB, "B", WIRE, BOTH),
    "proposal accepted": Budget(1 * KB, "B", VISIT, BOTH),
    "poll without news": Budget(0.25 * KB, "B", WIRE, BOTH),
    "poll with one message": Budget(0.6 * KB, "B", WIRE, DOWN),
    "next step of becoming a coach": Budget(3 * KB, "B", WIRE, BOTH),
    "20 more results": Budget(5 * KB, "B", WIRE, BOTH),
    "first words, first visit": Budget(
        4000, "ms", SLOW, "first contentful paint at 50 kbit/s and 1,000 ms"
    ),
    "first words, next page": Budget(2000, "ms", SLOW, "the same"),
    "performance": Budget(99, "", LIGHTHOUSE, AUDIT, least=True),
    "accessibility": Budget(100, "", LIGHTHOUSE, AUDIT, least=True),
    "best practices": Budget(100, "", LIGHTHOUSE, AUDIT, least=True),
    "search engines": Budget(100, "", LIGHTHOUSE, "the same, of public pages", least=True),
    "cumulative layout shift": Budget(0.01, "", LIGHTHOUSE, AUDIT),
    "total blocking time": Budget(50, "ms", LIGHTHOUSE, AUDIT),
    "largest contentful paint": Budget(1500, "ms", LIGHTHOUSE, AUDIT),
}  # fmt: skip
