import pytest

from app.text_keys import text_key

WORDS = "Would Thursday suit you at five?"


@pytest.mark.parametrize(
    "same",
    [
        "would thursday suit you at five",
        "Would  Thursday\n\nsuit you — at FIVE!!!",
        "Woúld Thursday suit you at five?",
        "W o u l d Thursday suit you at five",
        "Would Thurs\u200bday suit you at five?",
    ],
)
def test_the_same_words_have_the_same_key(same):
    assert text_key(same) == text_key(WORDS) is not None


def test_other_words_have_another_and_it_fits_the_column():
    keys = {text_key(f"{WORDS} {number}") for number in range(500)}
    assert len(keys) == 500
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_short_words_have_none_and_marks_alone_have_one():
    assert text_key("x" * 19) is None and text_key(" " * 30) is None
    assert text_key("x" * 20) is not None
    assert text_key("😀" * 20) == text_key("😀" * 20) != text_key("😎" * 20)


def test_other_alphabets_are_words_too():
    assert text_key("Я могу помочь вам с испанским") == text_key("я могу помочь вам с испанским!")
    assert text_key("هل يناسبك يوم الخميس في الخامسة") is not None
