"""Who may sign up, and with which password."""

import pytest

from app.forms.accounts import RoleForm, SignUpForm
from app.forms.form import bind

SOFIA = {
    "first_name": ["Sofia"], "last_name": ["Mwangi"], "email": ["sofia.m@skileez.example"],
    "password": ["green kettle sings"], "intent": ["learn"], "adult": ["yes"],
}  # fmt: skip


def errors(**but: str | list[str]) -> dict[str, str]:
    changed = {name: [value] if isinstance(value, str) else value for name, value in but.items()}
    return bind(SignUpForm, SOFIA | changed).errors


def test_sofia_can_join():
    form = bind(SignUpForm, SOFIA).data
    assert form is not None
    assert (form.first_name, form.intent, form.adult) == ("Sofia", "learn", True)


@pytest.mark.parametrize("password", [
    "green kettle sings",
    "            x",  # nothing is trimmed, and no kind of letter is asked for
    "длинный пароль",
    "我喜欢在周末的早晨慢慢喝茶",
    "sofia keeps nine blue bicycles",
    "x" * 11 + "y",
    "ü" * 500 + "x",
])  # fmt: skip
def test_these_passwords_will_do(password):
    assert errors(password=password) == {}


@pytest.mark.parametrize("password", [
    "eleven char",
    "short",
    "password1234",
    "Password-1234",
    "qwertyuiop12",
    "123456789012",
    "aaaaaaaaaaaa",
    "iloveyou1234",
    "sofiamwangi1",
    "Mwangi, Sofia",
    "MwangiSofia2026",
    "sofia.m@skileez.example",
    "sofia-sofia-sofia",
    "Skileez12345",
    "skileezskileez",
    "ü" * 513,
])  # fmt: skip
def test_these_passwords_will_not(password):
    assert list(errors(password=password)) == ["password"]


def test_a_password_of_1024_bytes_is_the_longest():
    assert errors(password="ü" * 511 + "xy") == {}
    assert "1,024" in errors(password="ü" * 511 + "xyz")["password"]


def test_short_names_forbid_nothing():
    assert errors(first_name="A", last_name="Li", password="a litany of tales") == {}


def test_all_mistakes_are_told_at_once():
    empty = dict.fromkeys(SOFIA, "")
    assert set(errors(**empty)) == set(SOFIA)


def test_only_adults_join():
    assert list(errors(adult=[])) == ["adult"]


def test_an_intent_that_is_not_offered_is_refused():
    assert list(errors(intent="rule")) == ["intent"]


def test_an_address_that_grows_when_folded_is_refused():
    grown = "İ" * 60 + "@" + ".".join(["a" * 60] * 3) + ".example"
    assert list(errors(email=grown)) == ["email"]


@pytest.mark.parametrize("name", ["x" * 51, "So\x00fia"])
def test_names_are_short_and_readable(name):
    assert list(errors(first_name=name)) == ["first_name"]


@pytest.mark.parametrize("role", ["", "staff", "STUDENT"])
def test_there_are_two_sides(role):
    assert list(bind(RoleForm, {"role": [role]}).errors) == ["role"]
