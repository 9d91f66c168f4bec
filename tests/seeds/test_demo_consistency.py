from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from app.fees import FEE
from db.models.accounts import Account
from db.models.bookmarks import Bookmark
from db.models.contracts import Contract
from db.models.events import Event
from db.models.invitations import Invitation, InvitationStatus
from db.models.learning_requests import (
    LearningRequest,
    RequestStatus,
    ScreeningQuestion,
)
from db.models.messages import Message
from db.models.profiles import CoachProfile, CoachStatus
from db.models.proposals import LIVE, Proposal, ProposalAnswer, ProposalStatus
from db.models.threads import Thread
from tests.search_entries import assert_indexed
from tests.seeds.conftest import NOW

ENDED = (
    RequestStatus.FILLED, RequestStatus.CLOSED, RequestStatus.EXPIRED, RequestStatus.REMOVED
)  # fmt: skip


def requests_and_proposals(world):
    return world.execute(
        select(LearningRequest, Proposal).join(Proposal, Proposal.request_id == LearningRequest.id)
    ).all()


def test_requests_have_the_times_of_their_state(world):
    for wanted in world.scalars(select(LearningRequest)):
        assert wanted.created_at <= wanted.updated_at
        assert (wanted.posted_at is None) == (wanted.status == RequestStatus.DRAFT)
        assert (wanted.ended_at is not None) == (wanted.status in ENDED)
        assert (wanted.close_reason is not None) == (wanted.status == RequestStatus.CLOSED)
        if wanted.posted_at:
            assert wanted.expires_at - wanted.posted_at == timedelta(days=30)
            assert wanted.title and wanted.level
            assert 50 <= len(wanted.description) <= 5_000
            assert (wanted.expires_at > NOW) or wanted.status in ENDED
        if wanted.ended_at:
            assert wanted.posted_at < wanted.ended_at <= wanted.expires_at


def test_requests_and_coaches_can_be_found(world):
    assert_indexed(world)


def test_a_filled_request_has_exactly_one_chosen_coach(world):
    chosen = Counter(
        world.scalars(select(Proposal.request_id).where(Proposal.status == ProposalStatus.ACCEPTED))
    )
    for wanted in world.scalars(select(LearningRequest)):
        assert chosen[wanted.id] == (1 if wanted.status == RequestStatus.FILLED else 0)


def test_whoever_was_chosen_has_a_contract_with_the_terms_of_the_proposal(world):
    contracts = {contract.proposal_id: contract for contract in world.scalars(select(Contract))}
    for wanted, proposal in requests_and_proposals(world):
        contract = contracts.pop(proposal.id, None)
        assert (contract is not None) == (proposal.status == ProposalStatus.ACCEPTED)
        if contract:
            agreed = (contract.sessions, contract.minutes, contract.price, contract.currency)
            assert agreed == (
                proposal.sessions, proposal.minutes, proposal.price, proposal.currency
            )  # fmt: skip
            assert (contract.student_id, contract.coach_id) == (
                wanted.student_id, proposal.coach_id
            )  # fmt: skip
            assert (contract.fee, contract.cancellation_hours) == (FEE, 12)
    assert not contracts


def test_nobody_waits_for_an_answer_on_a_request_that_ended(world):
    for wanted, proposal in requests_and_proposals(world):
        if wanted.status in ENDED:
            assert proposal.status not in (*LIVE, ProposalStatus.DRAFT)
        else:
            assert proposal.status not in (
                ProposalStatus.ACCEPTED, ProposalStatus.NOT_SELECTED, ProposalStatus.EXPIRED
            )  # fmt: skip


def test_proposals_fit_their_request(world):
    since = dict(world.execute(select(CoachProfile.account_id, CoachProfile.approved_at)).all())
    for wanted, proposal in requests_and_proposals(world):
        assert proposal.currency == wanted.currency
        assert proposal.coach_id != wanted.student_id
        assert 100 <= len(proposal.message) <= 5_000
        assert proposal.minutes in (25, 30, 45, 50, 60, 90, 120)
        assert 1 <= proposal.sessions <= 50 and proposal.price >= 100
        assert wanted.posted_at < (proposal.submitted_at or NOW)
        assert since[proposal.coach_id] < proposal.created_at
        is_sent = proposal.status != ProposalStatus.DRAFT
        assert (proposal.submitted_at is not None) == is_sent
        is_over = proposal.status not in (*LIVE, ProposalStatus.DRAFT)
        assert (proposal.ended_at is not None) == is_over
        assert (proposal.decline_reason is not None) == (proposal.status == ProposalStatus.DECLINED)
        if proposal.first_viewed_at:
            assert proposal.submitted_at <= proposal.first_viewed_at
            assert proposal.first_viewed_at <= (proposal.ended_at or NOW)


def test_no_coach_has_too_many_waiting_proposals(world):
    waiting = world.execute(
        select(Proposal.coach_id, func.count())
        .where(Proposal.status.in_(LIVE))
        .group_by(Proposal.coach_id)
    ).all()
    assert max(number for _, number in waiting) <= 20


