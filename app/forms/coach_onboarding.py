"""Becoming a coach: nine steps by name, what each asks, and the last one, where it is sent."""

from typing import Literal, TypeAlias

import msgspec

from app.forms.educations import EducationForm
from app.forms.experiences import ExperienceForm
from app.forms.fields import Ticked
from app.forms.form import Form
from app.forms.languages import LanguageForm
from app.forms.portfolio_items import PortfolioItemForm

LATER, BACK, ADD, CONTINUE, SEND = "later", "back", "add", "continue", "send"


class Step(msgspec.Struct, frozen=True):
    """A step of onboarding. `first` is what somebody is told who wanted to skip it."""

    name: str
    title: str
    question: str
    intro: str
    first: str = ""
    is_list: bool = False

    @property
    def optional(self) -> bool:
        """Nobody has to fill it in."""
        return not self.first

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return [step.name for step in STEPS].index(self.name) + 1

    @property
    def address(self) -> str:
        """Where it is."""
        return f"/become-a-coach/{self.name}"

    @property
    def before(self) -> "Step | None":
        """The step that comes before it."""
        return STEPS[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> "Step | None":
        """The step that comes next."""
        return STEPS[self.number] if self.number < len(STEPS) else None


STEPS = (
    Step(
        "goal", "Your goal", "What should coaching be for you?",
        "Only you and our team see this. It helps us to show you what fits.",
        first="First choose what coaching should be for you.",
    ),
    Step(
        "skills", "Skills", "What can you teach?",
        "Name 1 to 15 skills. Students search for these words, so choose the ones they would use.",
        first="First say what you can teach.",
    ),
    Step(
        "experience", "Experience", "Where have you worked?",
        "Paid or not, all that has to do with what you teach.",
        is_list=True,
    ),
    Step(
        "education", "Education", "Where have you learned?",
        "Schools, courses, workshops, or a person who taught you.",
        is_list=True,
    ),
    Step(
        "portfolio", "Portfolio", "What can you show?",
        "Up to 12 pieces of your work, as links to where they are: a video, a document, a page.",
        is_list=True,
    ),
    Step(
        "languages", "Languages", "Which languages do you teach in?",
        "Students choose by this, so be honest about how well you speak each.",
        first="First add a language you can teach in.",
        is_list=True,
    ),
    Step(
        "headline", "Headline and story", "How would you introduce yourself?",
        "One line and a few honest sentences. Students read this before they write to you.",
        first="First write your headline and your story.",
    ),
    Step(
        "details", "Details", "A few details",
        "Where you are, and what an hour with you costs.",
        first="First fill in where you are, when you were born, and your hourly rate.",
    ),
    Step(
        "review", "Check and send", "Check and send",
        "This is what students will see. Change what you like, then send it to us.",
    ),
)  # fmt: skip
REQUIRED = tuple(step for step in STEPS if not step.optional)
LAST = STEPS[-1]


def step_named(name: str) -> Step | None:
    """The step of this name, if there is one."""
    return next((step for step in STEPS if step.name == name), None)


class SendForm(Form, frozen=True, kw_only=True):
    """The guidelines accepted, and the application sent."""

    guidelines: Ticked
    action: Literal["send"] = "send"


class LeaveForm(Form, frozen=True, kw_only=True):
    """Away from the last step, with nothing sent."""

    guidelines: Ticked = False
    action: Literal["later", "back"] = "later"


# The steps that are lists: one more entry, with the buttons of the step.
Pressed: TypeAlias = Literal["add", "continue", "later", "back"]


class ExperienceStep(ExperienceForm, frozen=True, kw_only=True):
    """Where a coach has worked."""

    action: Pressed = "add"


class EducationStep(EducationForm, frozen=True, kw_only=True):
    """Where a coach has learned."""

    action: Pressed = "add"


class PortfolioStep(PortfolioItemForm, frozen=True, kw_only=True):
    """A piece of a coach's work."""

    action: Pressed = "add"


class LanguageStep(LanguageForm, frozen=True, kw_only=True):
    """A language a coach teaches in."""

    action: Pressed = "add"
