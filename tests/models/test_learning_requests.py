from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from db.models.learning_requests import LearningRequest, RequestSkill, RequestStatus
from tests.factories import make_question, make_request, make_student

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def test_skills_and_questions_come_in_the_order_given(database):
    with database.writing() as db:
        wanted = make_request(
            db, make_student(db), skills=("Spanish", "Grammar", "Travel"), times=["mon_morning"]
        )
        make_question(db, wanted, "Where?", position=2)
        make_question(db, wanted, "When?", position=1)
    with database.reading() as db:
        wanted = db.scalars(
            select(LearningRequest).options(
                joinedload(LearningRequest.student),
                selectinload(LearningRequest.request_skills).joinedload(RequestSkill.skill),
                selectinload(LearningRequest.questions),
            )
        ).one()
    assert [place.skill.name for place in wanted.request_skills] == ["Spanish", "Grammar", "Travel"]
    assert [question.text for question in wanted.questions] == ["When?", "Where?"]
    assert wanted.times == ["mon_morning"]
    assert wanted.student.name.startswith("Person")


def test_a_draft_may_be_empty(database):
    with database.writing() as db:
        draft = LearningRequest(student_id=make_student(db).id, created_at=NOON, updated_at=NOON)
        db.add(draft)
    assert draft.is_draft
    assert (draft.title, draft.level, draft.currency, draft.version) == ("", None, "USD", 1)


@pytest.mark.parametrize("status", list(RequestStatus))
def test_a_request_is_open_only_in_that_state(status):
    assert LearningRequest(status=status).is_open is (status == "open")


def test_a_late_sweeper_keeps_nothing_open():
    wanted = LearningRequest(status=RequestStatus.OPEN, expires_at=NOON)
    assert wanted.is_open_at(NOON - timedelta(seconds=1))
    assert not wanted.is_open_at(NOON)
    assert LearningRequest(status=RequestStatus.OPEN).is_open_at(NOON)
    assert not LearningRequest(status=RequestStatus.PAUSED).is_open_at(NOON)
