"""What can be written into the forms of reports, and what each mistake is told."""

import pytest

from app.forms.form import bind
from app.forms.reports import HideForm, ReasonForm, ReportForm
from db.models.reports import ReportReason


def test_a_reason_is_enough_but_something_else_needs_words():
    assert bind(ReportForm, {"reason": ["spam"]}).data == ReportForm(reason=ReportReason.SPAM)
    bound = bind(ReportForm, {"reason": ["something_else"], "text": ["\n "]})
    assert bound.errors == {"text": "Write what happened."}
    assert bind(ReportForm, {"reason": ["something_else"], "text": ["It is me."]}).data


@pytest.mark.parametrize(
    ("length", "is_good"), [(0, False), (9, False), (10, True), (1000, True), (1001, False)]
)
def test_what_a_person_is_told_is_neither_empty_nor_endless(length, is_good):
    assert (bind(ReasonForm, {"reason": ["x" * length]}).data is not None) is is_good


@pytest.mark.parametrize("numbers", [[], ["0"], ["-1"], ["1.0"], ["٢"], ["1", "x"], [str(2**31)]])
def test_messages_are_named_by_their_numbers(numbers):
    bound = bind(HideForm, {"number": numbers, "reason": ["Nobody here is called names."]})
    assert list(bound.errors) == ["number"]


def test_several_messages_can_be_named():
    bound = bind(HideForm, {"number": ["3", "1"], "reason": ["Nobody here is called names."]})
    assert bound.data and bound.data.number == [3, 1]
