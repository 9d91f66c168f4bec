from app.access.scopes import open_requests
from db.models.learning_requests import RequestStatus
from db.queries import skills
from tests.factories import make_request, make_skill, make_synonym


def test_carla_is_offered_what_open_requests_ask_for(db, sofia, carla, viewer):
    scope = open_requests(viewer(carla))
    make_request(db, sofia, skills=("Spanish", "Grammar"))
    make_request(db, sofia, skills=("Spanish",))
    make_request(db, sofia, skills=("Chess",), status=RequestStatus.CLOSED)
    make_skill(db, "Juggling")
    offered = skills.choices(db, scope, [])
    assert [(skill.name, skill.requests) for skill in offered] == [("Spanish", 2), ("Grammar", 1)]
    chosen = skills.choices(db, scope, ["grammar", "chess", "unknown"])
    assert [(s.name, s.requests, s.is_chosen) for s in chosen] == [
        ("Chess", 0, True), ("Grammar", 1, True), ("Spanish", 2, False),
    ]  # fmt: skip


def test_a_skill_is_chosen_by_another_name(db, sofia, carla, viewer):
    scope = open_requests(viewer(carla))
    make_synonym(db, "Castellano", of="Spanish")
    make_request(db, sofia, skills=("Spanish",))
    [chosen] = skills.choices(db, scope, ["castellano", "espanol"])
    assert (chosen.name, chosen.requests, chosen.is_chosen) == ("Spanish", 1, True)
    assert chosen.keys == (chosen.id, "spanish", "castellano")


def test_at_most_twelve_are_offered_beside_the_chosen(db, sofia, carla, viewer):
    scope = open_requests(viewer(carla))
    for number in range(15):
        make_request(db, sofia, skills=(f"Skill {number:02}",))
    assert len(skills.choices(db, scope, [])) == 12
    assert len(skills.choices(db, scope, ["skill 14"])) == 13
