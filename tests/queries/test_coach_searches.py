"""The search for coaches: what is found, in which order, and who never is."""

from datetime import timedelta

import pytest

from app.access.scopes import listed_coaches
from app.actions.search_entries import index_coach
from app.clock import now
from db.models.accounts import AccountStatus, Side
from db.models.profiles import CoachProfile, CoachStatus
from db.models.skills import LanguageLevel
from db.queries import coach_searches
from db.queries.coach_searches import CoachFilter, CoachSort
from db.queries.search_options import Count
from db.search_terms import read_terms
from tests.factories import make_account, make_coach, make_coach_skill, make_language, make_skill
from tests.queries.searched import TEXTS, TYPED, generated, is_found
from tests.statements import statements


def coach(db, name="Zoe", skills=(), country="ES", reviews=0, days=9, **but):
    """An approved coach, with what is said of them."""
    account = make_account(db, first_name=name, last_name="Adeyemi", country=country)
    but.setdefault("approved_at", now() - timedelta(days=days))
    handle = f"{account.id}-coach"
    make_coach(db, account, handle=handle, review_count=reviews, **but)
    for position, skill in enumerate(skills):
        make_coach_skill(db, account, skill, position=position)
    return account.id


@pytest.fixture
def search(db):
    """Every coach a search finds, page by page."""

    def walk(sort=CoachSort.NEWEST, **asked):
        wanted, found, after = CoachFilter(**asked), [], ""
        while True:
            page = coach_searches.cards(db, listed_coaches(), wanted, sort=sort, after=after)
            found += [one.id for one in page.items]
            if page.next is None:
                break
            after = page.next
        number = coach_searches.count(db, listed_coaches(), wanted)
        assert number == Count(len(found)) and len({*found}) == len(found)
        return found

    return walk


def test_every_query_finds_what_the_definition_says(db, search):
    library = {
        coach(db, skills=skills, headline=title[:80], bio=text): (
            "Zoe Adeyemi", title[:80], text, *skills,
        )
        for title, text, skills in TEXTS
    }  # fmt: skip
    for typed in (*TYPED, *generated(), "zoe", "zoe adey", '"zoe adeyemi"', '"adeyemi zoe"'):
        terms = read_terms(typed)
        wanted = {number for number, texts in library.items() if is_found(terms, texts)}
        assert set(search(terms=terms)) == wanted, typed[:60]


def test_only_by_relevance_those_with_the_words_in_their_bio_come_last(db, search):
    bio = coach(
        db, headline="Patient", bio="I play the guitar", days=1, rating=500, reviews=9, rate=2000
    )
    by_skill = coach(db, headline="Strings", bio="Come and play", skills=("Guitar",), rate=3000)
    by_headline = coach(db, headline="Guitar for all", bio="Come and play", days=8, rate=1000)
    orders = {
        CoachSort.RELEVANCE: [by_headline, by_skill, bio],
        CoachSort.MATCH: [bio, by_headline, by_skill],
        CoachSort.NEWEST: [bio, by_headline, by_skill],
        CoachSort.RATING: [bio, by_headline, by_skill],
        CoachSort.PRICE_UP: [by_headline, bio, by_skill],
        CoachSort.PRICE_DOWN: [by_skill, bio, by_headline],
    }
    for sort in CoachSort:
        assert search(sort, terms=read_terms("guitar")) == orders[sort], sort


def test_the_best_rated_come_first_and_the_unrated_last_the_newest_first(db, search):
    ratings = [(450, 3, 9), (None, 0, 5), (500, 4, 8), (450, 30, 7), (None, 2, 2), (500, 4, 3)]
    made = [coach(db, rating=a, reviews=b, days=c) for a, b, c in ratings]
    assert [made.index(one) for one in search(CoachSort.RATING)] == [5, 2, 3, 0, 4, 1]
    assert set(search(rating_at_least=4)) == {made[0], made[2], made[3], made[5]}
    assert set(search(rating_at_least=5)) == {made[2], made[5]}
    assert search(new_only=True) == [made[4], made[1]]


