"""Two skills become one: everything that used the one uses the other, and nothing is lost."""

import pytest
from sqlalchemy import true

from app.actions.skill_merges import merge_skills
from app.clock import now
from app.errors import Refused
from app.forms.skill_merges import MergeForm
from db.models.events import Event
from db.models.learning_requests import RequestSkill
from db.models.portfolio_items import PortfolioSkill
from db.models.profiles import CoachSkill, StudentSkill
from db.models.skills import RelatedSkill, Skill, SkillLevel, SkillSynonym
from db.queries import request_searches
from db.queries.request_searches import RequestFilter, RequestSort
from db.queries.skill_merges import USES
from db.search_terms import read_terms
from db.seeds.skills import add_missing_skills, list_skills
from tests.factories import (
    make_coach,
    make_coach_skill,
    make_portfolio_item,
    make_request,
    make_skill,
    make_student_skill,
    make_synonym,
)
from tests.statements import statements


@pytest.fixture
def merge(db, mina, viewer):
    def run(skill, into):
        merge_skills(db, MergeForm(skill=skill, into=into), by=viewer(mina))
        db.flush()
        db.expire_all()

    return run


def uses(db, model, owner):
    names = dict(db.query(Skill.id, Skill.name).all())
    rows = db.query(model).order_by(model.position)
    return [(getattr(row, owner), names[row.skill_id], row.position) for row in rows]


def test_every_table_that_refers_to_skills_is_known():
    others = {"skill_synonyms", "related_skills"}
    tables = Skill.metadata.tables.values()
    referring = {
        table.name
        for table in tables
        for key in table.foreign_keys
        if key.column.table.name == "skills"
    }
    assert referring - others == {model.__tablename__ for model, _ in USES}


def test_whoever_used_the_one_uses_the_other(db, merge, sofia, carla, dora):
    make_skill(db, "Kastilian", topic="")
    wanted = make_request(db, sofia, skills=("Tax", "Kastilian"))
    coach = make_coach(db)
    make_coach_skill(db, coach, "Kastilian", SkillLevel.ADVANCED, position=3)
    make_student_skill(db, sofia, "Kastilian")
    item = make_portfolio_item(db, carla, skills=("Kastilian",))
    merge("Kastilian", "Spanish")
    assert uses(db, RequestSkill, "request_id") == [
        (wanted.id, "Tax", 0),
        (wanted.id, "Spanish", 1),
    ]
    assert (coach.id, "Spanish", 3) in uses(db, CoachSkill, "account_id")
    [taught] = db.query(CoachSkill).filter_by(account_id=coach.id)
    assert taught.level is SkillLevel.ADVANCED
    assert [name for _, name, _ in uses(db, StudentSkill, "account_id")] == ["Spanish"]
    assert uses(db, PortfolioSkill, "item_id") == [(item.id, "Spanish", 0)]
    assert not db.query(Skill).filter_by(name="Kastilian").count()


@pytest.mark.parametrize(("old", "new"), [(0, 2), (2, 0)])
def test_where_both_are_used_one_stays_at_the_better_place(db, merge, sofia, carla, old, new):
    names = {old: "Kastilian", 1: "Tax", new: "Spanish"}
    ordered = tuple(names[place] for place in sorted(names))
    wanted = make_request(db, sofia, skills=ordered)
    coach = make_coach(db)
    item = make_portfolio_item(db, carla, skills=ordered)
    for place, name in names.items():
        make_coach_skill(db, coach, name, position=place)
    merge("Kastilian", "Spanish")
    better = [("Spanish", 0), ("Tax", 1)]
    assert [use[1:] for use in uses(db, RequestSkill, "request_id")] == better
    mine = [use[1:] for use in uses(db, CoachSkill, "account_id") if use[0] == coach.id]
    assert mine == better
    assert uses(db, PortfolioSkill, "item_id") == [(item.id, *use) for use in better]
    assert wanted.id


def test_all_names_of_the_one_are_names_of_the_other(db, merge):
    make_synonym(db, "Kastil", of="Kastilian")
    spanish = make_skill(db, "Spanish")
    make_synonym(db, "Oud", of="Lute")
    merge("Kastilian", "Spanish")
    names = {one.name for one in db.query(SkillSynonym).filter_by(skill_id=spanish.id)}
    assert names == {"Kastil", "Kastilian"}
    assert db.query(SkillSynonym).count() == 3


