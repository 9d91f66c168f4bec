"""Searches find requests and coaches as they are."""

from datetime import timedelta

from app.actions.search_entries import index_coach, index_request_of, index_skills
from app.clock import now
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import ProposalStatus
from db.models.skills import LanguageLevel
from db.search_codes import code, fact
from db.search_entries import place_of, speaking
from tests.factories import (
    make_coach,
    make_coach_skill,
    make_proposal,
    make_request,
    make_skill,
    make_synonym,
)
from tests.search_entries import assert_indexed


def test_a_request_is_kept_with_its_skills_and_all_they_are_called(db, sofia):
    make_synonym(db, "Castellano", of="Spanish")
    wanted = make_request(db, sofia, title="Zoë speaks", description="C++ is fun", budget_to=2000)
    assert wanted.search_title == f"{code('zoe')} speaks zr spanish zr castellano zr"
    assert wanted.search_text == f"{code('c++')} is fun"
    assert fact("s", make_skill(db, "Spanish").id) in wanted.search_facets.split()
    assert wanted.posting == place_of(wanted.posted_at) and wanted.budget_top == 2000
    assert_indexed(db)


def test_it_knows_how_many_proposals_wait(db, sofia, carla):
    wanted = make_request(db, sofia)
    assert fact("p", 1) in wanted.search_facets.split()
    proposal = make_proposal(db, wanted, carla)
    assert fact("p", 1) not in wanted.search_facets.split()
    assert fact("p", 5) in wanted.search_facets.split()
    proposal.status = ProposalStatus.WITHDRAWN
    index_request_of(db, proposal)
    assert fact("p", 1) in wanted.search_facets.split()


def test_a_coach_has_a_place_from_the_approval_on(db, carla, petra):
    coach = db.get_one(CoachProfile, carla.id)
    assert coach.listing == place_of(coach.approved_at)
    assert coach.search_title.startswith(f"carla {code('ruiz')} zr")
    assert speaking("es", LanguageLevel.BASIC) in coach.search_facets.split()
    waiting = db.get_one(CoachProfile, petra.id)
    assert waiting.listing is None
    waiting.status, waiting.approved_at = CoachStatus.APPROVED, coach.approved_at
    index_coach(db, petra.id)
    assert waiting.listing == coach.listing + 1
    waiting.approved_at = now() + timedelta(days=1)
    index_coach(db, petra.id)
    assert waiting.listing == place_of(waiting.approved_at)


def test_whatever_uses_a_skill_is_found_by_its_new_name(db, sofia):
    coach = make_coach(db)
    make_coach_skill(db, coach, "Oud")
    wanted = make_request(db, sofia, skills=("Oud",))
    synonym = make_synonym(db, "Barbat", of="Oud")
    index_skills(db, [synonym.skill_id])
    db.expire_all()
    assert "barbat" in wanted.search_title.split()
    assert "barbat" in db.get_one(CoachProfile, coach.id).search_title.split()
    assert_indexed(db)
