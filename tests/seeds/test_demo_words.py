import re
from collections import Counter

from sqlalchemy import select

from db.models.accounts import Account
from db.models.learning_requests import LearningRequest
from db.models.messages import Message
from db.models.profiles import CoachProfile
from db.models.proposals import Proposal, ProposalAnswer
from db.models.threads import Thread

ENDS = re.compile(r"(?<=[.!?。？！])\s+|\n+")


def sentences(*texts, more_than):
    found = [part.strip() for text in texts for part in ENDS.split(text)]
    return [part for part in found if len(part.split()) > more_than]


def repeated(texts, more_than=6):
    seen = Counter(sentences(*texts, more_than=more_than))
    return [sentence for sentence, times in seen.items() if times > 1]


def grouped(rows):
    groups = {}
    for key, *texts in rows:
        groups.setdefault(key, []).extend(text for text in texts if text)
    return groups


def test_no_thread_repeats_itself(world):
    said = grouped(world.execute(select(Message.thread_id, Message.text)))
    assert {thread: found for thread, texts in said.items() if (found := repeated(texts))} == {}


def test_no_two_proposals_to_a_request_share_a_sentence(world):
    sent = grouped(
        world.execute(
            select(Proposal.request_id, Proposal.message, ProposalAnswer.text).outerjoin(
                ProposalAnswer, ProposalAnswer.proposal_id == Proposal.id
            )
        )
    )
    for request, texts in sent.items():
        assert repeated(set(texts)) == [], request


def test_no_coach_sends_the_same_sentence_twice(world):
    sent = grouped(world.execute(select(Proposal.coach_id, Proposal.message)))
    assert {coach: found for coach, texts in sent.items() if (found := repeated(texts))} == {}


def test_no_answer_is_given_twice_to_a_question(world):
    given = grouped(world.execute(select(ProposalAnswer.question_id, ProposalAnswer.text)))
    for texts in given.values():
        assert len(texts) == len(set(texts))


def test_lists_of_requests_and_coaches_never_repeat(world):
    requests = world.execute(select(LearningRequest.title, LearningRequest.description)).all()
    coaches = world.execute(select(CoachProfile.headline, CoachProfile.bio)).all()
    assert repeated(text for row in requests for text in row) == []
    assert repeated(text for row in coaches for text in row) == []
    assert len({title for title, _ in requests}) == len(requests)


def test_no_inbox_shows_the_same_last_words_twice(world):
    for side in (Thread.student_id, Thread.coach_id):
        inboxes = grouped(world.execute(select(side, Thread.last_text)))
        for texts in inboxes.values():
            assert repeated(texts) == []


def test_no_long_sentence_is_written_more_than_three_times(world):
    said = Counter(sentences(*world.scalars(select(Message.text)), more_than=8))
    assert {sentence: times for sentence, times in said.items() if times > 3} == {}


def test_no_blank_was_left_in_a_text(world):
    columns = (Message.text, Proposal.message, ProposalAnswer.text, LearningRequest.description)
    for column in columns:
        assert [text for text in world.scalars(select(column)) if "{" in text or "}" in text] == []


def test_people_come_from_everywhere_and_have_addresses_of_the_demo(world):
    people = world.scalars(select(Account)).all()
    assert len({person.country for person in people}) > 60
    assert all(re.fullmatch(r"[a-z.-]+@skileez\.example", person.email) for person in people)