def test_a_name_that_also_stood_for_another_skill_goes_with_its_skill(db, merge):
    make_synonym(db, "Oud", of="Lute")
    make_skill(db, "Oud")
    guitar = make_skill(db, "Guitar")
    merge("Oud", "Guitar")
    assert db.query(SkillSynonym).filter_by(folded="oud").one().skill_id == guitar.id


def test_requests_are_found_by_all_names_afterwards(db, merge, sofia, carla, viewer):
    old = make_request(db, sofia, title="Small talk", skills=("Kastilian",))
    new = make_request(db, sofia, title="Tax words", skills=("Spanish",))
    other = make_request(db, sofia, title="One song", skills=("Piano",))
    before = other.search_title
    make_synonym(db, "Español", of="Spanish")
    merge("Kastilian", "Spanish")

    for word in ("kastilian", "spanish", "espanol"):
        asked = RequestFilter(terms=read_terms(word))
        cards = request_searches.cards(
            db, viewer(carla), true(), asked, sort=RequestSort.NEWEST, at=now(), after=""
        )
        assert {card.id for card in cards.items} == {old.id, new.id}, word
    assert other.search_title == before


def test_it_is_one_event_with_both_names(db, merge, mina):
    spanish = make_skill(db, "Spanish")
    make_skill(db, "Kastilian", topic="")
    merge("kastilian", "SPANISH")
    event = db.query(Event).one()
    assert (event.name, event.actor_id, event.subject_id) == ("skill.merged", mina.id, spanish.id)
    assert event.detail == {"skill": "Kastilian", "into": "Spanish"}


def test_a_skill_without_a_topic_gets_the_one_of_the_skill_it_takes_in(db, merge):
    make_skill(db, "Lute", topic="Music")
    oud = make_skill(db, "Oud", topic="")
    merge("Lute", "Oud")
    assert oud.topic == "Music"


@pytest.mark.parametrize(
    ("skill", "into", "field"),
    [
        ("Nothing", "Spanish", "skill"),
        ("Spanish", "Nothing", "into"),
        ("Español", "Spanish", "into"),
    ],
)
def test_only_two_skills_that_are_there_become_one(db, merge, skill, into, field):
    make_synonym(db, "Español", of="Spanish")
    with pytest.raises(Refused) as refused:
        merge(skill, into)
    assert refused.value.field == field
    assert db.query(Event).count() == 0


def test_a_skill_of_our_list_that_was_merged_away_does_not_come_back(db, database, merge):
    list_skills(db, at=now())
    before = db.query(Skill).count(), db.query(SkillSynonym).count()
    merge("Spanish", "Portuguese")
    db.commit()
    with statements(database) as sent:
        add_missing_skills(database, at=now())
    assert not any("INSERT" in statement for statement in sent)
    list_skills(db, at=now())
    assert not db.query(Skill).filter_by(folded="spanish").count()
    portuguese = db.query(Skill).filter_by(folded="portuguese").one()
    assert db.query(SkillSynonym).filter_by(folded="spanish").one().skill_id == portuguese.id
    assert (db.query(Skill).count() + 1, db.query(SkillSynonym).count() - 1) == before


def test_what_was_close_to_the_one_is_close_to_the_other(db, merge):
    numbers = {name: make_skill(db, name).id for name in ("Tax", "Taxes", "Money", "Law")}

    def relate(one, other):
        for pair in ((one, other), (other, one)):
            db.add(RelatedSkill(skill_id=numbers[pair[0]], related_id=numbers[pair[1]]))

    for one, other in (("Taxes", "Money"), ("Taxes", "Law"), ("Taxes", "Tax"), ("Tax", "Money")):
        relate(one, other)
    merge("Taxes", "Tax")
    names = {number: name for name, number in numbers.items()}
    rows = db.query(RelatedSkill.skill_id, RelatedSkill.related_id)
    assert sorted((names[one], names[other]) for one, other in rows) == [
        ("Law", "Tax"), ("Money", "Tax"), ("Tax", "Law"), ("Tax", "Money"),
    ]  # fmt: skip
