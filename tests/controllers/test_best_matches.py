"""The order of the match: candidates by score, then all the others, and each of them once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from app.access.scopes import listed_coaches, open_requests
from app.clock import now
from app.controllers import best_matches
from app.controllers.best_matches import (
    best_coaches,
    best_requests,
    recommended_requests,
)
from app.controllers.matches import coach_matches_for, matches_for, proposal_matches
from db.models.learning_requests import RequestStatus
from db.models.profiles import CoachProfile
from db.models.proposals import ProposalStatus
from db.models.skills import Level
from db.queries.coach_searches import CoachFilter
from db.queries.paging import WrongCursor
from db.queries.request_searches import RequestFilter
from db.search_terms import read_terms
from tests.factories import (
    make_coach,
    make_coach_skill,
    make_proposal,
    make_request,
    make_student_skill,
)


@pytest.fixture
def asks(db, viewer):
    """A request of this person, as far as matches need one; a new one each time."""

    def request(person, **query):
        return SimpleNamespace(db=db, viewer=viewer(person), query=lambda name: query.get(name, ""))

    return request


def walk(asks, person, page, **query):
    """The ids of every page, one list each."""
    pages, after = [], ""
    while after is not None:
        found = page(asks(person, **query), after)
        pages.append([one.id for one in found.items])
        after = found.next
        assert len(pages) < 50
    return pages


def requests_of(request, after):
    return best_requests(request, open_requests(request.viewer), RequestFilter(), after)


def coaches_for(request, after):
    return best_coaches(request, listed_coaches(), CoachFilter(), after)


def rate(db, coach, rating=None, reviews=0):
    query = update(CoachProfile).where(CoachProfile.account_id == coach.id)
    db.execute(query.values(rating=rating, review_count=reviews))


# What a coach finds.


def test_carla_reads_the_best_first_and_of_equal_ones_the_newest(db, asks, carla, sofia):
    half = make_request(db, sofia, skills=("Spanish", "Chess"))
    whole = make_request(db, sofia)
    third = make_request(db, sofia, skills=("Spanish", "Chess", "Piano"))
    newer = make_request(db, sofia)
    other = make_request(db, sofia, skills=("Chess",))
    [page] = walk(asks, carla, requests_of)
    assert page == [newer.id, whole.id, half.id, third.id, other.id]


def test_what_carla_has_answered_keeps_its_place_and_is_not_recommended(db, asks, carla, sofia):
    answered = make_request(db, sofia)
    make_proposal(db, answered, carla)
    fresh = make_request(db, sofia, skills=("Spanish", "Chess"))
    [page] = walk(asks, carla, requests_of)
    assert page == [answered.id, fresh.id]
    assert [card.id for card, _ in recommended_requests(asks(carla))] == [fresh.id]


@pytest.mark.parametrize("most", [5, 20, 21, 300])
def test_carla_meets_every_request_once_on_her_way_through_all_pages(
    db, asks, carla, sofia, monkeypatch, most
):
    monkeypatch.setattr(best_matches, "MOST_CANDIDATES", most)
    made = {}
    for number in range(65):
        skills = (("Spanish",), ("Chess",), ("Spanish", "Chess"))[number % 3]
        wanted = make_request(db, sofia, skills=skills)
        made[wanted.id] = "Spanish" in skills
    pages = walk(asks, carla, requests_of)
    assert [len(page) for page in pages] == [20, 20, 20, 5]
    met = [key for page in pages for key in page]
    assert sorted(met) == sorted(made) and len(set(met)) == len(met)
    candidates = [key for key in sorted(made, reverse=True) if made[key]][:most]
    assert set(met[: len(candidates)]) == set(candidates)
    assert met[len(candidates) :] == sorted(made.keys() - set(candidates), reverse=True)


def test_a_request_posted_meanwhile_moves_nothing_to_where_it_was_seen(db, asks, carla, sofia):
    for _ in range(45):
        make_request(db, sofia)
    first = requests_of(asks(carla), "")
    make_request(db, sofia)
    second = requests_of(asks(carla), first.next)
    third = requests_of(asks(carla), second.next)
    met = [one.id for page in (first, second, third) for one in page.items]
    assert len(met) == len(set(met)) == 45 and third.next is None


def test_what_carla_asks_for_holds_for_candidates_and_others(db, asks, carla, sofia):
    wanted = RequestFilter(levels=(Level.ADVANCED,), terms=read_terms("madrid"))
    made = []
    for number in range(12):
        level = (Level.ADVANCED, Level.BEGINNER)[number % 2]
        title = ("Ready for Madrid", "Ready for Lisbon")[number // 2 % 2]
        skills, but = (("Spanish",), ("Chess",))[number % 3 % 2], {"description": "Soon."}
        one = make_request(db, sofia, skills=skills, title=title, level=level, **but)
        made += [one] * (number % 4 == 0)
    request = asks(carla)
    found = best_requests(request, open_requests(request.viewer), wanted, "")
    spanish = {one.id for one in made if one.id in matches_for(request, [one.id for one in made])}
    assert sorted(one.id for one in found.items) == sorted(one.id for one in made)
    assert {one.id for one in found.items[: len(spanish)]} == spanish and len(spanish) < len(made)


def test_dora_never_finds_her_own_request(db, asks, dora, sofia):
    make_request(db, dora, skills=("Piano",))
    hers = make_request(db, sofia, skills=("Piano",))
    assert walk(asks, dora, requests_of) == [[hers.id]]
    assert [card.id for card, _ in recommended_requests(asks(dora))] == [hers.id]


def test_a_coach_without_skills_reads_the_newest_first(db, asks, sofia):
    made = [make_request(db, sofia).id for _ in range(3)]
    assert walk(asks, make_coach(db), requests_of) == [made[::-1]]


@pytest.mark.parametrize(
    "after", ["1", "1-2-3-4", "x-y", "-1-2", "1--2", f"{2**63}-1", "9" * 30 + "-1", "١-٢", "1-2-٣"]
)
def test_nonsense_is_no_place_in_the_list(asks, carla, after):
    with pytest.raises(WrongCursor):
        requests_of(asks(carla), after)


def test_nothing_is_recommended_without_a_common_skill(db, asks, carla, sofia):
    make_request(db, sofia, skills=("Chess", "DELE"))
    ended = make_request(db, sofia, status=RequestStatus.CLOSED)
    make_request(db, sofia, expires_at=now() - timedelta(minutes=1))
    make_proposal(db, make_request(db, sofia), carla, status=ProposalStatus.WITHDRAWN)
    fits = [make_request(db, sofia) for _ in range(7)]
    found = [card.id for card, _ in recommended_requests(asks(carla))]
    assert found == [one.id for one in fits[:1:-1]] and ended.id not in found


# What a student finds.


def make_coaches(db, number, *skills, **but):
    made = []
    for _ in range(number):
        coach = make_coach(db, **but)
        for skill in skills:
            make_coach_skill(db, coach, skill)
        made.append(coach)
    return made


def test_sofia_reads_coaches_for_her_newest_request(db, asks, sofia):
    [spanish] = make_coaches(db, 1, "Spanish")
    [both] = make_coaches(db, 1, "Spanish", "Chess")
    [chess] = make_coaches(db, 1, "Chess")
    older = make_request(db, sofia, skills=("Chess",))
    make_request(db, sofia, skills=("Spanish", "Chess"))
    make_request(db, sofia, skills=("Chess",), status=RequestStatus.CLOSED)
    assert walk(asks, sofia, coaches_for) == [[both.id, chess.id, spanish.id]]
    assert walk(asks, sofia, coaches_for, request=str(older.id)) == [
        [chess.id, both.id, spanish.id]
    ]


def test_sofia_cannot_ask_for_the_request_of_somebody_else(db, asks, sofia, sam):
    [spanish] = make_coaches(db, 1, "Spanish")
    [chess] = make_coaches(db, 1, "Chess")
    his = make_request(db, sam, skills=("Spanish",))
    make_request(db, sofia, skills=("Chess",))
    for named in (str(his.id), "0", "x", "9" * 30, "١"):
        assert walk(asks, sofia, coaches_for, request=named) == [[chess.id, spanish.id]]


def test_sam_reads_coaches_for_what_he_would_like_to_learn(db, asks, sam):
    [spanish] = make_coaches(db, 1, "Spanish")
    [chess] = make_coaches(db, 1, "Chess")
    assert walk(asks, sam, coaches_for) == [[chess.id, spanish.id]]  # the newest
    make_student_skill(db, sam, "Spanish")
    assert walk(asks, sam, coaches_for) == [[spanish.id, chess.id]]


def test_sofia_meets_every_coach_once_on_her_way_through_all_pages(db, asks, sofia, monkeypatch):
    monkeypatch.setattr(best_matches, "MOST_CANDIDATES", 23)
    make_request(db, sofia)
    teaching = make_coaches(db, 30, "Spanish")
    others = make_coaches(db, 25, "Chess")
    for coach in teaching[:20]:
        rate(db, coach, 480, 10)
    pages = walk(asks, sofia, coaches_for)
    assert [len(page) for page in pages] == [20, 20, 15]
    met = [key for page in pages for key in page]
    assert sorted(met) == sorted(one.id for one in teaching + others)
    assert set(met[:23]) == {one.id for one in teaching[7:]}


def test_one_place_in_five_is_kept_for_a_new_coach_and_marked(db, asks, sofia):
    make_request(db, sofia)
    for coach in make_coaches(db, 2, "Spanish"):
        rate(db, coach, 300, 500)
    for coach in make_coaches(db, 10, "Spanish"):
        rate(db, coach, 500, 50)
    new = make_coaches(db, 4, "Spanish")
    newest = new[::-1]
    request = asks(sofia)
    page = [one.id for one in coaches_for(request, "").items]
    assert [page.index(coach.id) for coach in newest] == [4, 9, 12, 13]
    marked = coach_matches_for(request, None, page)
    assert [key for key in page if marked[key].is_kept] == [one.id for one in newest[:2]]


def test_dora_stands_where_everybody_does_but_is_not_matched_with_herself(db, asks, dora):
    make_request(db, dora, skills=("Piano",))
    [piano] = make_coaches(db, 1, "Piano")
    [chess] = make_coaches(db, 1, "Chess")
    assert walk(asks, dora, coaches_for) == [[piano.id, chess.id, dora.id]]


def test_no_place_is_kept_for_who_has_fewer_than_fifty_points(db, asks, sofia):
    make_request(db, sofia, skills=("Spanish", "Chess", "Piano", "Latin"))
    for coach in make_coaches(db, 9, "Spanish", "Chess"):
        rate(db, coach, 500, 50)
    [new] = make_coaches(db, 1, "Spanish")
    page = coaches_for(asks(sofia), "").items
    assert page[-1].id == new.id


def test_no_place_is_kept_while_nobody_has_been_rated(db, asks, sofia):
    make_request(db, sofia)
    made = make_coaches(db, 8, "Spanish")
    request = asks(sofia)
    page = [one.id for one in coaches_for(request, "").items]
    assert page == [one.id for one in made[::-1]]
    assert not any(match.is_kept for match in coach_matches_for(request, None, page).values())


# Single matches.


def test_carla_and_sofia_are_told_the_same_number(db, asks, carla, sofia):
    wanted = make_request(db, sofia, budget_to=1500)
    make_proposal(db, wanted, carla)
    [hers] = matches_for(asks(carla), [wanted.id]).values()
    assert coach_matches_for(asks(sofia), wanted, [carla.id]) == {carla.id: hers}
    assert coach_matches_for(asks(sofia), None, [carla.id]) == {carla.id: hers}
    assert proposal_matches(asks(sofia), wanted) == {carla.id: hers}


def test_who_has_no_skill_in_common_has_no_match(db, asks, carla, sofia, dora):
    wanted = make_request(db, sofia, skills=("Chess",))
    assert matches_for(asks(carla), [wanted.id]) == {}
    assert coach_matches_for(asks(sofia), wanted, [carla.id, dora.id]) == {}
    assert matches_for(asks(sofia), [wanted.id]) == {}


def test_a_draft_is_no_proposal(db, asks, carla, cole, sofia):
    wanted = make_request(db, sofia)
    make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT)
    make_proposal(db, wanted, cole, status=ProposalStatus.DECLINED)
    assert set(proposal_matches(asks(sofia), wanted)) == {cole.id}


def test_the_site_has_a_mean_only_once_somebody_is_rated(db, asks, carla, cole, sofia):
    wanted = make_request(db, sofia)
    rating = matches_for(asks(carla), [wanted.id])[wanted.id].parts[-1]
    assert rating.points is None
    rate(db, cole, 460, 8)
    rating = matches_for(asks(carla), [wanted.id])[wanted.id].parts[-1]
    assert (rating.points, rating.words) == (8, "New coach: the mean of all coaches, 4.6")
    assert db.scalar(select(CoachProfile.rating).where(CoachProfile.account_id == carla.id)) is None
