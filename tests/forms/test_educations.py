from datetime import date

import pytest

from app.forms.educations import EducationForm, is_blank, values_of
from app.forms.form import bind, typed
from db.models.educations import Education

GOOD = {
    "institution": "Seville",
    "degree": "Bachelor",
    "field": "Linguistics",
    "started": "2006-09",
}


def sent(**but):
    return bind(EducationForm, typed(GOOD | {"ended": "June 2011"} | but))


def test_an_entry_is_read():
    form = sent().data
    assert form and (form.started, form.ended) == (date(2006, 9, 1), date(2011, 6, 1))
    assert (form.institution, form.degree, form.field) == ("Seville", "Bachelor", "Linguistics")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("institution", "", "Fill this in."),
        ("institution", "x" * 101, "Keep it to 100 characters. This has 101."),
        ("degree", "x" * 101, "Keep it to 100 characters. This has 101."),
        ("field", "x" * 101, "Keep it to 100 characters. This has 101."),
        ("started", "", "Give a month."),
        ("ended", "2006-08", "This is before the month it started."),
        ("ended", "", "Give the month it ended, or tick that it goes on."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(field, value, sentence):
    form = sent(**{field: value})
    assert form.data is None and form.error(field) == sentence


def test_what_is_stored_stands_in_the_form_and_can_be_sent_as_it_is():
    entry = Education(
        institution="Seville", degree="", field="", started=date(2006, 9, 1), ended=None
    )
    form = bind(EducationForm, typed(values_of(entry))).data
    assert form and form.current and form.ended is None and form.started == entry.started


def test_only_a_form_without_a_word_is_blank():
    assert is_blank({"institution": [""]}) and not is_blank({"field": ["Law"]})
