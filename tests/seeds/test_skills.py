"""The list of skills that ships: what is in it, and how a database gets it."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app.clock import now
from app.forms.skills import LONGEST_SKILL, SHORTEST_SKILL
from db.models.skills import RelatedSkill, Skill, SkillSynonym
from db.search_codes import code
from db.search_text import fold, words
from db.seeds import content
from db.seeds.related_skills import listed_pairs
from db.seeds.skills import add_missing_skills, list_skills, listed
from tests.factories import make_request, make_skill, make_synonym
from tests.search_entries import assert_indexed
from tests.statements import statements

ROOT = Path(__file__).parents[2]
# Six nodes that start at the same moment.
NODES = """
import os, sys
from app.clock import now
from db.engine import Database
from db.seeds.skills import add_missing_skills, listed
listed()

def node():
    child = os.fork()
    if not child:
        add_missing_skills(Database(sys.argv[1]), at=now())
        sys.exit()
    return child

nodes = [node() for _ in range(6)]
sys.exit(sum(os.waitpid(child, 0)[1] != 0 for child in nodes))
"""


def counted(db):
    return [db.scalar(select(func.count()).select_from(model)) for model in (Skill, SkillSynonym)]


def names():
    return [name for one in listed().values() for name in (one.name, *one.others)]


def test_the_list_is_long_and_every_name_in_it_could_be_typed():
    assert len(listed()) >= 600 and len({one.topic for one in listed().values()}) >= 15
    for name in names():
        assert SHORTEST_SKILL <= len(name) <= LONGEST_SKILL >= len(fold(name)), name
        assert words(name) and "," not in name and name == " ".join(name.split()), name


def test_no_two_names_of_the_list_are_the_same():
    folded = [fold(name) for name in names()]
    assert sorted(folded) == sorted(set(folded))


def test_the_demo_world_calls_skills_as_the_list_does():
    topics = [content.topic(name) for name in content.TOPICS]
    people = [one for topic in topics for one in (*topic.requests, *topic.coaches)]
    used = {skill for one in (*people, *content.cast().requests) for skill in one.skills}
    assert used <= listed().keys()


def test_a_new_database_gets_the_list_once(real_database):
    add_missing_skills(real_database, at=now())
    with real_database.writing() as db:
        assert counted(db) == [len(listed()), len(names()) - len(listed())]
    with statements(real_database) as sent:
        add_missing_skills(real_database, at=now())
    assert not [one for one in sent if not one.startswith("SELECT")]


def test_six_nodes_starting_at_once_add_the_list_once(real_database):
    address = real_database.url.render_as_string(hide_password=False)
    nodes = subprocess.run(
        [sys.executable, "-c", NODES, address],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert nodes.returncode == 0, nodes.stderr
    with real_database.writing() as db:
        assert counted(db) == [len(listed()), len(names()) - len(listed())]


def test_what_members_named_keeps_its_name_and_gets_a_topic(db):
    theirs = make_skill(db, "SPANISH", topic="")
    castellano = make_skill(db, "Castellano", topic="")
    other = make_skill(db, "Whistling with two fingers", topic="")
    numbers = list_skills(db, at=now())
    assert numbers["Spanish"] == theirs.id
    assert (theirs.name, theirs.topic) == ("SPANISH", "Languages")
    assert (castellano.name, castellano.topic, other.topic) == ("Castellano", "", "")
    assert not db.query(SkillSynonym).filter_by(folded="castellano").count()


def test_a_name_that_stands_for_another_skill_already_stays_so(db):
    make_synonym(db, "Chess", of="Board games")
    board_games = make_skill(db, "Board games")
    assert list_skills(db, at=now())["Chess"] == board_games.id
    assert not db.query(Skill).filter_by(folded="chess").count()


def test_requests_from_before_are_found_by_the_new_names(db, sofia):
    wanted = make_request(db, sofia, skills=("Spanish", "Chess"))
    other = make_request(db, sofia, skills=("Small talk with owls",))
    before = other.search_title
    list_skills(db, at=now())
    db.expire_all()
    assert {"castellano", code("ajedrez")} <= {*wanted.search_title.split()}
    assert other.search_title == before
    assert_indexed(db)
    list_skills(db, at=now())
    db.expire_all()
    assert wanted.search_title.split().count("castellano") == 1


@pytest.mark.usefixtures("real_database")
def test_an_emptied_topic_is_filled_again(database):
    add_missing_skills(database, at=now())
    with database.writing() as db:
        db.execute(update(Skill).where(Skill.folded == "oud").values(topic=""))
    add_missing_skills(database, at=now())
    with database.reading() as db:
        assert db.scalar(select(Skill.topic).where(Skill.folded == "oud")) == "Music"


def test_skills_that_are_close_are_skills_of_the_list_and_stand_in_it_once():
    pairs = listed_pairs()
    names = {fold(name) for name in listed()}
    assert {name for pair in pairs for name in pair} <= names
    assert len({frozenset(pair) for pair in pairs}) == len(pairs) >= 250
    assert all(one != other for one, other in pairs)


def test_skills_that_are_close_are_related_both_ways_and_only_once(db):
    numbers = list_skills(db, at=now())
    list_skills(db, at=now())
    found = {(row.skill_id, row.related_id) for row in db.query(RelatedSkill)}
    assert len(found) == 2 * len(listed_pairs())
    assert {(numbers["Flask"], numbers["Django"]), (numbers["Django"], numbers["Flask"])} <= found


def test_a_name_that_stands_for_the_other_is_not_close_to_itself(db):
    make_synonym(db, "Flask", of="Django")
    list_skills(db, at=now())
    django = make_skill(db, "Django").id
    assert not db.query(RelatedSkill).filter_by(skill_id=django, related_id=django).count()


@pytest.mark.usefixtures("real_database")
def test_a_relation_that_is_missing_is_added_at_the_next_start(database):
    add_missing_skills(database, at=now())
    with database.writing() as db:
        db.query(RelatedSkill).delete()
    add_missing_skills(database, at=now())
    with database.reading() as db:
        assert db.query(RelatedSkill).count() == 2 * len(listed_pairs())
