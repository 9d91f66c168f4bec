"""From a first thought to the market: nine steps, two browsers, staff, and a guest who looks."""

from typing import Any

import pytest

from tests.chromium import sign_in
from tests.journeys.newcomer import Newcomer

STORY = (
    "I grew up between two languages and still dream in both of them. We begin to speak in the "
    "first minute, I correct what matters, and you leave with one sentence you can use at once."
)


class FutureCoach(Newcomer):
    """Somebody on the way through the nine steps."""

    def is_at(self, step: str) -> None:
        self.page.wait_for_url(f"**/become-a-coach/{step}")
        self.page.locator(f"form[action='/become-a-coach/{step}']").first.wait_for()

    def goes_on(self, to: str) -> None:
        self.press("Save and continue")
        self.is_at(to)

    def writes(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"#step-form [name={name}]").fill(text)

    def comes_to_the_portfolio(self) -> None:
        page = self.page
        page.goto("/become-a-coach")
        self.is_at("goal")
        page.locator("[name=goal][value=side_income]").check()
        self.goes_on("skills")
        self.writes(skills="Spanish, Pronunciation")
        self.goes_on("experience")
        self.writes(title="Interpreter", company="City hospital", started="2019-03")
        page.locator("#step-form [name=current]").check()
        self.goes_on("education")
        self.writes(institution="University of Seville", started="2012-09", ended="2016-06")
        self.goes_on("portfolio")

    def stops_for_today(self) -> None:
        self.writes(title="Half a thought about my wo")
        self.page.get_by_role("button", name="Save for later").click()
        self.page.wait_for_url("**/dashboard")

    def goes_on_elsewhere(self) -> None:
        """In another browser, which knows nothing but what the server does."""
        self.page = self.open_browser()
        self.signs_in()
        self.page.get_by_role("link", name="Go on: Portfolio").click()
        self.is_at("portfolio")
        title = self.page.locator("#step-form [name=title]")
        assert title.input_value() == "Half a thought about my wo"
        title.fill("")
        self.goes_on("languages")

    def finishes(self) -> None:
        self.page.locator("#step-form [name=language]").select_option("es")
        level = self.page.locator("#step-form [name=level]")
        if level.first.get_attribute("type") == "radio":
            level.and_(self.page.locator("[value=native]")).check()
        else:
            level.select_option("native")
        self.goes_on("headline")
        self.writes(headline="Spanish for your first week", bio=STORY)
        self.goes_on("details")
        self.writes(country="Ghana", time_zone="Accra", birth_date="1990-05-17", rate="14")
        self.writes(currency="EUR")
        self.goes_on("review")

    def thinks_again(self) -> None:
        """Back to steps 2 and 7."""
        page = self.page
        page.locator("#step").get_by_role("link", name="Change skills").click()
        self.is_at("skills")
        self.writes(skills="Kitchen words")
        self.press("Add")
        page.get_by_label("Level you teach in Kitchen words").select_option("beginner")
        self.goes_on("experience")
        page.goto("/become-a-coach/headline")
        self.writes(headline="Spanish for your first month")
        self.press("Save and continue")
        self.is_at("details")
        self.goes_on("review")

    def sends(self) -> None:
        self.page.locator("[name=guidelines]").check()
        self.press("Send for approval")
        self.sees("Your application is with us")

    def makes_the_change(self, asked: str) -> None:
        self.page.goto("/dashboard")
        self.page.get_by_role("link", name="See what to change").click()
        self.page.locator("#step .note").get_by_role("link", name="Headline and story").click()
        self.sees(asked)
        self.writes(headline="Spanish for nurses in their first month")
        self.goes_on("details")
        self.goes_on("review")


@pytest.fixture(params=[True, False], ids=["htmx", "no-script"])
def nia(request: Any, open_browser: Any) -> FutureCoach:
    return FutureCoach(open_browser, script=request.param)


class Moderator:
    """Mina, who reads applications."""

    def __init__(self, page: Any) -> None:
        self.page = page
        sign_in(page, "mina")
        page.goto("/admin/coaches")
        page.get_by_role("link", name="Nia Owusu").last.click()
        self.application = page.url

    def asks_for(self, change: str) -> None:
        self.page.locator("summary", has_text="Ask for changes").click()
        self.page.locator("[name=comment_headline]").fill(change)
        self.page.get_by_role("button", name="Ask for these changes").click()
        self.page.wait_for_url("**/admin/coaches")

    def approves(self) -> None:
        self.page.goto(self.application)
        self.page.get_by_role("button", name="Approve").click()
        self.page.wait_for_url("**/admin/coaches")


def test_nia_becomes_a_coach(nia: FutureCoach, open_browser: Any) -> None:
    nia.settles("teach")
    nia.comes_to_the_portfolio()
    nia.looks_whole()
    nia.stops_for_today()
    nia.goes_on_elsewhere()
    nia.finishes()
    nia.thinks_again()
    review = nia.page.locator("#step").inner_text()
    for once in ("Pronunciation", "Kitchen words", "Spanish for your first month"):
        assert review.count(once) == 1
    assert "Spanish for your first week" not in review
    nia.looks_whole()
    nia.sends()
    mina = Moderator(open_browser(script=nia.script))
    mina.asks_for("Say for whom it is.")
    nia.makes_the_change("Say for whom it is.")
    nia.sends()
    mina.approves()

    nia.page.goto("/dashboard")  # without signing in again
    assert not nia.page.get_by_text("Your application").count()
    nia.page.goto("/become-a-coach/review")
    nia.sees("Your page is public.")
    public = nia.page.get_by_role("link", name="See the page as students will see it")
    guest = open_browser(script=nia.script)
    guest.goto(public.get_attribute("href"))
    guest.get_by_role("heading", name="Nia Owusu").wait_for()
    guest.get_by_text("Spanish for nurses in their first month").first.wait_for()
