import pytest
from sqlalchemy import select

from app.actions.languages import (
    COACH_LANGUAGES,
    STUDENT_LANGUAGES,
    add_coach_language,
    add_student_language,
    change_language,
    put_language,
)
from app.actions.list_items import remove_entry, restore_entry
from app.errors import Refused
from app.forms.languages import LanguageForm
from db.models.accounts import Side
from db.models.events import Event
from db.models.languages import CoachLanguage
from db.models.skills import LanguageLevel
from db.queries import languages
from tests.factories import make_language

BASIC, NATIVE = LanguageLevel.BASIC, LanguageLevel.NATIVE


def spoken(lines):
    return [(line.language, line.level) for line in lines]


def test_the_two_lists_of_dora_never_touch_each_other(db, dora, viewer):
    before = spoken(languages.of_student(db, dora.id))
    form = LanguageForm(language="pt", level=BASIC)
    entry = add_coach_language(db, dora.id, form, by=viewer(dora))
    assert spoken(languages.of_student(db, dora.id)) == before
    remove_entry(db, COACH_LANGUAGES, entry, by=viewer(dora))
    add_student_language(db, dora.id, form, by=viewer(dora))
    assert ("pt", BASIC) in spoken(languages.of_student(db, dora.id))
    assert ("pt", BASIC) not in spoken(languages.of_coach(db, dora.id))
    events = db.execute(select(Event.name, Event.side).order_by(Event.id)).all()
    assert events == [
        ("coach_language.added", Side.COACH),
        ("coach_language.removed", Side.COACH),
        ("student_language.added", Side.STUDENT),
    ]


def test_a_language_stands_in_a_list_once(db, sofia, viewer):
    with pytest.raises(Refused, match="English is in your list already"):
        add_student_language(
            db, sofia.id, LanguageForm(language="en", level=BASIC), by=viewer(sofia)
        )


def test_one_that_was_removed_comes_back_as_the_same_entry_with_the_new_level(db, sofia, viewer):
    entry = make_language(db, sofia, "fr")
    remove_entry(db, STUDENT_LANGUAGES, entry, by=viewer(sofia))
    form = LanguageForm(language="fr", level=NATIVE)
    assert add_student_language(db, sofia.id, form, by=viewer(sofia)) is entry
    db.flush()
    assert spoken(languages.of_student(db, sofia.id))[-1] == ("fr", NATIVE)


def test_another_language_in_the_same_entry_takes_the_place_of_a_removed_one(db, carla, viewer):
    by = viewer(carla)
    french, pt = (make_language(db, carla, name, Side.COACH) for name in ("fr", "pt"))
    remove_entry(db, COACH_LANGUAGES, french, by=by)
    change_language(db, COACH_LANGUAGES, pt, LanguageForm(language="fr", level=BASIC), by=by)
    db.flush()
    assert db.scalars(select(CoachLanguage.id).filter_by(language="fr")).all() == [pt.id]
    with pytest.raises(Refused, match="Spanish is in your list already"):
        change_language(db, COACH_LANGUAGES, pt, LanguageForm(language="es", level=BASIC), by=by)


def test_a_removed_language_can_be_put_back(db, carla, viewer):
    entry = make_language(db, carla, "fr", Side.COACH)
    remove_entry(db, COACH_LANGUAGES, entry, by=viewer(carla))
    restore_entry(db, COACH_LANGUAGES, entry, by=viewer(carla))
    db.flush()
    assert "fr" in dict(spoken(languages.of_coach(db, carla.id)))


def test_twenty_fit(db, sofia, viewer):
    for name in ("fr", "pt", "de", "it", "nl", "sv", "da", "fi", "pl", "cs", "sk", "hu", "ro",
                 "bg", "el", "tr", "ru", "uk"):  # fmt: skip
        make_language(db, sofia, name)
    with pytest.raises(Refused, match="20 fit here"):
        add_student_language(
            db, sofia.id, LanguageForm(language="ja", level=BASIC), by=viewer(sofia)
        )


def test_a_language_that_is_put_is_one_row_whatever_became_of_it(db, sofia, viewer):
    entry = put_language(db, STUDENT_LANGUAGES, sofia.id, "sw", BASIC)
    assert put_language(db, STUDENT_LANGUAGES, sofia.id, "sw", NATIVE) is entry
    remove_entry(db, STUDENT_LANGUAGES, entry, by=viewer(sofia))
    make_language(db, sofia, "fr").position = 7
    assert put_language(db, STUDENT_LANGUAGES, sofia.id, "sw", BASIC) is entry
    assert (entry.position, entry.level, entry.removed_at) == (8, BASIC, None)
    put_language(db, STUDENT_LANGUAGES, sofia.id, "ca", NATIVE, at=-1)
    assert spoken(languages.of_student(db, sofia.id))[0] == ("ca", NATIVE)
