"""What Enter does in a step, and what a second press finds."""

import pytest

from db.models.profiles import CoachGoal, CoachProfile


def first_button(form):
    """The button a browser presses for Enter: the first one of the form, in the page's order."""
    page = form.answer.page
    name = form.tag["id"]
    for button in page.select("button"):
        owner = button.find_parent("form")
        if button.get("form") == name or (owner is not None and owner.get("id") == name):
            return button["name"], button["value"]
    return None


@pytest.mark.parametrize(
    ("step", "action"),
    [("goal", "continue"), ("skills", "add"), ("experience", "add"), ("review", "send")],
)
def test_enter_goes_on_or_adds_and_never_leaves(browser, db, petra, step, action):
    coach = db.get(CoachProfile, petra.id)
    coach.goal, coach.status = CoachGoal.SIDE_INCOME, "changes_requested"
    form = browser.as_(petra).get(f"/become-a-coach/{step}").form("step-form")
    assert first_button(form) == ("action", action)


def test_enter_sends_nothing_that_was_sent(browser, petra):
    form = browser.as_(petra).get("/become-a-coach/review").form("step-form")
    assert first_button(form) == ("action", "later")


@pytest.mark.parametrize("asking", [{}, {"HX-Request": "true", "HX-Request-Type": "full"}])
def test_a_step_never_brings_the_stylesheet_with_it(browser, noor, asking):
    hers = browser.as_(noor)
    assert "<style>" in browser.as_guest().get("/coaches").text
    assert "<style>" not in hers.get("/become-a-coach/goal", headers=asking).text


def test_a_late_form_leads_back_to_its_page(browser, db, noor):
    hers = browser.as_(noor)
    form = hers.get("/become-a-coach/goal")
    sent = {"goal": "main_income", "action": "continue", "nickname": "x"}
    answer = hers.post(
        "/become-a-coach/goal", sent, headers={"Referer": form.response.url.__str__()}
    )
    assert answer.status == 400
    assert answer.click("Open the page again").path == "/become-a-coach/goal"
