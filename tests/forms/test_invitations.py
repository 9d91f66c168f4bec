import pytest

from app.forms.form import bind
from app.forms.invitations import InvitationForm


def test_words_are_not_needed():
    assert bind(InvitationForm, {"request": ["12"]}).data == InvitationForm(request=12)


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", "1.5", "9" * 19, "9" * 400, "١٢"])
def test_a_request_is_a_number_a_request_can_have(typed):
    assert set(bind(InvitationForm, {"request": [typed]}).errors) <= {"request"}
    data = bind(InvitationForm, {"request": [typed]}).data
    assert data is None or 1 <= data.request < 2**63


def test_words_have_up_to_1000_characters():
    assert bind(InvitationForm, {"request": ["1"], "text": ["w" * 1000]}).data
    assert set(bind(InvitationForm, {"request": ["1"], "text": ["w" * 1001]}).errors) == {"text"}
