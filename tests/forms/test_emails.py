"""What a form with one address takes."""

import pytest

from app.forms.accounts import LONGEST_EMAIL
from app.forms.emails import EmailForm
from app.forms.form import bind

TOO_LONG = "x" * (LONGEST_EMAIL - 15) + "@skileez.example"


def test_an_address_is_taken_as_it_was_typed():
    form = bind(EmailForm, {"email": [" Sofia@Skileez.Example "]}).data
    assert form is not None
    assert form.email == "Sofia@skileez.example"


@pytest.mark.parametrize("email", [
    [], [""], ["sofia"], ["@x.example"], ["a@x.example"] * 2, ["a b@x.example"], [TOO_LONG],
    ["a\n@x.example\nBcc: b@x.example"],
])  # fmt: skip
def test_what_is_no_address_is_named(email):
    assert list(bind(EmailForm, {"email": email}).errors) == ["email"]


def test_one_that_grows_too_long_without_its_letter_case_is_named():
    sharp = "İ" * 120 + "@skileez.example"
    assert len(sharp) <= LONGEST_EMAIL < len(sharp.lower())
    assert EmailForm(email=sharp).check() == {"email": "Keep it to 254 characters."}


def test_what_is_not_offered_is_refused():
    assert list(bind(EmailForm, {"email": ["a@x.example"], "id": ["1"]}).errors) == [""]
