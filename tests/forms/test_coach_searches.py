"""Addresses of searches for coaches."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.forms.coach_searches import CoachSearch, read_coach_search
from db.models.skills import LanguageLevel

EVERYTHING = (
    "/coaches?q=patient&sort=price_up&skill=piano&skill=12&all=1&topic=Cooking+%26+baking"
    "&language=es&language=sw&language_level=fluent&price_from=10&price_to=18.50&currency=EUR"
    "&country=ES&country=KE&rating=4&speaks_mine=1&new=1&request=12"
)


def read(address):
    return read_coach_search(parse_qs(urlsplit(address).query, keep_blank_values=True))


def test_an_empty_search_is_the_list():
    assert CoachSearch().address == "/coaches" and read("/coaches") == CoachSearch()


def test_words_and_topic_stand_in_the_address():
    search = read("/coaches?q=c%2B%2B+%26+more&topic=Cooking+%26+baking")
    assert search.address == "/coaches?q=c%2B%2B+%26+more&topic=Cooking+%26+baking"
    assert search.without("words").address == "/coaches?topic=Cooking+%26+baking"
    assert search.without("topic").address == "/coaches?q=c%2B%2B+%26+more"


def test_everything_that_can_be_asked_goes_round():
    search = read(EVERYTHING)
    assert search.address == EVERYTHING and read(search.address) == search
    assert (search.price_from, search.price_to, search.currency) == (1000, 1850, "EUR")
    assert search.language_level is LanguageLevel.FLUENT
    assert all(getattr(search, field) for field in CoachSearch.__struct_fields__)


def test_each_filter_can_be_left_out_and_everything_else_stays():
    search = read(EVERYTHING)
    assert [(one.name, one.value) for one in search.filters] == [
        ("words", None), ("topic", None), ("skill", "piano"), ("skill", 12), ("language", "es"),
        ("language", "sw"), ("price", None), ("country", "ES"), ("country", "KE"),
        ("rating", None), ("speaks_mine", None), ("new", None),
    ]  # fmt: skip
    for one in search.filters:
        assert read(one.address) == one.less != search
        assert len(one.less.filters) == len(search.filters) - 1


def test_the_last_language_takes_along_how_well_it_is_spoken():
    search = read("/coaches?language=es&language_level=native")
    assert search.without("language", "es") == CoachSearch()
    assert read("/coaches?language_level=native") == CoachSearch()


def test_countries_go_by_name_or_code():
    search = read("/coaches?country=spain&country=KE&country=UK&country=South&country=Nowhere")
    assert search.countries == ("ES", "KE", "GB")


@pytest.mark.parametrize("query", [
    "sort=ends_soon", "rating=5.0", "rating=9", "rating=1", "country=&country=%00", "new=2",
    "language_level=best", "price_from=free", "currency=EUR", "speaks_mine=", "topic=%00",
    "request=x",
])  # fmt: skip
def test_nonsense_in_an_address_is_left_out(query):
    assert read("/coaches?" + query) == CoachSearch()


def test_what_is_too_long_is_cut():
    search = read_coach_search({"q": ["x" * 500], "topic": ["y" * 500]})
    assert (len(search.words), len(search.topic)) == (100, 60)