def test_every_question_is_answered(world):
    asked: dict[int, set[int]] = {}
    for question in world.scalars(select(ScreeningQuestion)):
        asked.setdefault(question.request_id, set()).add(question.id)
    given: dict[int, set[int]] = {}
    for answer in world.scalars(select(ProposalAnswer)):
        given.setdefault(answer.proposal_id, set()).add(answer.question_id)
    for wanted, proposal in requests_and_proposals(world):
        assert given.get(proposal.id, set()) == asked.get(wanted.id, set())


def test_threads_begin_only_where_they_may(world):
    pairs = world.execute(
        select(Thread, Proposal, CoachProfile.status)
        .outerjoin(Proposal, Proposal.id == Thread.proposal_id)
        .join(CoachProfile, CoachProfile.account_id == Thread.coach_id)
    ).all()
    first = {
        message.thread_id: message
        for message in world.scalars(select(Message).where(Message.number == 1))
    }
    accepted = 0
    for thread, proposal, coach in pairs:
        assert coach == CoachStatus.APPROVED
        if proposal is None:
            assert first[thread.id].sender_id == thread.student_id
        else:
            accepted += 1
            assert proposal.status == ProposalStatus.ACCEPTED
            assert proposal.coach_id == thread.coach_id
            assert first[thread.id].created_at >= proposal.ended_at
    chosen = select(func.count()).where(Proposal.status == ProposalStatus.ACCEPTED)
    assert accepted == world.scalar(chosen)


def test_threads_agree_with_their_messages(world):
    said: dict[int, list[Message]] = {}
    for message in world.scalars(select(Message).order_by(Message.thread_id, Message.number)):
        said.setdefault(message.thread_id, []).append(message)
    for thread in world.scalars(select(Thread)):
        messages = said[thread.id]
        last = messages[-1]
        assert [message.number for message in messages] == list(range(1, thread.last_number + 1))
        assert (thread.last_message_at, thread.last_sender_id) == (last.created_at, last.sender_id)
        assert thread.last_text == last.text[:200]
        times = [message.created_at for message in messages]
        assert times == sorted(set(times))
        by_student = [one.created_at for one in messages if one.sender_id == thread.student_id]
        assert thread.student_wrote_at == by_student[0]
        for person in (thread.student_id, thread.coach_id):
            own = [one.number for one in messages if one.sender_id == person]
            assert max(own, default=0) <= thread.read_by(person) <= thread.last_number
        writers = {one.sender_id for one in messages}
        assert writers == {thread.student_id, thread.coach_id} or thread.invited_at


def test_nobody_bookmarks_what_they_cannot_see(world):
    for bookmark, wanted in world.execute(
        select(Bookmark, LearningRequest).join(
            LearningRequest, LearningRequest.id == Bookmark.request_id
        )
    ):
        assert bookmark.coach_id != wanted.student_id
        assert wanted.posted_at < bookmark.created_at
        assert wanted.status not in (RequestStatus.DRAFT, RequestStatus.REMOVED)


def test_invitations_are_to_open_requests_of_others_and_open_a_thread(world):
    found = world.execute(
        select(Invitation, LearningRequest, Thread)
        .join(LearningRequest, LearningRequest.id == Invitation.request_id)
        .outerjoin(
            Thread,
            (Thread.student_id == LearningRequest.student_id)
            & (Thread.coach_id == Invitation.coach_id),
        )
    ).all()
    assert {one.status for one, *_ in found} == {InvitationStatus.OPEN, InvitationStatus.DECLINED}
    for invitation, wanted, thread in found:
        assert wanted.status == RequestStatus.OPEN and wanted.student_id != invitation.coach_id
        assert wanted.posted_at <= invitation.created_at == thread.invited_at <= NOW
        assert thread.last_text == invitation.text
        assert not world.scalar(
            select(func.count()).where(
                Proposal.request_id == wanted.id, Proposal.coach_id == invitation.coach_id
            )
        )


def test_dora_has_an_invitation_to_answer(world):
    dora = select(Account.id).where(Account.email == "dora@skileez.example").scalar_subquery()
    waiting = (Invitation.coach_id == dora, Invitation.status == InvitationStatus.OPEN)
    assert world.scalar(select(func.count()).where(*waiting)) == 1


def test_history_ends_where_things_stand(world):
    stands: dict[tuple[str, int], str] = {}
    times = []
    for event in world.scalars(select(Event).order_by(Event.id)):
        times.append(event.at)
        if event.to_status:
            assert stands.get((event.subject, event.subject_id)) in (event.from_status, None)
            stands[event.subject, event.subject_id] = event.to_status
    assert times == sorted(times)
    for wanted in world.scalars(select(LearningRequest)):
        assert stands["request", wanted.id] == wanted.status
    for proposal in world.scalars(select(Proposal).where(Proposal.status != ProposalStatus.DRAFT)):
        assert stands["proposal", proposal.id] == proposal.status


def test_people_are_there_before_they_do_anything(world):
    joined = dict(world.execute(select(Account.id, Account.created_at)).all())
    for event in world.scalars(select(Event)):
        assert event.actor_id is None or joined[event.actor_id] <= event.at
    for wanted in world.scalars(select(LearningRequest)):
        assert joined[wanted.student_id] < wanted.created_at
