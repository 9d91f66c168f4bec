"""Skills and languages that a search can be narrowed to, and how much each would leave."""

from app.access.scopes import open_requests
from db.models.learning_requests import RequestStatus
from db.queries import request_searches
from db.queries.request_searches import RequestFilter
from db.queries.search_options import Count
from tests.factories import (
    make_request,
    make_skill,
)


def test_options_say_what_choosing_them_would_leave(db, sofia, carla, viewer):
    make_request(db, sofia, skills=("Spanish", "Guitar"), language="en")
    make_request(db, sofia, skills=("Guitar",), language="es")
    make_request(db, sofia, skills=("Piano",), language="es")
    spanish, guitar, piano = (make_skill(db, one).id for one in ("Spanish", "Guitar", "Piano"))
    person = viewer(carla)

    def offered(**asked):
        found = request_searches.options(db, person, open_requests(person), RequestFilter(**asked))
        skills = {one.id: (one.number.number, one.is_chosen) for one in found.skills}
        return found.hits.number, skills, {one.id: one.number.number for one in found.languages}

    assert offered() == (
        3, {guitar: (2, False), spanish: (1, False), piano: (1, False)}, {"es": 2, "en": 1},
    )  # fmt: skip
    # Any of them: each adds its own. All of them: each takes away.
    assert offered(skills=(spanish,)) == (
        1, {spanish: (1, True), guitar: (2, False), piano: (2, False)}, {"en": 1},
    )  # fmt: skip
    assert offered(skills=(spanish,), every_skill=True) == (
        1, {spanish: (1, True), guitar: (1, False)}, {"en": 1},
    )  # fmt: skip
    assert offered(languages=("es",)) == (
        2, {guitar: (1, False), piano: (1, False)}, {"es": 2, "en": 3},
    )  # fmt: skip
    assert offered(languages=("sw",))[2] == {"sw": 0, "es": 2, "en": 1}


def test_a_name_in_nobodys_sight_is_not_told_apart_from_nonsense(db, sofia, carla, viewer):
    private = make_skill(db, "My divorce", topic="")
    seen = make_skill(db, "Owl calls", topic="")
    make_request(db, sofia, skills=("My divorce",), status=RequestStatus.DRAFT)
    make_request(db, sofia, skills=("Owl calls",))
    listed = make_skill(db, "Chess", topic="Games")
    person = viewer(carla)
    wanted = RequestFilter(skills=(private.id, seen.id, listed.id, 10**9))
    found = request_searches.options(db, person, open_requests(person), wanted)
    assert {one.name for one in found.skills if one.is_chosen} == {"Owl calls", "Chess"}


def test_beside_options_stands_what_the_newest_results_have(db, sofia, carla, viewer, monkeypatch):
    monkeypatch.setattr("db.queries.search_options.MOST_COUNTED", 3)
    for skill in ("Piano", "Guitar", "Guitar", "Spanish", "Guitar"):  # the newest come last
        make_request(db, sofia, skills=(skill,), language="en")
    guitar, piano = make_skill(db, "Guitar").id, make_skill(db, "Piano").id
    person = viewer(carla)

    def offered(**asked):
        found = request_searches.options(db, person, open_requests(person), RequestFilter(**asked))
        return found.hits, {one.id: one.number for one in found.skills}, found.languages[0].number

    hits, skills, english = offered()
    assert (hits, skills[guitar], english) == (Count(3, True), Count(3, True), Count(3, True))
    assert offered(skills=(piano,))[1] == {
        piano: Count(1),  # what the page finds
        guitar: Count(3, True),
        make_skill(db, "Spanish").id: Count(2, True),
    }
