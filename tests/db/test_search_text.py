import pytest

from db.search_text import fold, search_text, searched, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Español   ÉCOLE ", "espanol ecole"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("C++", "c++"),
        ("C#", "c#"),
    ],
)
def test_accents_and_case_do_not_part_names(text, folded):
    assert fold(text) == folded


def test_what_folds_alike_stays_folded():
    for text in ("ǅ İ ß ﬁ Å", "हिन्दी", "日本語", "한국어"):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Node.js, C++ and C#!", ["node", "js", "c++", "and", "c#"]),
        ("it's “quoted”", ["it", "s", "quoted"]),
        ("100% of snake_case", ["100%", "of", "snake_case"]),
        ("spanish Spanish SPANISH", ["spanish"]),
        ("日本語", ["日", "本", "語"]),
        ("% _ ' \" --", []),
    ],
)
def test_punctuation_parts_words(text, found):
    assert words(text) == found


def test_a_search_takes_eight_words_and_every_word_has_a_space_before_it():
    assert searched("a b c d e f g h i j") == list("abcdefgh")
    assert search_text("Spanish", "for Madrid") == " spanish for madrid"
    assert search_text("", "") == ""
