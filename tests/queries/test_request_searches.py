"""The search for requests: what is found, in which order, and what never is."""

from datetime import timedelta
from itertools import pairwise, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import insert, true

from app.access.scopes import open_requests
from app.actions.search_entries import index_request
from app.clock import now
from db.models.learning_requests import LearningRequest, RequestSkill, RequestStatus
from db.models.skills import Level
from db.queries import request_searches, search_rows, skill_slips
from db.queries.paging import WrongCursor
from db.queries.request_searches import RequestFilter, RequestSort
from db.queries.search_options import Count
from db.search_terms import Terms, read_terms
from tests.factories import (
    make_bookmark,
    make_request,
    make_skill,
    make_student,
    make_synonym,
)
from tests.queries.searched import TYPED, generated, in_title_first, is_found
from tests.statements import statements
from tests.thorough import turn

QUERIES = tuple(dict.fromkeys((*TYPED, *generated())))
assert len(QUERIES) >= 400


def test_every_query_finds_what_the_definition_says(library, search):
    for typed in QUERIES:
        terms = read_terms(typed)
        wanted = {number for number, texts in library.items() if is_found(terms, texts)}
        assert set(search(terms=terms)) == wanted, (typed[:60], terms)


def test_by_relevance_hits_in_titles_and_skills_come_before_those_in_descriptions(library, search):
    for typed in QUERIES:
        terms = read_terms(typed)
        found = search(RequestSort.RELEVANCE, terms=terms)
        assert found == in_title_first(terms, library), typed[:60]


def test_words_do_not_change_the_order_that_was_chosen(library, search):
    for sort in set(RequestSort) - {RequestSort.RELEVANCE}:
        order = search(sort)
        for typed in ("guitar", "spanish", "a", "words", "c", "and", "-guitar"):
            found = search(sort, terms=read_terms(typed))
            assert found == [one for one in order if one in found] and found, (sort, typed)


@pytest.mark.parametrize("sort", RequestSort)
@pytest.mark.parametrize("typed", ["", "a", "-guitar", "and -spanish"])
def test_each_order_shows_everything_once(library, search, sort, typed):
    terms = read_terms(typed)
    wanted = {number for number, texts in library.items() if is_found(terms, texts)}
    assert set(search(sort, terms=terms)) == wanted


def test_the_newest_come_first_and_those_that_end_soon(db, library, search):
    assert search() == sorted(library, reverse=True)
    ends = {one.id: one.expires_at for one in db.query(LearningRequest)}
    found = search(RequestSort.ENDS_SOON)
    assert [ends[number] for number in found] == sorted(ends.values())
    assert all(one > other for one, other in pairwise(found) if ends[one] == ends[other]), (
        "the newer of two that end together comes first"
    )


def test_the_highest_budget_comes_first_then_other_currencies_the_newest_first(db, sofia, search):
    budgets = [
        (1500, 2500, "USD"), (None, 9000, "USD"), (4000, None, "USD"), (None, None, "USD"),
        (100, 200, "EUR"), (9900, 9900, "EUR"), (2500, 2500, "USD"), (None, None, "EUR"),
    ]  # fmt: skip
    made = [
        make_request(
            db, sofia, budget_from=low, budget_to=high, currency=currency,
            posted_at=now() - timedelta(days=9, hours=-number),
        ).id
        for number, (low, high, currency) in enumerate(budgets)
    ]  # fmt: skip
    assert [made.index(one) for one in search(RequestSort.BUDGET, currency="USD")] == [
        1, 2, 6, 0, 7, 5, 4, 3,
    ]  # fmt: skip
    assert [made.index(one) for one in search(RequestSort.BUDGET, currency="EUR")] == [
        5, 4, 7, 6, 3, 2, 1, 0,
    ]  # fmt: skip
    words = read_terms("spanish")
    assert search(RequestSort.BUDGET, terms=words) == search(RequestSort.BUDGET)


def test_pages_of_budgets_go_on_into_other_currencies(db, sofia, search):
    for number in range(65):
        make_request(
            db, sofia, skills=(), budget_to=number % 7 * 100 or None,
            currency="EUR" if number % 3 else "USD",
            title="Spanish words" if number % 2 else "Small talk",
            description="Some spanish now and then, over many weeks, please be patient.",
        )  # fmt: skip
    for terms in (Terms(), read_terms("spanish")):
        assert len(search(RequestSort.BUDGET, terms=terms)) == 65
        assert len(search(RequestSort.BUDGET, terms=terms, currency="EUR")) == 65
        assert len(search(RequestSort.BUDGET, terms=terms, currency="KES")) == 65


def test_what_is_not_to_be_listed_is_never_found(db, sofia, sid, carla, viewer, search):
    make_student(db, carla)
    hidden = [
        make_request(db, sofia, status=status) for status in RequestStatus if status != "open"
    ]
    late = now() - timedelta(minutes=1)
    hidden.append(make_request(db, sofia, expires_at=late, posted_at=late - timedelta(days=30)))
    hidden.append(make_request(db, sid))
    hidden.append(make_request(db, carla))
    shown = make_request(db, sofia)
    asked = ({}, {"terms": read_terms("spanish")}, {"terms": read_terms("-guitar")},
             {"levels": (Level.BEGINNER,)}, {"skills": (make_skill(db).id,)})  # fmt: skip
    for sort in RequestSort:
        for one in asked:
            assert search(sort, **one) == [shown.id]
    person = viewer(carla)
    options = request_searches.options(db, person, open_requests(person), RequestFilter())
    assert [option.number.number for option in options.skills] == [1]


