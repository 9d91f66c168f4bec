from datetime import timedelta

import msgspec
import pytest

from app.actions.learning_requests import create_request, delete_request, update_request
from app.clock import now
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
from db.models.outgoing_mail import OutgoingMail
from db.models.proposals import ProposalAnswer, ProposalStatus
from db.models.skills import Level
from db.queries import learning_request_pages as pages
from tests.factories import make_answer, make_proposal, make_request, make_synonym

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
    assert wanted.is_open and wanted.posted_at == was[0] and wanted.expires_at > was[1]
    assert pages.skill_names_of(db, wanted.id) == ["Catalan", "Spanish"]
    assert texts(db, wanted) == ["How do you teach?"]
    assert "catalan" in wanted.search_title and "flat" not in wanted.search_title
    event = db.query(Event).filter_by(name="request.updated").one()
    assert event.detail == {"changed": ["title", "budget_from", "skills", "questions"]}


def test_older_words_never_replace_newer_ones(db, sofia, viewer):
    wanted = create_request(db, FORM, by=viewer(sofia))
    update_request(db, wanted, but(title="From the first tab", version=1), by=viewer(sofia))
    with pytest.raises(WrongState):
        update_request(db, wanted, but(title="From the second tab", version=1), by=viewer(sofia))
    assert wanted.title == "From the first tab"


def test_a_save_that_changes_nothing_is_no_change(db, sofia, carla, viewer):
    wanted = create_request(db, FORM, by=viewer(sofia))
    make_proposal(db, wanted, carla)
    assert update_request(db, wanted, but(version=1), by=viewer(sofia)) == []
    assert wanted.version == 1
    assert db.query(Event).filter_by(name="request.updated").count() == 0
    assert db.query(OutgoingMail).count() == 0


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"budget_to": 2000, "currency": "EUR"}, ["budget"]),
        ({"times": ["sat_evening"]}, ["good times"]),
        ({"skills": "Conversation, Spanish"}, ["skills"]),
        ({"question_3": "And grammar?", "title": "Spanish for my first flat"},
         ["title", "questions"]),
    ],
)  # fmt: skip
def test_coaches_who_wait_are_told_what_changed(db, sofia, carla, cole, viewer, fields, names):
    wanted = create_request(db, FORM, by=viewer(sofia))
    make_proposal(db, wanted, carla)
    make_proposal(db, wanted, cole, status=ProposalStatus.WITHDRAWN)
    update_request(db, wanted, but(version=1, **fields), by=viewer(sofia))
    [mail] = db.query(OutgoingMail)
    assert (mail.template, mail.recipient) == ("request_changed", carla.email)
    assert mail.detail["changed"] == names


@pytest.mark.parametrize("status", ["open", "paused"])
def test_changing_what_runs_moves_its_deadline(db, sofia, viewer, status):
    wanted = create_request(db, FORM, by=viewer(sofia))
    wanted.status, wanted.expires_at = RequestStatus(status), now() + timedelta(days=2)
    update_request(db, wanted, but(title="Spanish, and soon", version=1), by=viewer(sofia))
    assert wanted.expires_at > now() + timedelta(days=29) and wanted.status == status


def test_what_is_typed_into_a_draft_is_kept_without_a_deed(db, sofia, viewer):
    draft = create_request(db, DraftForm(title="Sp", action="keep"), by=viewer(sofia))
    update_request(db, draft, DraftForm(title="Spa", version=1, action="keep"), by=viewer(sofia))
    assert draft.title == "Spa" and draft.version == 2
    assert [name for name, *_ in history(db, draft)] == ["request.created"]


@pytest.mark.parametrize("status", ["open", "paused"])
def test_what_is_typed_never_reaches_coaches_by_itself(db, sofia, viewer, status):
    wanted = make_request(db, sofia, status=RequestStatus(status))
    with pytest.raises(WrongState):
        update_request(db, wanted, but(version=1, action="keep"), by=viewer(sofia))
    assert wanted.title != FORM.title


# Questions.


@pytest.fixture
def answered(db, sofia, carla, viewer):
    """A request of two questions; Carla has answered the first."""
    wanted = create_request(db, FORM, by=viewer(sofia))
    proposal = make_proposal(db, wanted, carla)
    make_answer(db, proposal, pages.questions_of(db, wanted.id)[0])
    return wanted


def test_answered_questions_stay_as_they_were_asked(db, sofia, viewer, answered):
    form = but(question_1="Another?", question_2="", version=1)
    update_request(db, answered, form, by=viewer(sofia))
    assert texts(db, answered) == ["Have you lived there?", "Another?"]


def test_an_answered_question_can_be_retired(db, sofia, viewer, answered):
    [first, _] = pages.questions_of(db, answered.id)
    form = but(question_1="", question_2="", retire=[first.id], version=1)
    assert update_request(db, answered, form, by=viewer(sofia)) == ["questions"]
    assert texts(db, answered) == [] and first.retired_at
    assert db.query(ProposalAnswer).one().question_id == first.id


def test_only_answered_questions_are_retired(db, sofia, viewer, answered):
    [_, second] = pages.questions_of(db, answered.id)
    for number in (second.id, 10**8):
        with pytest.raises(Refused):
            update_request(db, answered, but(retire=[number], version=1), by=viewer(sofia))


def test_five_questions_at_once_are_the_most(db, sofia, viewer, answered):
    more = {f"question_{number}": f"Question {number}?" for number in range(1, 6)}
    with pytest.raises(Refused) as refused:
        update_request(db, answered, but(**more, version=1), by=viewer(sofia))
    assert refused.value.field == "question_5"
    [first, _] = pages.questions_of(db, answered.id)
    update_request(db, answered, but(**more, retire=[first.id], version=1), by=viewer(sofia))
    assert texts(db, answered) == list(more.values())


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
