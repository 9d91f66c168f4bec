"""What Mina writes when she asks Petra for changes, or says no."""

import pytest

from app.forms.coach_approvals import COMMENTED, ChangesForm, RejectForm
from app.forms.coach_onboarding import STEPS
from app.forms.form import WHOLE_FORM, bind


def test_every_step_but_the_last_can_be_commented():
    offered = set(ChangesForm.__struct_fields__)
    assert offered == {f"comment_{step.name}" for step in COMMENTED}
    assert [step.name for step in STEPS if step not in COMMENTED] == ["review"]


def test_only_what_was_written_is_said_in_the_order_of_the_steps():
    typed = {"comment_details": ["Add a time zone."], "comment_goal": [" Choose one. "]}
    form = bind(ChangesForm, typed | {"comment_skills": ["  "]})
    assert form.data and list(form.data.comments.items()) == [
        ("goal", "Choose one."), ("details", "Add a time zone."),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", [{}, {"comment_goal": [""]}, {"comment_goal": [" \n "]}])
def test_nobody_is_sent_back_without_a_word(typed):
    form = bind(ChangesForm, typed)
    assert form.errors == {WHOLE_FORM: "Write a comment on at least one step."}


def test_every_comment_that_is_too_long_is_named():
    form = bind(ChangesForm, {"comment_goal": ["a" * 1001], "comment_skills": ["b" * 1001]})
    assert {"comment_goal", "comment_skills"} <= form.errors.keys()


@pytest.mark.parametrize("reason", ["", "Too short", "a" * 1001])
def test_a_no_needs_a_reason(reason):
    assert "reason" in bind(RejectForm, {"reason": [reason]}).errors


def test_a_reason_may_have_paragraphs():
    form = bind(RejectForm, {"reason": ["The links lead elsewhere.\n\nNobody answers."]})
    assert form.data and form.data.reason == "The links lead elsewhere.\n\nNobody answers."
