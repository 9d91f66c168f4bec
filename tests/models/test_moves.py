from itertools import product

import pytest
from sqlalchemy import select, update

from db.models import accounts, learning_requests, profiles, proposals
from db.models.accounts import Account
from db.models.learning_requests import LearningRequest
from db.models.moves import WrongMove, move
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import Proposal, ProposalStatus
from tests.factories import make_coach, make_proposal, make_request, make_student

TABLES = [
    (Account, accounts.MOVES),
    (CoachProfile, profiles.COACH_MOVES),
    (LearningRequest, learning_requests.MOVES),
    (Proposal, proposals.MOVES),
]

PAIRS = [(kind, moves, was, to) for kind, moves in TABLES for was, to in product(moves, repeat=2)]


@pytest.mark.parametrize(("kind", "moves"), TABLES)
def test_every_state_is_in_its_table(kind, moves):
    assert set(moves) == set(type(next(iter(moves))))
    assert kind.moves is moves


@pytest.mark.parametrize(("kind", "moves", "was", "to"), PAIRS)
def test_a_thing_moves_only_along_its_table(kind, moves, was, to):
    thing = kind(status=was)
    if to in moves[was]:
        move(thing, to)
        assert thing.status is to
    else:
        with pytest.raises(WrongMove):
            move(thing, to)
        assert thing.status is was


def test_a_stored_thing_moves_with_what_else_changed(database):
    with database.writing() as db:
        proposal = carlas_proposal(db)
        proposal.price = 900
        move(proposal, ProposalStatus.SHORTLISTED)
        assert proposal.status is ProposalStatus.SHORTLISTED
        assert not db.is_modified(proposal)
    with database.reading() as db:
        assert db.execute(select(Proposal.status, Proposal.price)).one() == ("shortlisted", 900)


def test_who_comes_second_is_told(database):
    with database.writing() as db:
        proposal = carlas_proposal(db)
        # As another node would, between our reading the proposal and our moving it.
        db.execute(
            update(Proposal).values(status=ProposalStatus.WITHDRAWN),
            execution_options={"synchronize_session": False},
        )
        with pytest.raises(WrongMove) as wrong:
            move(proposal, ProposalStatus.ACCEPTED)
    assert (wrong.value.was, wrong.value.to) == ("submitted", "accepted")
    with database.reading() as db:
        assert db.scalar(select(Proposal.status)) is ProposalStatus.WITHDRAWN


def test_accept_against_withdraw_between_two_nodes_has_one_winner(real_database, database):
    if database.is_sqlite:
        pytest.skip("one writer at a time")
    with database.writing() as db:
        number = carlas_proposal(db).id
    with database.session(write=True) as carla, database.session(write=True) as sofia:
        withdrawn, accepted = carla.get(Proposal, number), sofia.get(Proposal, number)
        move(withdrawn, ProposalStatus.WITHDRAWN)
        carla.commit()
        with pytest.raises(WrongMove):
            move(accepted, ProposalStatus.ACCEPTED)


def test_a_coach_moves_alone(database):
    with database.writing() as db:
        petra = make_coach(db, status=CoachStatus.DRAFT, handle="petra-novak")
        noor = make_coach(db, status=CoachStatus.DRAFT, handle="noor-haddad")
        move(db.get(CoachProfile, petra.id), CoachStatus.SUBMITTED)
    with database.reading() as db:
        assert db.get(CoachProfile, petra.id).status == "submitted"
        assert db.get(CoachProfile, noor.id).status == "draft"


def carlas_proposal(db):
    return make_proposal(db, make_request(db, make_student(db)), make_coach(db))
