"""What a search for requests is narrowed to."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.bookmarks import Bookmark
from db.models.learning_requests import Format, RequestStatus
from db.models.proposals import LIVE, Proposal, ProposalStatus
from db.models.skills import Level
from db.queries.request_searches import RequestSort
from db.search_terms import read_terms
from tests.factories import (
    make_bookmark,
    make_coach,
    make_proposal,
    make_request,
    make_skill,
)

FILTERS = {
    "levels": ((Level.BEGINNER,), (Level.BEGINNER, Level.ADVANCED)),
    "formats": ((Format.ONGOING,), (Format.ONGOING, Format.FEW_SESSIONS)),
    "languages": (("en",), ("en", "pt-BR")),
    "fewer_than": (1, 5, 10, 20),
    "not_proposed": (True,),
    "bookmarked": (True,),
}


@pytest.fixture
def varied(db, sofia, carla):
    """Requests that differ in what can be filtered by."""
    coaches = [carla, *(make_coach(db) for _ in range(10))]
    made = []
    for number in range(24):
        wanted = make_request(
            db, sofia, level=[*Level, None][number % 4], format=[*Format, None][number % 3],
            language=("en", "pt-BR", "es", None)[number % 4], title=f"Number {number}",
            posted_at=now() - timedelta(days=number, minutes=5), skills=(),
            status=RequestStatus.OPEN,
        )  # fmt: skip
        live = (0, 1, 4, 5, 9, 10)[number % 6]
        for coach in coaches[11 - live :] if number % 2 else coaches[:live]:
            make_proposal(db, wanted, coach)
        if number % 5 == 0:
            make_proposal(db, wanted, coaches[5], status=ProposalStatus.WITHDRAWN)
            make_bookmark(db, wanted, carla)
        if number % 5 == 1:
            make_bookmark(db, wanted, carla, removed_at=now())
            make_bookmark(db, wanted, coaches[1])
        made.append(wanted)
    return made


def has(db, carla, wanted, name, value):
    """Whether a filter lets this request through, by what is stored."""
    sent = db.query(Proposal).filter_by(request_id=wanted.id).all()
    if name == "fewer_than":
        return sum(one.status in LIVE for one in sent) < value
    if name == "not_proposed":
        return all(one.coach_id != carla.id for one in sent)
    if name == "bookmarked":
        marks = db.query(Bookmark).filter_by(request_id=wanted.id, coach_id=carla.id)
        return any(one.removed_at is None for one in marks)
    return getattr(wanted, name.removesuffix("s")) in value


@pytest.mark.parametrize("sort", RequestSort)
def test_each_filter_alone_and_with_others(db, varied, carla, search, sort):
    chosen = [(name, value) for name, values in FILTERS.items() for value in values]
    for name, value in chosen:
        wanted = {one.id for one in varied if has(db, carla, one, name, value)}
        assert set(search(sort, **{name: value})) == wanted, (name, value)
        for typed in ("number", "-7"):
            words = read_terms(typed)
            left = {one for one in wanted if typed == "number" or one != varied[7].id}
            assert set(search(sort, terms=words, **{name: value})) == left
    both = {"levels": (Level.BEGINNER,), "bookmarked": True, "fewer_than": 5}
    wanted = {one.id for one in varied if all(has(db, carla, one, *pair) for pair in both.items())}
    assert set(search(sort, **both)) == wanted


def test_posted_within_some_days(varied, search):
    for days in (1, 3, 7, 30):
        found = search(posted_after=now() - timedelta(days=days))
        assert found == [one.id for one in varied[:days]]
        words = read_terms("number")
        assert search(posted_after=now() - timedelta(days=days), terms=words) == found


def test_skills_any_or_all_and_those_shared(db, sofia, search):
    both = make_request(db, sofia, skills=("Spanish", "Guitar"))
    guitar = make_request(db, sofia, skills=("Guitar",))
    piano = make_request(db, sofia, skills=("Piano",))
    ids = {name: make_skill(db, name).id for name in ("Spanish", "Guitar", "Piano", "Chess")}
    one, two, three = ids["Spanish"], ids["Guitar"], ids["Piano"]
    assert search(skills=(one, two)) == [guitar.id, both.id]
    assert search(skills=(one, two), every_skill=True) == [both.id]
    assert search(skills=(ids["Chess"],)) == search(skills=(10**9,)) == []
    assert search(shared=(one, three)) == [piano.id, both.id]
    assert search(not_shared=(one, three)) == [guitar.id]
    assert search(skills=(two,), not_shared=(one,), shared=(two, three)) == [guitar.id]


@pytest.mark.parametrize(
    ("low", "high"),
    [(None, None), (0, 0), (1, None), (None, 1), (1500, 1500), (2000, 4000), (None, 10**12),
     (10**12, None), (2**62, 2**63 - 1), (3000, 100), (2501, None), (None, 1499), (1, 2)],
)  # fmt: skip
def test_a_budget_meets_another_when_they_have_a_sum_in_common(db, sofia, search, low, high):
    ranges = [(1500, 2500), (None, 2000), (4000, None), (None, None), (0, 0), (2000, 2000),
              (1, 10**11), (2500, 3000)]  # fmt: skip
    made = [
        (make_request(db, sofia, budget_from=a, budget_to=b, currency=currency).id, a, b, currency)
        for a, b in ranges
        for currency in ("USD", "EUR")
    ]
    most = 2**63
    wanted = {
        number
        for number, a, b, currency in made
        if (low is None and high is None)
        or (
            currency == "USD" and (a is not None or b is not None)
            and (most if b is None else b) >= (low or 0)
            and (a or 0) <= (most if high is None else high)
        )
    }  # fmt: skip
    assert set(search(budget_from=low, budget_to=high)) == wanted
