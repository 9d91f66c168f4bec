import pytest

from app.forms.bookmarks import MarkForm, NoteForm
from app.forms.form import bind


def test_a_press_says_where_the_button_stood_or_nothing():
    assert bind(MarkForm, {}).data == MarkForm(place="button")
    assert bind(MarkForm, {"place": ["list"]}).data == MarkForm(place="list")
    assert "place" in bind(MarkForm, {"place": ["top"]}).errors


@pytest.mark.parametrize(("text", "kept"), [("", ""), ("  a\n\nb ", "a\n\nb"), ("n" * 500,) * 2])
def test_a_note_has_up_to_500_characters(text, kept):
    assert bind(NoteForm, {"note": [text]}).data.note == kept
    assert "note" in bind(NoteForm, {"note": [text + "n" * 501]}).errors
