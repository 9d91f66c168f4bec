from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import joinedload, selectinload

from db.models.accounts import Account
from db.models.learning_requests import ScreeningQuestion
from db.models.proposals import LIVE, Proposal, ProposalAnswer, ProposalStatus
from tests.factories import make_answer, make_coach, make_proposal, make_request, make_student

LASTING = (*LIVE, ProposalStatus.DRAFT, ProposalStatus.ACCEPTED)
OVER = [status for status in ProposalStatus if status not in LASTING]


@pytest.mark.parametrize(("first", "second"), list(product(LASTING, LASTING)))
def test_carla_has_one_lasting_proposal_for_a_request(database, first, second):
    with database.writing() as db:
        wanted, carla = a_request(db), make_coach(db)
        make_proposal(db, wanted, carla, status=first)
        with pytest.raises(IntegrityError), db.begin_nested():
            make_proposal(db, wanted, carla, status=second)


@pytest.mark.parametrize("over", OVER)
def test_carla_may_propose_again_when_hers_is_over(database, over):
    with database.writing() as db:
        wanted, carla = a_request(db), make_coach(db)
        make_proposal(db, wanted, carla, status=over)
        make_proposal(db, wanted, carla, status=over)
        make_proposal(db, wanted, carla)


def test_cole_may_propose_beside_carla_but_only_one_is_accepted(database):
    with database.writing() as db:
        wanted, carla, cole = a_request(db), make_coach(db), make_coach(db)
        make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED)
        make_proposal(db, wanted, cole, status=ProposalStatus.NOT_SELECTED)
        make_proposal(db, a_request(db), cole, status=ProposalStatus.ACCEPTED)
        with pytest.raises(IntegrityError), db.begin_nested():
            make_proposal(db, wanted, cole, status=ProposalStatus.ACCEPTED)


def test_a_deleted_draft_takes_its_answers_along_and_leaves_its_number_to_nobody(database):
    with database.writing() as db:
        wanted, carla = a_request(db, questions=("When?",)), make_coach(db)
        draft = make_proposal(db, wanted, carla, status=ProposalStatus.DRAFT)
        make_answer(db, draft, db.scalars(select(ScreeningQuestion)).one())
    with database.writing() as db:
        db.delete(db.get(Proposal, draft.id))
    with database.writing() as db:
        assert db.scalar(select(ProposalAnswer.text)) is None
        assert make_proposal(db, wanted, carla).id > draft.id


@pytest.mark.parametrize("status", list(ProposalStatus))
def test_pending_means_live(status):
    assert Proposal(status=status).is_pending is (status in LIVE)
    assert Proposal(status=status).is_accepted is (status == "accepted")


def test_relations_are_loaded_on_purpose_or_not_at_all(database):
    with database.writing() as db:
        make_proposal(db, a_request(db), make_coach(db), price=1800, sessions=4)
    with database.reading() as db:
        proposal = db.scalars(select(Proposal)).one()
        with pytest.raises(InvalidRequestError, match="raise"):
            _ = proposal.coach
    with database.reading() as db:
        loading = (
            joinedload(Proposal.coach).joinedload(Account.coach_profile),
            joinedload(Proposal.learning_request),
            selectinload(Proposal.answers),
        )
        proposal = db.scalars(select(Proposal).options(*loading)).one()
        assert proposal.coach.coach_profile.is_approved
        assert proposal.learning_request.is_open
        assert proposal.answers == []
        assert proposal.total == 7200


def a_request(db, **but):
    return make_request(db, make_student(db), **but)
