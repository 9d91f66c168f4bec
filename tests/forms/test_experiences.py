from datetime import date

import pytest

from app.forms.experiences import ExperienceForm, is_blank, values_of
from app.forms.form import bind, typed
from db.models.experiences import Experience

GOOD = {"title": "Teacher", "company": "Sol", "description": "A\nB", "started": "2021-03"}


def sent(**but):
    return bind(ExperienceForm, typed(GOOD | {"ended": "May 2022"} | but))


def test_an_entry_is_read():
    form = sent().data
    assert form and (form.started, form.ended) == (date(2021, 3, 1), date(2022, 5, 1))
    assert (form.title, form.company, form.description) == ("Teacher", "Sol", "A\nB")


def test_every_mistake_is_said_at_once():
    form = bind(ExperienceForm, {"ended": ["soon"]})
    assert list(form.errors) == ["title", "started", "ended"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Fill this in."),
        ("title", "x" * 101, "Keep it to 100 characters. This has 101."),
        ("company", "x" * 101, "Keep it to 100 characters. This has 101."),
        ("description", "x" * 1001, "Keep it to 1,000 characters. This has 1,001."),
        ("started", "", "Give a month."),
        ("started", "2999-01", "This month has not begun yet."),
        ("ended", "2020-01", "This is before the month it started."),
        ("current", "yes", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(field, value, sentence):
    form = sent(**{field: value})
    assert form.data is None and form.error(field) == sentence


def test_what_is_stored_stands_in_the_form_and_can_be_sent_as_it_is():
    for ended in (None, date(2022, 5, 1)):
        entry = Experience(
            title="Teacher", company="", description="", started=date(2021, 3, 1), ended=ended
        )
        form = bind(ExperienceForm, typed(values_of(entry))).data
        assert form and (form.started, form.ended, form.current) == (
            entry.started, ended, ended is None,
        )  # fmt: skip


def test_only_a_form_without_a_word_is_blank():
    assert is_blank({"title": [""], "started": [""]}) and not is_blank({"current": ["yes"]})
