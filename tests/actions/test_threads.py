from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.actions.threads import mark_read, open_thread, start_thread
from app.clock import now
from app.errors import TooMany
from app.forms.messages import MessageForm
from db.models.events import Event
from db.models.profiles import CoachProfile
from db.models.proposals import ProposalStatus
from db.models.threads import Thread
from tests.factories import make_coach, make_message, make_proposal, make_request, make_thread

HOLA = MessageForm(text="Hola")


def profile(db, coach):
    return db.get(CoachProfile, coach.id)


def count(db):
    return db.scalars(select(func.count()).select_from(Thread)).one()


def test_a_pair_has_one_thread_however_often_it_is_opened(db, sofia, carla):
    first = open_thread(db, student_id=sofia.id, coach_id=carla.id)
    assert open_thread(db, student_id=sofia.id, coach_id=carla.id) is first
    assert count(db) == 1


def test_an_accepted_proposal_is_noted_on_the_thread(db, sofia, carla):
    thread = make_thread(db, sofia, carla)
    proposal = make_proposal(db, make_request(db, sofia), carla, status=ProposalStatus.ACCEPTED)
    opened = open_thread(db, student_id=sofia.id, coach_id=carla.id, proposal=proposal)
    assert (opened.id, opened.proposal_id) == (thread.id, proposal.id)


def test_first_words_open_a_thread_and_are_remembered(db, sofia, carla, viewer):
    message = start_thread(db, profile(db, carla), HOLA, by=viewer(sofia))
    thread = db.get(Thread, message.thread_id)
    assert (thread.student_id, thread.coach_id, message.number) == (sofia.id, carla.id, 1)
    assert thread.student_wrote_at is not None
    assert db.scalars(select(Event.name)).all() == ["thread.created"]


def test_more_words_from_the_profile_join_the_thread(db, sofia, carla, viewer):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, sofia)
    message = start_thread(db, profile(db, carla), HOLA, by=viewer(sofia))
    assert (message.thread_id, message.number) == (thread.id, 2)


def test_sofia_writes_to_ten_new_coaches_a_day(db, sofia, carla, viewer):
    for number in range(10):
        make_thread(db, sofia, make_coach(db), created_at=now() - timedelta(hours=number))
    with pytest.raises(TooMany) as stopped:
        start_thread(db, profile(db, carla), HOLA, by=viewer(sofia))
    assert 14 * 3600 < stopped.value.seconds <= 15 * 3600 + 1
    assert count(db) == 10


def test_yesterdays_coaches_and_those_who_were_accepted_do_not_count(db, sofia, carla, viewer):
    for number in range(10):
        make_thread(db, sofia, make_coach(db), created_at=now() - timedelta(hours=20 + number))
    proposal = make_proposal(db, make_request(db, sofia), carla, status=ProposalStatus.ACCEPTED)
    for _ in range(8):
        make_thread(db, sofia, make_coach(db), proposal_id=proposal.id)
    assert start_thread(db, profile(db, carla), HOLA, by=viewer(sofia)).number == 1


def test_a_new_account_writes_to_three_in_its_first_hour(db, sofia, carla, viewer):
    sofia.created_at = now() - timedelta(minutes=20)
    for _ in range(2):
        make_thread(db, sofia, make_coach(db), created_at=now())
    start_thread(db, profile(db, make_coach(db)), HOLA, by=viewer(sofia))
    with pytest.raises(TooMany) as stopped:
        start_thread(db, profile(db, carla), HOLA, by=viewer(sofia))
    assert 39 * 60 < stopped.value.seconds <= 40 * 60 + 1


def test_a_thread_that_is_there_has_no_limit(db, sofia, carla, viewer):
    for coach in [carla, *(make_coach(db) for _ in range(12))]:
        make_thread(db, sofia, coach, created_at=now())
    assert start_thread(db, profile(db, carla), HOLA, by=viewer(sofia)).number == 1


def test_a_read_mark_goes_forward_only_and_is_ones_own(db, sofia, carla, sam):
    thread = make_thread(db, sofia, carla)
    for _ in range(5):
        make_message(db, thread, carla)
    for person, number in ((sofia, 3), (sofia, 2), (sam, 5)):
        mark_read(db, thread.id, person.id, number)
    db.refresh(thread)
    assert (thread.student_read, thread.coach_read) == (3, 5)


def test_whoever_has_read_to_the_end_waits_no_longer(db, sofia, carla, viewer):
    message = start_thread(db, profile(db, carla), HOLA, by=viewer(sofia))
    start_thread(db, profile(db, carla), HOLA, by=viewer(sofia))
    thread = db.get(Thread, message.thread_id)
    mark_read(db, thread.id, carla.id, 1)
    db.refresh(thread)
    assert (thread.coach_read, thread.coach_waits_at is not None) == (1, True)
    mark_read(db, thread.id, carla.id, 2)
    db.refresh(thread)
    assert (thread.coach_read, thread.coach_waits_at) == (2, None)
