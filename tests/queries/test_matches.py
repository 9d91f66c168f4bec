"""The facts of a match: as they are stored, each by one statement, on both databases."""

import pytest
from sqlalchemy import true

from app.clock import now
from db.models.accounts import Side
from db.models.languages import CoachLanguage
from db.models.learning_requests import LearningRequest
from db.models.profiles import CoachProfile
from db.models.skills import LanguageLevel, Level, RelatedSkill, SkillLevel
from db.queries import matches
from db.queries.match_facts import Taught
from tests.factories import (
    make_coach_skill,
    make_language,
    make_request,
    make_skill,
    make_student_skill,
)
from tests.statements import statements


def relate(db, one, other):
    pair = make_skill(db, one).id, make_skill(db, other).id
    for skill_id, related_id in (pair, pair[::-1]):
        db.add(RelatedSkill(skill_id=skill_id, related_id=related_id))
    db.flush()
    return pair


def test_what_sofia_asks_for(db, sofia):
    spanish, grammar = make_skill(db, "Spanish").id, make_skill(db, "Grammar").id
    wanted = make_request(
        db, sofia, skills=("Spanish", "Grammar"), language="es", budget_from=1000, budget_to=2000,
        language_level=LanguageLevel.FLUENT, times=["mon_morning"],
    )  # fmt: skip
    [asked] = matches.requests(db, [wanted.id])
    assert asked.id == wanted.id
    assert list(asked.skills.items()) == [(spanish, "Spanish"), (grammar, "Grammar")]
    assert (asked.level, asked.language) == (Level.BEGINNER, "es")
    assert asked.language_level is LanguageLevel.FLUENT
    assert (asked.budget_to, asked.currency) == (2000, "USD")
    assert (asked.times, asked.zone) == (["mon_morning"], "Africa/Nairobi")
    assert set(asked.speaks) == {"en", "sw"}


def test_what_carla_offers(db, carla):
    make_coach_skill(db, carla, "Public speaking", SkillLevel.ADVANCED, position=5)
    offered, _ = matches.offered_by(db, carla.id) or pytest.fail()
    assert list(offered.skills.values()) == [
        Taught("Spanish", SkillLevel.ANY),
        Taught("Public speaking", SkillLevel.ADVANCED),
    ]
    assert set(offered.speaks) == {"es", "en"}
    assert (offered.rate, offered.currency, offered.zone) == (1800, "USD", "Europe/Madrid")
    assert (offered.rating, offered.reviews) == (None, 0)
    [again] = matches.coaches(db, CoachProfile.account_id == carla.id)
    assert again == offered


def test_a_language_that_was_removed_is_not_spoken(db, carla):
    db.query(CoachLanguage).filter_by(account_id=carla.id, language="en").update(
        {"removed_at": now()}
    )
    [offered] = matches.coaches(db, CoachProfile.account_id == carla.id)
    assert set(offered.speaks) == {"es"}


def test_each_person_speaks_as_on_this_side(db, dora):
    make_language(db, dora, "fr", Side.COACH)
    [offered] = matches.coaches(db, CoachProfile.account_id == dora.id)
    wanted = make_request(db, dora)
    [asked] = matches.requests(db, [wanted.id])
    assert set(offered.speaks) - set(asked.speaks) == {"fr"}


def test_skills_that_are_close_to_those_in_question(db, sofia, carla):
    spanish, dele = relate(db, "Spanish", "DELE")
    relate(db, "Guitar", "Ukulele")
    near = {spanish: frozenset({dele}), dele: frozenset({spanish})}
    wanted = make_request(db, sofia)
    make_student_skill(db, sofia, "Spanish")
    _, ground = matches.offered_by(db, carla.id) or pytest.fail()
    assert ground.related == near
    _, ground = matches.asked_by(db, LearningRequest.id == wanted.id) or pytest.fail()
    assert ground.related == near
    _, ground = matches.wished_by(db, sofia.id) or pytest.fail()
    assert ground.related == near


def test_what_sam_would_like_to_learn(db, sam):
    assert matches.wished_by(db, sam.id) is None
    make_student_skill(db, sam, "Guitar")
    asked, ground = matches.wished_by(db, sam.id) or pytest.fail()
    assert list(asked.skills.values()) == ["Guitar"] and set(asked.speaks) == {"en"}
    assert (asked.id, ground.mean) == (0, None)


def test_nobody_offers_nothing(db, sofia):
    assert matches.offered_by(db, sofia.id) is None
    assert matches.asked_by(db, LearningRequest.student_id == sofia.id) is None


def test_each_is_one_statement(database, db, sofia, carla):
    make_student_skill(db, sofia, "Spanish")
    wanted = make_request(db, sofia)
    db.commit()
    with statements(database) as sent, database.writing() as session:
        matches.requests(session, [wanted.id])
        matches.coaches(session, true())
        matches.offered_by(session, carla.id)
        matches.asked_by(session, true())
        matches.wished_by(session, sofia.id)
    assert len([one for one in sent if one.startswith("SELECT")]) == 5
