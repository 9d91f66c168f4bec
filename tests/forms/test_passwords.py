"""What a form with a new password takes, and whose names it may not be made of."""

import pytest

from app.errors import Refused
from app.forms.accounts import MADE_OF_NAMES
from app.forms.form import bind
from app.forms.passwords import PasswordForm

SOFIA = ("Sofia", "Mwangi", "sofia@skileez.example")


def test_nothing_is_cut_off_a_password():
    form = bind(PasswordForm, {"password": ["  four quiet chairs "]}).data
    assert form is not None
    assert form.fit_for(*SOFIA) == "  four quiet chairs "


@pytest.mark.parametrize("password", [
    [], [""], ["eleven char"], ["x" * 1025], ["password1234"], ["four quiet green chairs"] * 2,
])  # fmt: skip
def test_what_is_no_password_is_named_and_not_shown(password):
    form = bind(PasswordForm, {"password": password})
    assert list(form.errors) == ["password"]
    assert form.value("password") == ""


@pytest.mark.parametrize("password", [
    "sofia mwangi", "Mwangi.Sofia!", "sofia@skileez.example", "SofiaSkileez1", "skileez-mwangi",
])  # fmt: skip
def test_ones_own_names_are_no_password(password):
    form = bind(PasswordForm, {"password": [password]}).data
    assert form is not None
    with pytest.raises(Refused) as refused:
        form.fit_for(*SOFIA)
    assert (refused.value.field, refused.value.sentence) == ("password", MADE_OF_NAMES)


def test_somebody_elses_names_are():
    form = bind(PasswordForm, {"password": ["sofia mwangi"]}).data
    assert form is not None
    assert form.fit_for("Carla", "Ruiz", "carla@skileez.example") == "sofia mwangi"


def test_what_the_form_says_about_the_address_counts_for_nothing():
    """It is there for password managers; whoever is asked is known otherwise."""
    sent = {"password": ["sofia mwangi"], "email": ["somebody@else.example"]}
    form = bind(PasswordForm, sent).data
    assert form is not None
    with pytest.raises(Refused):
        form.fit_for(*SOFIA)
