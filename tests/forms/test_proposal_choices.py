from app.forms.form import bind
from app.forms.proposal_choices import DeclineForm


def test_declining_needs_one_of_the_reasons():
    assert bind(DeclineForm, {"reason": ["price"]}).data
    assert bind(DeclineForm, {"reason": ["mood"]}).error("reason")
    assert bind(DeclineForm, {}).error("reason") == "Choose one."
