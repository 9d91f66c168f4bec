from types import SimpleNamespace

import pytest

from app.forms.form import bind
from app.forms.proposal_versions import ChangeForm, as_it_stands, is_outdated, on_top_of

PLAN = "We read a page, then we talk about it, and then we write down what was new to us. " * 2
CARLAS = {
    "message": PLAN.strip(), "sessions": 6, "minutes": 50, "price": 1850, "currency": "USD",
    "cancellation_hours": 12, "earliest": None, "links": ["https://carla.example/"],
}  # fmt: skip


def stored(version=1, **but):
    return as_it_stands(SimpleNamespace(**CARLAS | but), {7: "In Seville."}, version)


def sent(form):
    return bind(ChangeForm, form.raw, answer=[7]).data


def test_what_carla_wrote_stands_in_the_form_and_can_be_sent_as_it_is():
    form = sent(stored())
    assert (form.version, form.price, form.links) == (1, 1850, ["https://carla.example/"])
    assert form.answer == {7: "In Seville."} and form.action == "save"


@pytest.mark.parametrize("field", ["message", "sessions", "minutes", "price", "version"])
def test_carla_leaves_nothing_out(field):
    raw = {name: texts for name, texts in stored().raw.items() if name != field}
    assert bind(ChangeForm, raw, answer=[7]).error(field)


def test_a_form_knows_when_something_else_stands_there_now():
    form = sent(stored())
    assert not is_outdated(form, stored())
    assert is_outdated(form, stored(version=2))
    assert is_outdated(form, stored(price=1900))  # written over, unread


def test_a_form_that_names_its_version_only_is_compared_by_that():
    raw = {name: texts for name, texts in stored().raw.items() if name != "words"}
    form = bind(ChangeForm, raw, answer=[7]).data
    assert not is_outdated(form, stored(price=1900)) and is_outdated(form, stored(version=2))


def test_what_was_typed_can_be_sent_on_top_of_what_is_newer():
    mine = {**stored().raw, "price": ["17"]}
    form = sent(on_top_of(mine, stored(version=2, sessions=9)))
    assert (form.version, form.price, form.sessions) == (2, 1700, 6)
    assert not is_outdated(form, stored(version=2, sessions=9))
