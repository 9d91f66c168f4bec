from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Side
from db.models.proposals import ProposalStatus
from db.queries import badges, thread_lines, threads
from tests.factories import make_message, make_proposal, make_request, make_student, make_thread


def lines(db, person, side, **but):
    return thread_lines.lines(db, person.id, side, at=now(), **but).items


def test_a_student_sees_coaches_by_name_and_a_coach_sees_what_matrix_b_allows(
    db, sofia, sam, carla
):
    make_thread(db, sam, carla)
    wanted = make_request(db, sofia, title="Spanish for Madrid")
    accepted = make_proposal(db, wanted, carla, status=ProposalStatus.ACCEPTED)
    make_thread(db, sofia, carla, student_wrote_at=None, proposal_id=accepted.id)
    silent = make_student(db)
    make_thread(db, silent, carla, student_wrote_at=None)
    assert [line.name for line in lines(db, sofia, Side.STUDENT)] == ["Carla Ruiz"]
    seen = {line.name: line.title for line in lines(db, carla, Side.COACH)}
    assert seen == {"Sam": None, "Sofia Mwangi": "Spanish for Madrid", "": None}


def test_the_newest_words_come_first_and_a_silent_thread_stands_where_it_began(
    db, sofia, carla, cole, dora
):
    began = now() - timedelta(hours=2)
    make_thread(db, sofia, dora, created_at=began)
    for coach, hours in ((carla, 3), (cole, 1)):
        thread = make_thread(db, sofia, coach)
        make_message(db, thread, coach, created_at=now() - timedelta(hours=hours))
    names = [line.name for line in lines(db, sofia, Side.STUDENT)]
    assert names == ["Cole Bennett", "Dora Lindqvist", "Carla Ruiz"]


def test_pages_neither_repeat_nor_skip(db, carla):
    at = now()
    for number in range(45):
        thread = make_thread(db, make_student(db), carla)
        make_message(db, thread, carla, created_at=at - timedelta(minutes=number // 3))
    seen, after = [], ""
    while after is not None:
        found = thread_lines.lines(db, carla.id, Side.COACH, at=now(), after=after)
        seen += [line.id for line in found.items]
        after = found.next
    assert len(seen) == len(set(seen)) == 45


def test_sides_are_kept_apart(db, dora, carla, sam):
    make_thread(db, dora, carla)
    make_thread(db, sam, dora)
    assert [line.name for line in lines(db, dora, Side.STUDENT)] == ["Carla Ruiz"]
    assert [line.name for line in lines(db, dora, Side.COACH)] == ["Sam"]


def test_unread_agrees_with_a_recount(db, sofia, carla, viewer):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia)
    for _ in range(2):
        make_message(db, thread, carla)
    [line] = lines(db, sofia, Side.STUDENT)
    assert line.unread == 2 and not line.is_mine
    assert badges.unread(db, viewer(sofia)).threads == 1
    assert badges.unread(db, viewer(sofia), thread.id).threads == 0
    assert badges.unread(db, viewer(carla)).threads == 0


@pytest.mark.parametrize("accepted", [True, False])
def test_terms_are_those_of_the_accepted_proposal(db, sofia, carla, accepted):
    proposal = make_proposal(
        db, make_request(db, sofia), carla, sessions=6, price=1850, status=ProposalStatus.ACCEPTED
    )
    thread = make_thread(db, sofia, carla, proposal_id=proposal.id if accepted else None)
    terms = threads.terms(db, thread)
    assert (terms.total if terms else None) == (11100 if accepted else None)
