from datetime import UTC, datetime

import pytest

from app.forms.form import bind
from app.forms.proposal_choices import AcceptForm, DeclineForm, DeclineSeveralForm, numbers

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def test_declining_needs_one_of_the_reasons():
    assert bind(DeclineForm, {"reason": ["price"]}).data
    assert bind(DeclineForm, {"reason": ["mood"]}).error("reason")
    assert bind(DeclineForm, {}).error("reason") == "Choose one."


def test_accepting_names_a_version():
    assert bind(AcceptForm, {"version": ["3"]}).data.version == 3
    assert bind(AcceptForm, {}).data.is_outdated(1, NOON)
    for odd in ({"version": ["0"]}, {"version": ["x"]}, {"version": [str(2**31)]}):
        assert bind(AcceptForm, odd).error("version")


def test_declining_several_needs_some_and_a_reason():
    form = bind(DeclineSeveralForm, {"proposal": ["4", "7"], "reason": ["price"]}).data
    assert form.proposal == [4, 7]
    none = bind(DeclineSeveralForm, {})
    assert none.error("proposal") == "Choose at least one proposal." and none.error("reason")
    many = bind(DeclineSeveralForm, {"proposal": [str(n) for n in range(1, 52)]})
    assert many.error("proposal") == "Choose at most 50."


@pytest.mark.parametrize("odd", ["x", "0", "-1", "1.5", str(2**63), "９"])
def test_what_is_no_number_of_a_proposal_is_a_mistake(odd):
    posted = {"proposal": [odd], "reason": ["price"]}
    assert bind(DeclineSeveralForm, posted).error("proposal") == (
        "Choose from the proposals of the list."
    )
    assert numbers([odd, "12", "12"]) == {12}
