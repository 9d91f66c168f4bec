"""What the sign-in form takes."""

import pytest

from app.forms.form import bind
from app.forms.sign_ins import SignInForm

SENT = {"email": ["sofia@skileez.example"], "password": [" spaces count "]}


def test_sofias_password_is_taken_as_it_is():
    form = bind(SignInForm, SENT).data
    assert form is not None
    assert (form.password, form.remember, form.next) == (" spaces count ", False, "")


@pytest.mark.parametrize(("but", "wrong"), [
    ({"email": [""]}, "email"),
    ({"email": ["sofia"]}, "email"),
    ({"email": ["a@x.example", "b@x.example"]}, "email"),
    ({"password": [""]}, "password"),
    ({"password": ["x" * 1025]}, "password"),
    ({"password": ["a", "b"]}, "password"),
    ({"role": ["coach"]}, ""),
])  # fmt: skip
def test_what_is_missing_or_doubled_is_named(but, wrong):
    assert list(bind(SignInForm, SENT | but).errors) == [wrong]
