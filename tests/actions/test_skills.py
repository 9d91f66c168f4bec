import threading

from app.actions.skills import find_or_create_skills
from db.models.skills import Skill
from tests.factories import make_skill, make_synonym


def test_a_skill_is_one_row_however_it_is_written(db):
    spanish = make_skill(db, "Español")
    found = find_or_create_skills(db, ["C++", "espanol", "C#", "ESPAÑOL", "c++"])
    assert [skill.name for skill in found] == ["C++", "Español", "C#"]
    assert found[1] is spanish and found[0].topic == ""
    assert find_or_create_skills(db, []) == []
    assert db.query(Skill).count() == 3


def test_another_name_means_the_skill(db):
    make_synonym(db, "Castellano", of="Spanish")
    spanish = make_skill(db, "Spanish")
    assert find_or_create_skills(db, ["castellano"]) == [spanish]
    assert find_or_create_skills(db, ["CASTELLANO", "Spanish", "castelláno"]) == [spanish]
    assert db.query(Skill).count() == 1


def test_a_name_of_its_own_comes_before_another_skills_synonym(db):
    make_synonym(db, "Oud", of="Lute")
    oud = make_skill(db, "Oud")
    assert find_or_create_skills(db, ["oud"]) == [oud]


def test_two_people_name_a_new_skill_at_once(real_database):
    start, ids = threading.Barrier(2), []

    def name_it():
        start.wait()
        with real_database.writing() as db:
            ids.extend(skill.id for skill in find_or_create_skills(db, ["Juggling", "Oud"]))

    threads = [threading.Thread(target=name_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 4 and len(set(ids)) == 2
