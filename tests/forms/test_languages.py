import pytest

from app.forms.form import bind, typed
from app.forms.languages import OFFERED, LanguageForm, is_blank, values_of
from db.models.languages import CoachLanguage
from db.models.skills import LanguageLevel


def test_a_language_with_its_level_is_read():
    form = bind(LanguageForm, typed({"language": "pt", "level": "basic"})).data
    assert form and (form.language, form.level) == ("pt", LanguageLevel.BASIC)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("language", "", "Choose a language."),
        ("language", "Portuguese", "Choose one of the answers offered."),
        ("language", "xx", "Choose one of the answers offered."),
        ("level", "", "Choose one."),
        ("level", "perfect", "Choose one of the answers offered."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(field, value, sentence):
    form = bind(LanguageForm, typed({"language": "pt", "level": "basic"} | {field: value}))
    assert form.data is None and form.error(field) == sentence


def test_every_level_is_explained_by_a_sentence():
    assert [value for value, _, _ in OFFERED["level"]] == list(LanguageLevel)
    assert all(
        sentence.startswith("I ") and sentence[-1] == "." for *_, sentence in OFFERED["level"]
    )


def test_what_is_stored_stands_in_the_form():
    entry = CoachLanguage(language="fr", level=LanguageLevel.NATIVE)
    assert values_of(entry) == {"language": "fr", "level": "native"}
    assert is_blank({"language": [""]}) and not is_blank({"level": ["basic"]})
