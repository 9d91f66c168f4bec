"""What a coach may call their page."""

import pytest

from app.forms.form import bind
from app.forms.handles import RESERVED, HandleForm, is_handle

SHAPE = "Use the letters a to z, digits and single hyphens, such as carla-ruiz."


def named(typed):
    return bind(HandleForm, {"handle": [typed]})


@pytest.mark.parametrize(("typed", "handle"), [
    ("carla-ruiz", "carla-ruiz"), (" Carla-Ruiz ", "carla-ruiz"), ("c3p", "c3p"),
    ("carla-2", "carla-2"), ("2-carla", "2-carla"), ("x" * 60, "x" * 60), ("a-1-b", "a-1-b"),
])  # fmt: skip
def test_carla_may_be_called(typed, handle):
    form = named(typed)
    assert form.data is not None and form.data.handle == handle
    assert is_handle(handle)


@pytest.mark.parametrize(("typed", "sentence"), [
    ("", "Fill this in."), ("-", SHAPE), ("carla--ruiz", SHAPE), ("-carla", SHAPE),
    ("carla-", SHAPE), ("carla_ruiz", SHAPE), ("carla ruiz", SHAPE), ("carla.ruiz", SHAPE),
    ("carlá", SHAPE), ("карла", SHAPE), ("carla/ruiz", SHAPE), ("%63arla", SHAPE),
    ("<b>carla", SHAPE), ("١٢٣abc", SHAPE),
    ("ab", "Use 3 to 60 letters. This has 2."), ("x" * 61, "Use 3 to 60 letters. This has 61."),
    ("2026", "Use at least one letter."), ("12-34", "Use at least one letter."),
    *((word, "This name is taken.") for word in ("mine", "new", "search", "message", "Admin")),
])  # fmt: skip
def test_carla_may_not_be_called(typed, sentence):
    assert named(typed).error("handle") == sentence


def test_what_is_reserved_could_be_a_name():
    assert all(is_handle(word) and word == word.lower() for word in RESERVED)


def test_being_hidden_is_a_tick():
    ticked = bind(HandleForm, {"handle": ["carla"], "hidden_from_search_engines": ["yes"]})
    assert ticked.data is not None and ticked.data.hidden_from_search_engines
    assert not named("carla").data.hidden_from_search_engines
