from app.access.scopes import listed_coaches
from db.models.profiles import CoachProfile, CoachStatus
from db.queries import skill_suggestions
from tests.factories import make_coach_skill, make_request, make_skill, make_synonym


def names(db, begun, *but):
    found = skill_suggestions.beginning(db, begun, listed=listed_coaches(), but=but)
    return [one.name for one in found]


def test_beginnings_come_first_then_words_then_other_names(db):
    make_synonym(db, "Spa German", of="Bathing")
    for name in ("Modern Spanish", "Spanish", "Sport", "Crisps"):
        make_skill(db, name)
    assert names(db, "sp") == ["Spanish", "Sport", "Modern Spanish", "Bathing"]
    assert names(db, "spanish") == ["Spanish", "Modern Spanish"]
    assert names(db, "sp", "spanish") == ["Sport", "Modern Spanish", "Bathing"]
    found = skill_suggestions.beginning(db, "sp", listed=listed_coaches())
    assert [one.synonym for one in found] == ["", "", "", "Spa German"]


def test_the_most_used_come_first(db, sofia, carla):
    for name in ("Piano", "Pilates", "Pizza"):
        make_skill(db, name)
    make_request(db, sofia, skills=("Pizza",))
    make_request(db, sofia, skills=("Pizza",))
    make_coach_skill(db, carla, "Pilates")
    assert names(db, "pi") == ["Pizza", "Pilates", "Piano"]


def test_a_skill_that_goes_by_two_such_names_is_there_once(db):
    make_synonym(db, "Castellano", of="Spanish")
    make_synonym(db, "Castilian", of="Spanish")
    [one] = skill_suggestions.beginning(db, "cast", listed=listed_coaches())
    assert (one.name, one.synonym) == ("Spanish", "Castellano")


def test_at_most_eight(db):
    for number in range(12):
        make_skill(db, f"Skill {number:02}")
    assert len(names(db, "s")) == 8


def test_signs_that_mean_something_to_a_database_are_only_signs(db):
    make_skill(db, "C++")
    make_skill(db, "100% wool")
    assert names(db, "c+") == ["C++"]
    assert names(db, "%") == names(db, "_") == []
    assert names(db, "100%") == ["100% wool"]


def test_what_a_student_named_in_a_draft_is_shown_to_nobody(db, sofia, carla):
    make_skill(db, "Divorce in secret", topic="")
    make_request(db, sofia, skills=("Divorce in secret",))
    assert names(db, "divorce") == []


def test_what_a_listed_coach_teaches_is_shown(db, carla):
    make_skill(db, "Whistling", topic="")
    make_coach_skill(db, carla, "Whistling")
    assert names(db, "whi") == ["Whistling"]
    db.get_one(CoachProfile, carla.id).status = CoachStatus.DRAFT
    db.flush()
    assert names(db, "whi") == []
