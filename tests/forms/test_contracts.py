"""Why a contract ends early: a few words at least, and no more than the other one would read."""

import pytest

from app.forms.contracts import EndForm
from app.forms.form import bind


def test_a_reason_is_kept_as_it_was_written():
    form = bind(EndForm, {"reason": ["  I move to Madrid sooner.\nThank you for all.  "]})
    assert form.data.reason == "I move to Madrid sooner.\nThank you for all."


@pytest.mark.parametrize("typed", ["", "   ", "x" * 1001])
def test_no_reason_and_an_endless_one_are_refused(typed):
    assert bind(EndForm, {"reason": [typed]}).error("reason")
