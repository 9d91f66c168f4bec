"""What staff write when they decide on a coach."""

from typing import Annotated

from app.forms.coach_onboarding import STEPS
from app.forms.fields import Line, Lines
from app.forms.form import WHOLE_FORM, Errors, Form, length

Comment = Annotated[Lines, length(0, 1000)]
# All but the last: there is nothing to change where everything is looked over.
COMMENTED = STEPS[:-1]


class ApproveForm(Form, frozen=True, kw_only=True):
    """Yes to what was read; `version` is that of the application when it was opened."""

    version: Line = ""


class ChangesForm(Form, frozen=True, kw_only=True):
    """What a coach is asked to change: a comment for each step that needs it."""

    comment_goal: Comment = ""
    comment_skills: Comment = ""
    comment_experience: Comment = ""
    comment_education: Comment = ""
    comment_portfolio: Comment = ""
    comment_languages: Comment = ""
    comment_headline: Comment = ""
    comment_details: Comment = ""

    @property
    def comments(self) -> dict[str, str]:
        """The comments by the name of their step, in the order of the steps."""
        written = {step.name: getattr(self, f"comment_{step.name}") for step in COMMENTED}
        return {name: comment for name, comment in written.items() if comment}

    def check(self) -> Errors:
        """Nobody is sent back without a word."""
        return {} if self.comments else {WHOLE_FORM: "Write a comment on at least one step."}


class RejectForm(Form, frozen=True, kw_only=True):
    """Why a coach cannot teach here."""

    reason: Annotated[Lines, length(10, 1000)]
