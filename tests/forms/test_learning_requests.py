import pytest

from app.forms.form import bind
from app.forms.learning_requests import (
    CloseForm,
    DraftForm,
    RequestForm,
    form_for,
    on_top_of,
    written,
)
from db.models.learning_requests import CloseReason, Format, LearningRequest
from db.models.skills import LanguageLevel, Level

GOOD = {
    "title": ["Spanish for my first flat in Madrid"],
    "description": ["I move in spring and want to speak with my neighbours from the first day."],
    "skills": ["Spanish, Conversation"],
    "level": ["beginner"],
    "format": ["ongoing"],
    "action": ["publish"],
}


def sent(kind=RequestForm, **but):
    lists = {name: value if isinstance(value, list) else [value] for name, value in but.items()}
    return bind(kind, GOOD | lists)


def test_a_full_request_is_read():
    form = sent(
        language="es", language_level="fluent", budget_from="12", budget_to="18,50",
        currency="EUR", sessions="8", times=["mon_morning", "sun_evening"],
        question_1="Why?", question_3="Why?", question_5="How long?",
    ).data  # fmt: skip
    assert form
    assert (form.level, form.format) == (Level.BEGINNER, Format.ONGOING)
    assert (form.language, form.language_level) == ("es", LanguageLevel.FLUENT)
    assert (form.budget_from, form.budget_to, form.currency) == (1200, 1850, "EUR")
    assert form.skill_names == ["Spanish", "Conversation"]
    assert form.questions == ["Why?", "How long?"]
    assert form.times == ["mon_morning", "sun_evening"]


def test_a_request_needs_five_things_and_says_all_of_them_at_once():
    form = bind(RequestForm, {"action": ["publish"], "budget_to": ["much"]})
    assert set(form.errors) == {"title", "description", "skills", "level", "format", "budget_to"}


def test_a_draft_may_be_empty_but_not_wrong():
    form = bind(DraftForm, {"action": ["save"], "title": ["Spa"], "currency": ["USD"]})
    assert form.data and form.data.title == "Spa" and form.data.level is None
    wrong = bind(DraftForm, {"action": ["save"], "title": ["x" * 121], "sessions": ["0"]})
    assert set(wrong.errors) == {"title", "sessions"}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "Too short", "Write at least 10 characters. This has 9."),
        ("title", "x" * 121, "Keep it to 120 characters. This has 121."),
        ("description", "x" * 49, "Write at least 50 characters. This has 49."),
        ("description", "x" * 5001, "Keep it to 5,000 characters. This has 5,001."),
        ("skills", " , ", "Name at least one skill."),
        ("level", "expert", "Choose one of the answers offered."),
        ("language", "xx", "Choose one of the answers offered."),
        ("currency", "XXX", "No currency we can use is called so. Write its code, such as EUR."),
        ("budget_from", "0.50", "Write an amount from 1 to 1,000,000."),
        ("budget_to", "1000001", "Write an amount from 1 to 1,000,000."),
        ("budget_from", "-3", "Write an amount such as 18 or 18.50."),
        ("sessions", "51", "Give a whole number from 1 to 50."),
        ("times", ["mon_night"], "Choose one of the answers offered."),
        ("question_4", "x" * 251, "Keep it to 250 characters. This has 251."),
        ("question_6", "A sixth?", ""),
        ("action", "delete", "Choose one of the answers offered."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(field, value, sentence):
    form = sent(**{field: value})
    assert form.data is None
    if sentence:
        assert form.errors == {field: sentence}


def test_fields_that_belong_together_agree():
    assert "budget_to" in sent(budget_from="20", budget_to="10").errors
    assert not sent(budget_from="20", budget_to="20").errors
    assert not sent(budget_from="20").errors
    assert "language" in sent(language_level="native").errors


def test_only_a_draft_that_is_saved_may_be_incomplete():
    draft, opened = LearningRequest(status="draft"), LearningRequest(status="open")
    assert form_for({"action": ["save"]}) is DraftForm
    assert form_for({"action": ["save"]}, draft) is DraftForm
    assert form_for({"action": ["publish"]}, draft) is RequestForm
    assert form_for({"action": ["save"]}, opened) is RequestForm
    assert form_for({}) is RequestForm


def test_what_is_stored_stands_in_the_form_as_people_type_it():
    wanted = LearningRequest(
        title="A title", description="", budget_from=1800, budget_to=1850, currency="KES",
        level=Level.ADVANCED, times=["tue_evening"], version=4,
    )  # fmt: skip
    form = written(wanted, ["Spanish", "C++"], ["Why?"])
    assert form.value("skills") == "Spanish, C++" and form.value("question_1") == "Why?"
    assert (form.value("budget_from"), form.value("budget_to")) == ("18", "18.50")
    assert form.value("level") == "advanced" and form.value("language") == ""
    assert form.value("version") == "4" and form.values("times") == ["tue_evening"]
    assert on_top_of({"title": ["Mine"], "version": ["3"]}, wanted).value("version") == "4"


def test_closing_takes_one_of_five_reasons():
    assert bind(CloseForm, {"reason": ["not_needed"]}).data == CloseForm(
        reason=CloseReason.NOT_NEEDED
    )
    assert bind(CloseForm, {}).error("reason")
    assert bind(CloseForm, {"reason": ["boredom"]}).error("reason")
