from hypothesis import given
from hypothesis import strategies as some

from db.search_codes import GAP, MOST_IN_TEXT, bands, code, coded, fact, titled
from db.search_text import tokens

words = some.text(min_size=1, max_size=12).map(tokens).filter(bool).map(lambda found: found[0])


@given(one=words, other=words)
def test_codes_are_plain_letters_and_begin_alike_when_words_do(one, other):
    assert code(one).isascii() and code(one).isalpha() and code(one).islower()
    assert code(other).startswith(code(one)) == other.startswith(one)
    assert not code(one).startswith(("zq", GAP))


def test_nothing_typed_is_a_fact_or_a_gap():
    assert code("zoo") == "zzoo" and code("zq") == "zzq"
    assert fact("s", 12) == "zqsbc" and fact("l", "few_sessions").startswith("zqlfew")
    assert fact("s", 1) not in (fact("s", 12), fact("s", 11))


def test_names_are_parted_and_endless_words_end():
    assert titled(["One two", "", "two"]) == "one two zr zr two zr"
    text = coded("again " * (MOST_IN_TEXT + 3) + "done")
    assert text.split().count("again") == MOST_IN_TEXT and text.endswith("zr zr zr done")


@given(some.tuples(*(some.none() | some.integers(0, 10**12),) * 4))
def test_ranges_that_meet_have_a_fact_in_common(four):
    low, high, least, most = four
    high = None if high is None else max(high, low or 0)
    most = None if most is None else max(most, least or 0)
    meet = (high is None or high >= (least or 0)) and (most is None or most >= (low or 0))
    common = {*bands("b", "USD", low, high)} & {*bands("b", "USD", least, most)}
    assert common or not meet
    assert not common & {*bands("b", "EUR", least, most)}
