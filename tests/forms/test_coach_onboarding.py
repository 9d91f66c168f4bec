"""The nine steps: their order, which of them Noor may leave out, and what their forms take."""

import pytest

from app.forms.coach_onboarding import (
    LAST,
    REQUIRED,
    STEPS,
    EducationStep,
    ExperienceStep,
    LanguageStep,
    LeaveForm,
    PortfolioStep,
    SendForm,
    step_named,
)
from app.forms.form import NOT_OFFERED, WHOLE_FORM, bind

NAMES = [
    "goal", "skills", "experience", "education", "portfolio", "languages", "headline", "details",
    "review",
]  # fmt: skip
LISTS = {
    "experience": ExperienceStep, "education": EducationStep, "portfolio": PortfolioStep,
    "languages": LanguageStep,
}  # fmt: skip


def test_noor_goes_through_nine_steps_in_this_order():
    assert [step.name for step in STEPS] == NAMES
    assert [step.number for step in STEPS] == list(range(1, 10))
    assert [step.address for step in STEPS] == [f"/become-a-coach/{name}" for name in NAMES]


def test_each_step_knows_its_neighbours():
    assert STEPS[0].before is None and STEPS[0].after == STEPS[1]
    for number in range(1, 8):
        assert STEPS[number].before == STEPS[number - 1]
        assert STEPS[number].after == STEPS[number + 1]
    assert STEPS[-1] == LAST and LAST.before == STEPS[-2] and LAST.after is None


def test_five_steps_have_to_be_filled_in():
    assert [step.name for step in REQUIRED] == [
        "goal",
        "skills",
        "languages",
        "headline",
        "details",
    ]
    assert [step.name for step in STEPS if step.optional] == [
        "experience", "education", "portfolio", "review",
    ]  # fmt: skip


def test_who_wants_to_skip_one_is_told_what_comes_first():
    for step in REQUIRED:
        assert step.first.startswith("First ") and step.first.endswith(".")
    assert [step.name for step in STEPS if step.is_list] == list(LISTS)


def test_each_step_asks_a_question_of_its_own():
    for said in ("title", "question", "intro"):
        words = [getattr(step, said) for step in STEPS]
        assert all(words) and len(set(words)) == 9


@pytest.mark.parametrize("name", ["", "Goal", "goals", "submit", "0", "goal/"])
def test_what_noor_makes_up_is_no_step(name):
    assert step_named(name) is None
    assert step_named("details") == STEPS[7]


def test_only_who_agrees_sends():
    assert bind(SendForm, {"guidelines": ["yes"]}).data
    assert bind(SendForm, {"guidelines": ["yes"], "action": ["send"]}).data
    for ticked in ([], ["no"], [""]):
        bound = bind(SendForm, {"guidelines": ticked, "action": ["send"]})
        assert bound.error("guidelines") == "Tick this box to go on."
    assert bind(SendForm, {"guidelines": ["yes"], "action": ["later"]}).error("action")


@pytest.mark.parametrize("action", ["later", "back"])
def test_nobody_has_to_agree_in_order_to_leave(action):
    assert bind(LeaveForm, {"action": [action]}).data
    assert bind(LeaveForm, {"action": [action], "guidelines": ["yes"]}).data
    assert bind(LeaveForm, {"action": ["send"]}).error("action")


@pytest.mark.parametrize("kind", LISTS.values())
def test_a_list_has_the_buttons_of_a_step_and_no_others(kind):
    for action in ("add", "continue", "later", "back"):
        assert not bind(kind, {"action": [action]}).error("action")
    for action in ("send", "save", "delete", "ADD"):
        assert bind(kind, {"action": [action]}).error("action")
    assert bind(kind, {"status": ["approved"]}).error(WHOLE_FORM) == NOT_OFFERED
