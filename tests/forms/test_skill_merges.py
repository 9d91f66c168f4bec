"""Two names of one skill, as Mina writes them."""

import pytest

from app.forms.form import bind
from app.forms.skill_merges import MergeForm


def test_both_names_are_read_as_lines():
    form = bind(MergeForm, {"skill": [" Castellano\u200f "], "into": ["Spanish"]})
    assert form.data == MergeForm(skill="Castellano", into="Spanish")


@pytest.mark.parametrize("into", ["Castellano", "CASTELLÁNO", " castellano "])
def test_a_skill_does_not_go_into_itself(into):
    form = bind(MergeForm, {"skill": ["Castellano"], "into": [into]})
    assert form.errors == {"into": "This is the same skill. Write another one."}


def test_both_are_asked_for_at_once():
    assert set(bind(MergeForm, {}).errors) == {"skill", "into"}
    assert set(bind(MergeForm, {"skill": ["x"], "into": ["y" * 41]}).errors) == {"skill", "into"}