def test_prices_are_compared_in_one_currency_only(db, search):
    prices = [(1800, "USD"), (900, "EUR"), (None, "USD"), (2500, "USD"), (100, "EUR")]
    made = [
        coach(db, rate=rate, currency=currency, days=9 - number)
        for number, (rate, currency) in enumerate(prices)
    ]
    assert [made.index(one) for one in search(CoachSort.PRICE_UP)] == [0, 3, 4, 2, 1]
    assert [made.index(one) for one in search(CoachSort.PRICE_DOWN)] == [3, 0, 4, 2, 1]
    assert [made.index(one) for one in search(CoachSort.PRICE_UP, currency="EUR")] == [
        4,
        1,
        3,
        2,
        0,
    ]
    assert search(price_from=1800) == [made[3], made[0]]
    assert search(price_to=1800) == [made[0]]
    assert search(price_from=1801, price_to=2499) == []
    assert search(price_to=900, currency="EUR") == [made[4], made[1]]


@pytest.mark.parametrize("sort", CoachSort)
def test_each_order_shows_everybody_once(db, search, sort):
    made = {
        coach(
            db, rate=number % 5 * 100 or None, currency="EUR" if number % 2 else "USD",
            rating=400 + number % 3 if number % 4 else None, bio="Some guitar" * (number % 2),
            headline="Guitar" if number % 3 else "Piano",
        )
        for number in range(45)
    }  # fmt: skip
    assert set(search(sort)) == made
    assert set(search(sort, terms=read_terms("-banjo"))) == made
    assert len(search(sort, terms=read_terms("guitar"))) == 37


def test_languages_countries_skills_and_topics(db, search):
    one = coach(db, skills=("Spanish", "Guitar"), country="ES", days=3)
    two = coach(db, skills=("Guitar",), country="KE", days=2)
    for number, level in ((one, LanguageLevel.CONVERSATIONAL), (two, LanguageLevel.NATIVE)):
        account = db.get_one(CoachProfile, number)
        make_language(db, account, "es", Side.COACH, level)
    fluent = {"languages": ("es", "fr"), "language_level": LanguageLevel.FLUENT}
    assert search(languages=("es",)) == [two, one] and search(**fluent) == [two]
    assert search(speaks=("es", "sw")) == [two, one] and search(speaks=("sw",)) == []
    assert search(countries=("ES", "FR")) == [one]
    spanish, guitar = make_skill(db, "Spanish").id, make_skill(db, "Guitar").id
    assert search(skills=(spanish, guitar)) == [two, one]
    assert search(skills=(spanish, guitar), every_skill=True) == [one]
    assert search(shared=(spanish,)) == [one] and search(not_shared=(spanish,)) == [two]
    assert search(topic="Languages") == [two, one] and search(topic="Nothing") == []


def test_who_is_not_to_be_listed_is_never_found(db, search):
    shown = coach(db, headline="Guitar")
    for status in set(CoachStatus) - {CoachStatus.APPROVED}:
        coach(db, headline="Guitar", status=status, approved_at=None)
    gone = coach(db, headline="Guitar", status=CoachStatus.SUSPENDED)
    suspended = make_account(db, status=AccountStatus.SUSPENDED)
    make_coach(db, suspended, headline="Guitar")
    for sort in CoachSort:
        for asked in ({}, {"terms": read_terms("guitar")}, {"terms": read_terms("-piano")}):
            assert search(sort, **asked) == [shown]
    db.get_one(CoachProfile, gone).status = CoachStatus.APPROVED
    index_coach(db, gone)
    assert set(search(terms=read_terms("guitar"))) == {shown, gone}


def test_options_and_the_number_of_queries(database, db):
    coach(db, skills=("Spanish", "Guitar"))
    coach(db, skills=("Guitar",))
    with statements(database) as sent:
        found = coach_searches.options(db, listed_coaches(), CoachFilter())
    assert len(sent) == 1
    assert [(one.name, one.number.number) for one in found.skills] == [
        ("Guitar", 2),
        ("Spanish", 1),
    ]
    both = [CoachFilter(), CoachFilter(countries=("KE",))]
    with statements(database) as sent:
        assert coach_searches.counts(db, listed_coaches(), both) == [Count(2), Count(0)]
        coach_searches.cards(db, listed_coaches(), CoachFilter(), sort=CoachSort.NEWEST, after="")
    assert len(sent) == 2
