"""What people write of how a session went, and what staff write when they decide about it."""

from typing import Annotated

from app.forms.fields import Lines
from app.forms.form import Errors, Form, length
from db.models.session_states import SessionStatus

Reason = Annotated[Lines, length(10, 1000)]  # both people read it
OUTCOMES = (SessionStatus.COMPLETED, SessionStatus.RESOLVED)


class NoShowForm(Form, frozen=True, kw_only=True):
    """What there is to say about somebody who did not come."""

    text: Annotated[Lines, length(0, 2000)] = ""


class ProblemForm(Form, frozen=True, kw_only=True):
    """What went otherwise than agreed."""

    text: Annotated[Lines, length(10, 2000)]


class DecideForm(Form, frozen=True, kw_only=True):
    """Whether a session counts, and why."""

    outcome: SessionStatus
    reason: Reason

    def check(self) -> Errors:
        """The two that a reported session can come to."""
        return {} if self.outcome in OUTCOMES else {"outcome": "Choose one of the two."}


class ReverseForm(Form, frozen=True, kw_only=True):
    """Why what a session cost is taken back."""

    reason: Reason
