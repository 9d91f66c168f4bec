"""A step and its connection: what Carla typed stays, comes in once, and a step weighs little."""

import pytest
from sqlalchemy import select

from db.models.accounts import Account
from db.models.events import Event
from db.models.profiles import CoachProfile
from tests.journeys.wire import KB, Wire
from tests.patience import until

HEADLINE = "/become-a-coach/headline"
STORY = (
    "I cook with everybody who learns with me. We speak from the first onion on, and what you say "
    "at the stove you will say at the market, in the same words and without a book."
)
STEPS = {
    "goal": ("Step 1 of 9, Your goal", "What should coaching be for you?"),
    "skills": ("Step 2 of 9, Skills", "What can you teach?"),
    "experience": ("Step 3 of 9, Experience", "Where have you worked?"),
    "education": ("Step 4 of 9, Education", "Where have you learned?"),
}


@pytest.fixture
def carla(open_browser):
    return open_browser("carla", reduced_motion="reduce")


def saves_of(world):
    """How often Carla's profile was changed, and its headline now."""
    with world.reading() as db:
        carla = db.scalars(select(Account.id).filter_by(email="carla@skileez.example")).one()
        saved = db.query(Event).filter_by(name="coach_profile.updated", subject_id=carla)
        return saved.count(), db.get_one(CoachProfile, carla).headline


def goes_on(page):
    page.get_by_role("button", name="Save and continue").click()


def shows(page, step):
    """The page is this step: its address, its heading, its title and its form."""
    title, heading = STEPS[step]
    page.wait_for_url(f"**/become-a-coach/{step}")
    page.get_by_role("heading", level=1, name=heading).wait_for()
    until(lambda: page.title().startswith(title))
    form = page.locator("#step-form")
    assert form.get_attribute("action") == f"/become-a-coach/{step}"


def is_at(page, step):
    """The same, with the keyboard on its heading."""
    shows(page, step)
    heading = STEPS[step][1]
    until(lambda: page.evaluate("document.activeElement.tagName") == "H1")
    assert page.evaluate("document.activeElement.textContent") == heading


def test_what_carla_typed_survives_the_lost_network_and_comes_in_once(carla, world):
    before, _ = saves_of(world)
    said = f"Spanish over a real stove, part {before}"
    carla.goto(HEADLINE)
    carla.fill("#headline", said)
    carla.fill("#bio", STORY)
    carla.context.set_offline(True)
    carla.get_by_text("You are offline. What you typed is safe on this device.").wait_for()
    goes_on(carla)
    toast = carla.locator("#toasts .toast", has_text="Nothing is lost.")
    toast.wait_for()
    assert toast.locator("span").inner_text() in (
        "You are offline. Nothing is lost.",
        "That did not reach us. Nothing is lost.",
    )
    assert carla.input_value("#headline") == said and carla.input_value("#bio") == STORY
    # Still nothing: trying again says so again, and loses nothing.
    toast.get_by_role("button", name="Try again").click()
    toast.wait_for()
    assert carla.input_value("#headline") == said
    assert saves_of(world)[0] == before
    carla.context.set_offline(False)  # and it leaves by itself
    carla.locator(".offline").wait_for(state="detached")
    carla.wait_for_url("**/become-a-coach/details")
    assert saves_of(world) == (before + 1, said)
    carla.goto(HEADLINE)
    assert carla.input_value("#headline") == said
    assert not carla.get_by_text("We kept what you typed.").count()


def test_what_could_not_be_sent_is_there_in_another_tab(carla, world):
    before, _ = saves_of(world)
    said = f"Spanish at the market, part {before}"
    carla.goto(HEADLINE)
    carla.fill("#headline", said)
    carla.fill("#bio", STORY)
    context = carla.context
    # This tab alone has no line, and stays: one that closes has it back and may send what waits.
    line = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    context.new_cdp_session(carla).send("Network.emulateNetworkConditions", line)
    goes_on(carla)
    carla.locator("#toasts .toast", has_text="Nothing is lost.").wait_for()
    # Asked of the browser, not of the tab: a tab knows what it wrote before the others can.
    until(lambda: said in str(context.storage_state()))
    carla = context.new_page()
    carla.goto(HEADLINE, wait_until="commit")  # the sentence does not stay for ever
    carla.get_by_text("We kept what you typed.").wait_for()
    assert carla.input_value("#headline") == said and carla.input_value("#bio") == STORY
    assert saves_of(world)[0] == before
    goes_on(carla)
    carla.wait_for_url("**/become-a-coach/details")
    assert saves_of(world) == (before + 1, said)
    carla.goto(HEADLINE)
    assert not carla.get_by_text("We kept what you typed.").count()


def test_an_answer_that_is_lost_on_its_way_does_no_harm(carla, world):
    """It was stored, but she did not hear of it: trying again leads on, and nothing is twice."""
    before, _ = saves_of(world)
    said, answered = f"Spanish for the first week, part {before}", []

    def lose_the_answer(route):
        if route.request.method != "POST" or answered:
            return route.continue_()
        answered.append(route.fetch().status)
        return route.abort("connectionreset")

    carla.route("**/become-a-coach/headline", lose_the_answer)
    carla.goto(HEADLINE)
    carla.fill("#headline", said)
    carla.fill("#bio", STORY)
    goes_on(carla)
    toast = carla.locator("#toasts .toast", has_text="Nothing is lost.")
    toast.wait_for()
    assert answered == [200]
    assert saves_of(world) == (before + 1, said)
    toast.get_by_role("button", name="Try again").click()
    carla.wait_for_url("**/become-a-coach/details")
    assert saves_of(world) == (before + 1, said)


def test_each_step_takes_the_place_of_the_last_and_back_leads_back(carla):
    carla.goto("/become-a-coach/goal")
    carla.locator("[name=goal][value=side_income]").check()
    for step in ("skills", "experience", "education"):
        goes_on(carla)
        is_at(carla, step)
    for step in ("experience", "skills", "goal"):
        carla.go_back()
        shows(carla, step)
    carla.go_forward()
    shows(carla, "skills")  # the address is there before the form
    goes_on(carla)
    is_at(carla, "experience")
    carla.get_by_role("button", name="Back", exact=True).click()
    is_at(carla, "skills")


def test_the_list_of_steps_opens_one_in_place(carla):
    carla.goto("/become-a-coach/goal")
    carla.evaluate("window.stayed = true")
    for name, step in (("Education", "education"), ("Skills", "skills")):
        carla.get_by_role("navigation", name="Steps").get_by_role("link", name=name).click()
        is_at(carla, step)
    assert carla.evaluate("window.stayed") is True


def test_a_step_weighs_little(open_browser):
    carla = open_browser("carla", device="phone")
    wire = Wire(carla)
    carla.goto("/become-a-coach/goal")
    costs = {}
    for step in ("skills", "experience", "education", "portfolio", "languages"):
        carla.wait_for_load_state("networkidle")
        wire.forget()
        goes_on(carla)
        carla.wait_for_url(f"**/become-a-coach/{step}")
        until(lambda step=step: any(url.endswith(step) for url in wire.bytes))
        costs[step] = sum(wire.bytes.values())
    assert max(costs.values()) <= 6 * KB, costs
