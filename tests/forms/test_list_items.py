from datetime import date

import pytest

from app.forms.experiences import ExperienceForm
from app.forms.list_items import as_month, nothing_typed, period_errors

MARCH, MAY = date(2021, 3, 1), date(2021, 5, 1)


@pytest.mark.parametrize(
    ("started", "ended", "current", "sentence"),
    [
        (MARCH, MAY, False, None),
        (MARCH, MARCH, False, None),
        (MARCH, None, True, None),
        (MAY, MARCH, False, "This is before the month it started."),
        (MARCH, None, False, "Give the month it ended, or tick that it goes on."),
        (MARCH, MAY, True, "Leave the end empty, or take the tick below away."),
        (None, MAY, False, None),
    ],
)
def test_a_period_has_one_end(started, ended, current, sentence):
    assert period_errors(started, ended, current=current).get("ended") == sentence


def test_a_form_of_blanks_holds_nothing_to_add():
    assert nothing_typed(ExperienceForm, {})
    assert nothing_typed(
        ExperienceForm, {"title": [" "], "form_key": ["k"], "action": ["continue"]}
    )
    assert not nothing_typed(ExperienceForm, {"title": [""], "company": ["Sol"]})


def test_a_month_stands_in_a_form_as_month_fields_send_it():
    assert (as_month(MARCH), as_month(None)) == ("2021-03", "")
