import pytest
from hypothesis import given
from hypothesis import strategies as some

from db.search_terms import MOST, Phrase, read_terms


def shown(typed):
    """Terms as one would write them: begun words with a star, phrases with quotes."""
    terms = read_terms(typed)
    wanted = [word(phrase) for (phrase,) in terms.wanted]
    return [*wanted, *(f"-{word(phrase)}" for phrase in terms.excluded)]


def word(phrase):
    text = " ".join(phrase.words) + "*" * phrase.is_begun
    return f'"{text}"' if len(phrase.words) > 1 or phrase.is_quoted else text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("spanish conv", ["spanish", "conv*"]),
        ("Español", ["espanol*"]),
        ('"small talk" market', ['"small talk"', "market*"]),
        ('market "small talk', ["market", '"small talk"']),
        ("“small talk” »x", ['"small talk"', '"x"']),
        ("-guitar", ["-guitar"]),
        ('spanish -"small talk" -tax', ["spanish", '-"small talk"', "-tax"]),
        ("spanish -node.js", ["spanish", '-"node js"']),
        ("node.js", ["node", "js*"]),
        ("C++ c#", ["c++", "c#*"]),
        ("日本語 漢", ['"日 本 語"', "漢*"]),
        ("🎸guitar", ['"🎸 guitar*"']),
        ("span span", ["span", "span*"]),
        ("one one one", ["one", "one*"]),
        ("a\0b", ["a", "b*"]),
        ("x - y", ["x", "y*"]),
        ("--x", ["-x"]),
    ],
)
def test_what_is_meant_is_read(typed, found):
    assert shown(typed) == found


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u3000"])
def test_nothing_typed_asks_for_everything(typed):
    assert read_terms(typed).is_blank


@pytest.mark.parametrize(
    "typed", ["-", '"', "*", '""', "%", "…", "''", '-""', "\0", "(*)", "\ud800"]
)
def test_where_nothing_can_be_looked_for_everything_is_meant(typed):
    assert read_terms(typed).is_blank


@given(typed=some.text())
def test_terms_are_few_and_never_empty(typed):
    terms = read_terms(typed)
    every = [phrase for one in terms.wanted for phrase in one] + [*terms.excluded]
    assert len(terms.wanted) <= MOST and len(terms.excluded) <= MOST
    assert all(phrase.words and all(phrase.words) and len(phrase.words) <= MOST for phrase in every)


def test_of_a_long_text_the_beginning_counts():
    terms = read_terms(" ".join(f"word{number}" for number in range(99)))
    assert terms.wanted[-1] == (Phrase((f"word{MOST - 1}",)),)