def test_a_request_is_lost_and_found_again_as_its_state_changes(db, sofia, search):
    wanted = make_request(db, sofia)
    words = {"terms": read_terms("spanish")}
    for status in (RequestStatus.PAUSED, RequestStatus.OPEN, RequestStatus.CLOSED):
        wanted.status = status
        db.flush()
        is_there = status is RequestStatus.OPEN
        assert search(**words) == search() == [wanted.id] * is_there
    wanted.status, wanted.title = RequestStatus.OPEN, "Catalan"
    db.flush()
    assert search(terms=read_terms("catalan")) == []  # until it is indexed
    index_request(db, wanted)
    assert search(terms=read_terms("catalan")) == [wanted.id]
    for skill in wanted_skills(db, wanted):
        db.delete(skill)
    db.delete(wanted)
    db.flush()
    assert search(**words) == search() == []


def wanted_skills(db, wanted):
    return db.query(RequestSkill).filter_by(request_id=wanted.id).all()


def test_counts_stop_at_five_hundred(db, sofia, carla, viewer):
    person, scope = viewer(carla), true()
    base = make_request(db, sofia)
    row = {
        name: getattr(base, name)
        for name in LearningRequest.__table__.columns.keys()  # noqa: SIM118 (a collection of columns)
        if name not in ("id", "posting")
    }
    rows = [row | {"posting": base.posting + number} for number in range(1, 505)]
    db.execute(insert(LearningRequest), rows)
    words = RequestFilter(terms=read_terms("spanish"))
    for wanted in (RequestFilter(), words):
        assert request_searches.count(db, person, scope, wanted) == Count(500, is_more=True)
    several = [words, RequestFilter(terms=read_terms("qqqq"))]
    assert request_searches.counts(db, person, scope, several) == [Count(500, True), Count(0)]
    assert request_searches.counts(db, person, scope, []) == []


def test_postings_in_the_same_moment_get_places_of_their_own(db, sofia):
    at = now()
    made = [make_request(db, sofia, posted_at=at) for _ in range(5)]
    first = made[0].posting
    assert [one.posting - first for one in made] == [0, 1, 2, 3, 4]
    assert make_request(db, sofia, status=RequestStatus.DRAFT).posting is None


# Typing.


@given(typed=some.text(max_size=60) | some.text(alphabet="ab\"-*()^: '%_日🎸ש", max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(db, carla, viewer, typed):
    person = viewer(carla)
    wanted = RequestFilter(terms=skill_slips.forgiven(db, read_terms(typed)))
    for sort in RequestSort:
        request_searches.cards(db, person, true(), wanted, sort=sort, at=now(), after="")
    request_searches.options(db, person, true(), wanted)


def test_small_slips_are_forgiven_in_names_of_skills(db, sofia, search):
    make_synonym(db, "Castellano", of="Spanish")
    spanish = make_request(db, sofia, title="Small talk", skills=("Spanish",))
    make_request(db, sofia, title="Small walk", skills=("Guitar",))
    for typed in (
        "spansih",
        "spanis",
        "Spannish",
        "xpanish",
        "catellano",
        "castelano",
        "spanih tal",
    ):
        terms = skill_slips.forgiven(db, read_terms(typed))
        assert search(terms=terms) == [spanish.id], typed
    for typed in ("spnsh", '"spansih"', "smal wolk", "-spansih talk -guitr"):
        terms = skill_slips.forgiven(db, read_terms(typed))
        assert terms == read_terms(typed), typed


@pytest.mark.parametrize("cursor", ["x", "1", "0-x", "0-1-2", "-1-5", "0-99999999999999999999"])
def test_a_cursor_that_is_none_of_ours_is_refused(db, carla, viewer, cursor):
    with pytest.raises(WrongCursor):
        request_searches.cards(
            db, viewer(carla), true(), RequestFilter(), sort=RequestSort.NEWEST, at=now(),
            after=cursor,
        )  # fmt: skip
    request_searches.cards(
        db,
        viewer(carla),
        true(),
        RequestFilter(),
        sort=RequestSort.BUDGET,
        at=now(),
        after="99-1-2",
    )


def test_a_page_takes_few_queries(database, db, library, carla, viewer):
    person = viewer(carla)
    scope, terms = open_requests(person), read_terms("spansih a")
    skill_slips.forgiven(db, terms)  # the names of skills are read once
    most = {
        RequestSort.RELEVANCE: 1,
        RequestSort.NEWEST: 1,
        RequestSort.MATCH: 1,
        RequestSort.ENDS_SOON: 2,
        RequestSort.BUDGET: 4,
    }
    for sort, number in most.items():
        with statements(database) as sent:
            wanted = RequestFilter(terms=skill_slips.forgiven(db, terms), skills=(1, 2))
        assert len(sent) == 1
        with statements(database) as sent:
            request_searches.cards(db, person, scope, wanted, sort=sort, at=now(), after="")
        assert len(sent) <= number, sort
        with statements(database) as sent:
            request_searches.options(db, person, scope, wanted)
        assert len(sent) == 1


MANY = ("s", "want", "para", "with -games", '"I speak" with', "de -mad")


@pytest.mark.parametrize(("sort", "typed"), turn([*product(RequestSort, MANY)], 0, 5))
def test_many_hits_come_in_the_same_order_as_few(library, search, monkeypatch, sort, typed):
    few = search(sort, terms=read_terms(typed))
    monkeypatch.setattr(search_rows, "FEW", 0)
    assert search(sort, terms=read_terms(typed)) == few


def test_many_bookmarks_are_searched_for_words(db, library, carla, search):
    marked = list(library)[::2]
    for one in marked:
        make_bookmark(db, db.get_one(LearningRequest, one), carla)
    for typed in ("spa", "spanis", "-spanish", ""):
        terms = read_terms(typed)
        found = [one for one in search(terms=terms) if one in marked]
        assert sorted(search(terms=terms, bookmarked=True)) == sorted(found)
