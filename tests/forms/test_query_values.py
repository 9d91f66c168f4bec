"""Values of addresses, read or left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms import query_values
from db.models.skills import Level

READERS = (query_values.line, query_values.lines, query_values.keys, query_values.is_on)


@given(st.lists(st.text(st.characters(codec=None), max_size=80), max_size=30))
def test_nothing_is_too_odd_to_be_read(texts):
    query = {"name": texts}
    for read in READERS:
        read(query, "name")
    assert query_values.members(query, "name", Level) in ((), *[(level,) for level in Level])
    assert query_values.number(query, "name", (3,)) in (0, 3)


@pytest.mark.parametrize(("text", "key"), [
    ("Español", "espanol"), (" 12 ", 12), ("C++", "c++"), ("012", 12), ("12a", "12a"),
    ("١٢", "١٢"), (str(2**63 - 1), 2**63 - 1),
])  # fmt: skip
def test_a_thing_goes_by_its_number_or_its_folded_name(text, key):
    assert query_values.keys({"skill": [text]}, "skill") == (key,)


@pytest.mark.parametrize("text", ["", " ", "\x00", "0", str(2**63), "\ud800", "\u202e"])
def test_what_names_nothing_is_left_out(text):
    assert query_values.keys({"skill": [text]}, "skill") == ()


@pytest.mark.parametrize(("text", "words"), [
    ("two  words ", "two words"), ('"', ""), ("-", ""), ("* ...", ""), ("-a", "-a"), ("🎸", "🎸"),
])  # fmt: skip
def test_words_are_what_has_a_word_in_it(text, words):
    assert query_values.words({"q": [text]}) == words
