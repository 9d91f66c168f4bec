from db.queries import skill_names
from tests.factories import make_skill, make_synonym


def test_a_skill_is_found_by_each_of_its_names(db):
    make_synonym(db, "Castellano", of="Spanish")
    spanish, oud = make_skill(db, "Spanish"), make_skill(db, "Oud")
    found = skill_names.of_folded(db, ["castellano", "spanish", "oud", "chess"])
    assert found == {"castellano": spanish, "spanish": spanish, "oud": oud}
    assert skill_names.numbers_of(db, ["castellano"]) == {"castellano": spanish.id}


def test_its_own_name_comes_first(db):
    make_synonym(db, "Oud", of="Lute")
    oud = make_skill(db, "Oud")
    assert skill_names.of_folded(db, ["oud"]) == {"oud": oud}
    assert skill_names.numbers_of(db, ["oud"]) == {"oud": oud.id}


def test_a_skill_without_a_topic_is_noticed(db):
    make_skill(db, "Oud")
    assert not skill_names.has_unsorted(db, ["oud", "chess"])
    make_skill(db, "Chess", topic="")
    assert skill_names.has_unsorted(db, ["oud", "chess"])
