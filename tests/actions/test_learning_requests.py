from datetime import timedelta

import msgspec
import pytest

from app.actions.learning_requests import create_request, delete_request, update_request
from app.errors import Refused, WrongState
from app.forms.learning_requests import DraftForm, RequestForm
from db.models.events import Event
from db.models.learning_requests import (
    Format,
    LearningRequest,
    RequestSkill,
    RequestStatus,
    ScreeningQuestion,
)
from db.models.skills import Level
from db.queries import learning_request_pages as pages
from tests.factories import make_proposal, make_request, make_synonym

FORM = RequestForm(
    title="Spanish for my first flat in Madrid",
    description="I move in spring and want to speak with my neighbours from the first day.",
    skills="Spanish, Conversation",
    level=Level.BEGINNER,
    format=Format.ONGOING,
    budget_from=1200,
    times=["sun_evening", "mon_morning", "mon_morning"],
    question_1="Have you lived there?",
    question_2="How do you teach?",
)


def but(**fields):
    return msgspec.structs.replace(FORM, **fields)


def texts(db, wanted):
    return [question.text for question in pages.questions_of(db, wanted.id)]


def history(db, wanted):
    events = db.query(Event).filter_by(subject="request", subject_id=wanted.id).order_by(Event.id)
    return [(event.name, event.from_status, event.to_status) for event in events]


def test_sofia_posts_a_request(db, sofia, viewer):
    wanted = create_request(db, FORM, by=viewer(sofia))
    assert wanted.status is RequestStatus.OPEN and wanted.student_id == sofia.id
    assert wanted.posted_at and wanted.expires_at == wanted.posted_at + timedelta(days=30)
    assert wanted.times == ["mon_morning", "sun_evening"]
    assert wanted.search_title.startswith("spanish for my")
    assert "conversation" in wanted.search_title.split()
    assert pages.skill_names_of(db, wanted.id) == ["Spanish", "Conversation"]
    assert texts(db, wanted) == ["Have you lived there?", "How do you teach?"]
    assert history(db, wanted) == [
        ("request.created", None, "draft"),
        ("request.posted", "draft", "open"),
    ]


def test_sofia_calls_a_skill_by_another_name(db, sofia, viewer):
    make_synonym(db, "Castellano", of="Spanish")
    make_synonym(db, "Español", of="Spanish")
    wanted = create_request(db, but(skills="castellano, Spanish, Birdsong"), by=viewer(sofia))
    assert pages.skill_names_of(db, wanted.id) == ["Spanish", "Birdsong"]
    assert {"castellano", "espanol", "spanish"} <= {*wanted.search_title.split()}


def test_sofia_saves_a_draft_and_posts_it_later(db, sofia, viewer):
    draft = create_request(db, DraftForm(title="Spa", action="save"), by=viewer(sofia))
    assert draft.is_draft and draft.posted_at is None and draft.version == 1
    update_request(db, draft, but(version=1), by=viewer(sofia))
    assert draft.is_open and draft.posted_at and draft.version == 2
    assert [name for name, *_ in history(db, draft)] == [
        "request.created", "request.updated", "request.posted",
    ]  # fmt: skip


def test_sofia_changes_an_open_request(db, sofia, viewer):
    wanted = create_request(db, FORM, by=viewer(sofia))
    was = (wanted.posted_at, wanted.expires_at)
    form = but(title="Spanish, and some Catalan", skills="Catalan, Spanish", question_1="",
               budget_from=None, version=1)  # fmt: skip
    update_request(db, wanted, form, by=viewer(sofia))
    assert wanted.is_open and (wanted.posted_at, wanted.expires_at) == was
    assert pages.skill_names_of(db, wanted.id) == ["Catalan", "Spanish"]
    assert texts(db, wanted) == ["How do you teach?"]
    assert "catalan" in wanted.search_title and "flat" not in wanted.search_title
    event = db.query(Event).filter_by(name="request.updated").one()
    assert event.detail == {"changed": ["title", "budget_from"]}


def test_older_words_never_replace_newer_ones(db, sofia, viewer):
    wanted = create_request(db, FORM, by=viewer(sofia))
    update_request(db, wanted, but(title="From the first tab", version=1), by=viewer(sofia))
    with pytest.raises(WrongState):
        update_request(db, wanted, but(title="From the second tab", version=1), by=viewer(sofia))
    assert wanted.title == "From the first tab"


def test_answered_questions_stay_but_the_rest_may_change(db, sofia, carla, viewer):
    wanted = create_request(db, FORM, by=viewer(sofia))
    make_proposal(db, wanted, carla)
    with pytest.raises(Refused):
        update_request(db, wanted, but(question_1="Another?", version=1), by=viewer(sofia))
    left_out = but(title="Spanish, and soon", question_1="", question_2="", version=wanted.version)
    update_request(db, wanted, left_out, by=viewer(sofia))
    assert wanted.title == "Spanish, and soon" and len(texts(db, wanted)) == 2


def test_sofia_throws_a_draft_away(db, sofia, viewer):
    draft = create_request(
        db, DraftForm(title="Spa", skills="Spanish", question_1="Where?", action="save"),
        by=viewer(sofia),
    )  # fmt: skip
    number = draft.id
    delete_request(db, draft, by=viewer(sofia))
    for model in (LearningRequest, RequestSkill, ScreeningQuestion):
        assert db.query(model).count() == 0
    [_, event] = db.query(Event).order_by(Event.id)
    assert (event.name, event.subject_id, event.from_status) == ("request.deleted", number, "draft")


@pytest.mark.parametrize("status", ["open", "paused", "filled", "closed", "expired", "removed"])
def test_what_was_posted_is_never_thrown_away(db, sofia, viewer, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    with pytest.raises(WrongState):
        delete_request(db, wanted, by=viewer(sofia))
    assert db.query(LearningRequest).count() == 1
