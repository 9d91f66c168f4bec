"""Addresses of searches for requests."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.searches import Search, read_search
from db.models.learning_requests import Format
from db.models.skills import Level

EVERYTHING = (
    "/requests?q=caf%C3%A9+%22two+words%22+-not&sort=budget&skill=piano&skill=12&all=1&level=beginner"
    "&level=advanced&format=ongoing&language=es&language=sw&budget_from=10&budget_to=18.50"
    "&currency=EUR&posted=7&fewer=5&not_proposed=1&bookmarked=1"
)


def read(address):
    return read_search(parse_qs(urlsplit(address).query, keep_blank_values=True))


def test_an_address_is_read_and_written_alike():
    search = read(
        "/requests?q=Piano+%26+m%C3%A1s&skill=Espa%C3%B1ol&skill=7&skill=7&skill=&skill=c%2B%2B"
    )
    assert search == Search("Piano & más", skills=("espanol", 7, "c++"))
    assert search.address == "/requests?q=Piano+%26+m%C3%A1s&skill=espanol&skill=7&skill=c%2B%2B"
    assert Search().address == "/requests"


def test_everything_that_can_be_asked_goes_round():
    search = read(EVERYTHING)
    assert search.address == EVERYTHING and read(search.address) == search
    assert (search.budget_from, search.budget_to, search.currency) == (1000, 1850, "EUR")
    assert (search.levels, search.formats) == ((Level.BEGINNER, Level.ADVANCED), (Format.ONGOING,))
    assert all(getattr(search, field) for field in Search.__struct_fields__)


def test_each_filter_can_be_left_out_and_everything_else_stays():
    search = read(EVERYTHING)
    assert [(one.name, one.value) for one in search.filters] == [
        ("words", None), ("skill", "piano"), ("skill", 12), ("level", Level.BEGINNER),
        ("level", Level.ADVANCED), ("format", Format.ONGOING), ("language", "es"),
        ("language", "sw"), ("budget", None), ("posted", None), ("fewer", None),
        ("not_proposed", None), ("bookmarked", None),
    ]  # fmt: skip
    for one in search.filters:
        assert read(one.address) == one.less != search
        assert len(one.less.filters) == len(search.filters) - 1
        assert one.less.sort == "budget"
    while search.filters:
        search = search.filters[-1].less
    assert search == Search(sort="budget") == read(EVERYTHING).cleared


def test_the_last_skill_takes_along_that_all_were_needed():
    search = read("/requests?skill=piano&skill=chess&all=1")
    assert search.without("skill", "piano").address == "/requests?skill=chess&all=1"
    assert search.without("skill", "piano").without("skill", "chess") == Search()
    assert read("/requests?all=1") == Search()


def test_what_would_ask_for_less():
    assert [one.name for one in read("/requests?q=a&skill=7&skill=8").wider] == ["words", "skill"]
    strict = read("/requests?skill=piano&skill=8&all=1").wider
    assert [one.value for one in strict] == ["piano", 8]
    assert Search().wider == [] and Search(sort="newest").wider == []


@pytest.mark.parametrize("query", [
    "sort=else", "level=", "level=expert", "format=1", "language=xx&language=..", "budget_from=-1",
    "budget_from=ten", "budget_to=1e9", "budget_to=0", "currency=EUR", "posted=2", "posted=07x",
    "posted=-1", "fewer=4", "fewer=%D9%A1", "not_proposed=yes", "bookmarked=0", "all=1", "other=1",
    "skill=%00", "skill=" + "9" * 30, "q=%00", "q=+%E2%80%AE", "budget_from=1234567890",
])  # fmt: skip
def test_nonsense_in_an_address_is_left_out(query):
    assert read("/requests?" + query) == Search()


def test_much_in_an_address_asks_for_little():
    search = read_search({"q": ["x" * 500], "skill": [str(n) for n in range(500)]})
    assert len(search.words) == 100 and len(search.skills) <= 20
    assert read("/requests?q=first&q=second&posted=3&posted=7") == Search("first", posted=3)


def test_an_amount_without_a_currency_is_in_dollars():
    assert read("/requests?budget_from=10").currency == "USD"
    assert read("/requests?budget_from=10&currency=XXX").currency == "USD"


@given(st.dictionaries(
    st.sampled_from(["q", "skill", "all", "level", "budget_from", "currency", "posted", "sort"]),
    st.lists(st.text(max_size=30) | st.sampled_from(["1", "18,5", "beginner", "7", "EUR"])),
))  # fmt: skip
def test_whatever_is_read_stays_the_same_in_its_own_address(query):
    search = read_search(query)
    assert read(search.address) == search
