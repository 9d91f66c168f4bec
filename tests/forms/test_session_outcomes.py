"""What is read of a form about how a session went."""

import pytest

from app.forms.form import bind
from app.forms.session_outcomes import DecideForm, NoShowForm, ProblemForm
from db.models.session_states import SessionStatus


def test_sofia_need_not_say_more_than_that_nobody_came():
    assert bind(NoShowForm, {}).data == NoShowForm(text="")


@pytest.mark.parametrize(
    ("text", "fits"), [("x" * 9, False), ("x" * 10, True), ("x" * 2001, False)]
)
def test_a_problem_of_carlas_needs_words(text, fits):
    assert bool(bind(ProblemForm, {"text": [text]}).data) is fits


@pytest.mark.parametrize("outcome", SessionStatus)
def test_mina_decides_for_one_of_two_outcomes(outcome):
    bound = bind(DecideForm, {"outcome": [outcome], "reason": ["The line was gone for both."]})
    counts = outcome in (SessionStatus.COMPLETED, SessionStatus.RESOLVED)
    assert bool(bound.data) is counts
