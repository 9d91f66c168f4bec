"""What Inés tells at first is stored once, in one place."""

import pytest

from app.actions.student_onboarding import complete_student, welcome_student
from app.errors import WrongState
from app.forms.learning_requests import DraftForm, RequestForm
from app.forms.student_onboarding import WelcomeForm, asking_for, told
from app.forms.versions import version_of
from db.models.events import Event
from db.models.skills import LanguageLevel
from db.queries import student_profiles
from tests.factories import make_account, make_student
from tests.people import as_viewer

BASIC, NATIVE = LanguageLevel.BASIC, LanguageLevel.NATIVE


@pytest.fixture
def ines(db):
    return make_student(db, make_account(db, first_name="Inés"))


def test_an_older_page_is_refused_even_past_the_handler(db, sofia):
    form = WelcomeForm(country="KE", time_zone="Africa/Nairobi", version="older")
    with pytest.raises(WrongState):
        welcome_student(db, form, by=as_viewer(db, sofia))


def test_all_of_it_is_one_event(db, ines):
    form = WelcomeForm(
        country="KE", time_zone="Africa/Nairobi", language={1: "sw", 2: None}, goal="Sing.",
        level={1: NATIVE, 2: None}, version=version_of(told(student_profiles.find(db, ines.id))),
    )  # fmt: skip
    welcome_student(db, form, by=as_viewer(db, ines))
    assert student_profiles.languages(db, ines.id) == [("sw", NATIVE)]
    [event] = db.query(Event).all()
    assert event.detail["changed"] == ["country", "time_zone", "languages", "goal"]


def test_a_request_that_asks_nothing_tells_nothing(db, ines):
    complete_student(db, DraftForm(), by=as_viewer(db, ines))
    assert db.query(Event).count() == 0


def test_a_request_tells_only_what_it_asked(db, ines):
    asked = asking_for(DraftForm, ("languages",))
    complete_student(db, asked(language_1="sw", level_1=BASIC), by=as_viewer(db, ines))
    assert student_profiles.languages(db, ines.id) == [("sw", BASIC)]
    assert ines.country is None and issubclass(RequestForm, DraftForm)
