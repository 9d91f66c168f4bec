"""Text cleaned once, at the edge."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.text import Unreadable, clean_line, clean_lines, one_line

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
AWKWARD = st.sampled_from("\0\x1f\ud800\u200b\u202e\ufeff\u3164\u0301\r\n\t ٢²ﬁ,.-@:/\\%")
ANY_TEXT = st.text(st.characters() | AWKWARD, max_size=60)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Hola", "Hola"),
        ("  Hola \n\n", "Hola"),
        ("\ufeff Hola\ufeff\u3000", "Hola"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\tb", "a\tb"),
        ("one\n\n\n  two", "one\n\n\n  two"),
        ("Cafe\u0301", "Café"),
        ("\u212b", "Å"),
        ("ﬁ", "ﬁ"),  # NFC, not NFKC: what was typed keeps its look
        ("नमस्ते 👩🏽‍🏫", "नमस्ते 👩🏽‍🏫"),
        ("שלום \u202bעולם\u202c", "שלום \u202bעולם\u202c"),
        ("", ""),
        (" \n\t ", ""),
        ("\u200b", ""),
        ("\u200b\u200d\u2060\ufeff", ""),
        ("\u202e\u202c", ""),
        ("\u3164\u115f\u2800", ""),
        ("\u0301", ""),
        ("\ufe0f", ""),
        ("\ue000", ""),
    ],
)
def test_lines_are_cleaned(typed: str, cleaned: str):
    assert clean_lines(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Ada   Cole-Martin ", "Ada Cole-Martin"),
        ("Ada\u00a0\u2003Cole", "Ada Cole"),
        ("Ada\r\nCole\tMartin", "Ada Cole Martin"),
        ("Ada\u2028Cole\u2029Martin", "Ada Cole Martin"),
        (f"A{BIDI}da", "Ada"),
        ("\u202e gnp.exe", "gnp.exe"),
        ("e\u200e\u0301", "é"),
        ("👩🏽‍🏫", "👩🏽‍🏫"),
        (BIDI, ""),
    ],
)
def test_one_line_is_cleaned(typed: str, cleaned: str):
    assert one_line(typed) == clean_line(typed) == cleaned


@pytest.mark.parametrize(
    "letter",
    ["\0", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9f", "\ud800",
     "\udfff"],
)  # fmt: skip
def test_what_nobody_can_type_is_refused(letter: str):
    for clean in (clean_lines, one_line):
        with pytest.raises(Unreadable):
            clean(f"Ho{letter}la")
    assert clean_line(f"Ho{letter}la") == ""


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str):
    for clean in (clean_lines, one_line):
        try:
            cleaned = clean(text)
        except Unreadable:
            continue
        assert clean(cleaned) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert cleaned == cleaned.strip()
        cleaned.encode()
        assert "\r" not in cleaned
        assert clean is clean_lines or not set(cleaned) & {*BIDI, "\n", "\t"}


@given(ANY_TEXT)
def test_a_line_of_an_address_is_always_read(text: str):
    assert clean_line(text) == clean_line(clean_line(text))
