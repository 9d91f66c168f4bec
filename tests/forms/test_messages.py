import pytest

from app.forms.form import bind
from app.forms.messages import MessageForm


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hola", "Hola"),
        ("  one\r\ntwo\t \r\n", "one\ntwo"),
        ("e\u0301", "é"),
        ("x" * 4000, "x" * 4000),
        ("😀" * 4000, "😀" * 4000),
    ],
)
def test_words_are_taken_as_they_were_meant(typed, kept):
    assert bind(MessageForm, {"text": [typed]}).data.text == kept


@pytest.mark.parametrize("typed", ["", "  \n\t", "\u200b", "x" * 4001, "a\x00b", "a\x1bb"])
def test_what_is_no_message_is_refused_beside_the_field(typed):
    assert bind(MessageForm, {"text": [typed]}).error("text")


def test_nothing_else_is_taken():
    assert bind(MessageForm, {"text": ["Hola"], "thread_id": ["7"]}).data is None
