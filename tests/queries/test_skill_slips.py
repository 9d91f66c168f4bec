import pytest

from db.queries.skill_slips import forgiven, is_slip
from db.search_terms import Phrase, read_terms
from tests.factories import make_skill, make_synonym
from tests.statements import statements


@pytest.mark.parametrize(
    ("typed", "meant", "is_one"),
    [
        ("pythn", "python", True), ("pythonn", "python", True), ("pithon", "python", True),
        ("pyhton", "python", True), ("ypthon", "python", True), ("pytxxn", "python", False),
        ("ptyhno", "python", False), ("python", "pythons", True), ("pyth", "python", False),
    ],
)  # fmt: skip
def test_one_slip_is_small(typed, meant, is_one):
    assert is_slip(typed, meant) is is_slip(meant, typed) is is_one


def test_a_word_that_nearly_names_a_skill_may_be_that(db):
    make_skill(db, "Guitar", topic="Music")
    make_synonym(db, "Six strings", of="Guitar")
    found = forgiven(db, read_terms("gitar stings tal"))
    assert found.wanted == (
        (Phrase(("gitar",)), Phrase(("guitar",))),
        (Phrase(("stings",)), Phrase(("strings",))),
        (Phrase(("tal",), is_begun=True),),
    )


def test_skills_that_members_named_and_what_is_right_already_change_nothing(db):
    make_skill(db, "Oboe", topic="")
    make_skill(db, "Guitar", topic="Music")
    for typed in ("oboo", "guit", "guitar", '"gitar"', "-gitar", "gui"):
        assert forgiven(db, read_terms(typed)) == read_terms(typed)


def test_new_names_are_known_at_once_and_old_ones_not_read_again(database, db):
    make_skill(db, "Guitar", topic="Music")
    assert forgiven(db, read_terms("banjoo")) == read_terms("banjoo")
    make_skill(db, "Banjo", topic="Music")
    assert forgiven(db, read_terms("banjoo")) != read_terms("banjoo")
    with statements(database) as sent:
        forgiven(db, read_terms("banjoo gitar"))
    assert len(sent) == 1
