"""Addresses of searches for coaches."""

from app.forms.coach_searches import CoachSearch, read_coach_search


def test_an_empty_search_is_the_list():
    assert CoachSearch().address == "/coaches"


def test_words_and_topic_stand_in_the_address():
    search = read_coach_search("c++ & more", "Cooking & baking")
    assert search.address == "/coaches?q=c%2B%2B+%26+more&topic=Cooking+%26+baking"
    assert search.any_words.address == "/coaches?topic=Cooking+%26+baking"
    assert search.any_topic.address == "/coaches?q=c%2B%2B+%26+more"


def test_what_is_too_long_is_cut():
    search = read_coach_search("x" * 500, "y" * 500)
    assert (len(search.words), len(search.topic)) == (100, 60)
