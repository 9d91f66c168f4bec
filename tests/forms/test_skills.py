import pytest

from app.forms.kinds import Wrong
from app.forms.skills import being_written, read_skills


def test_names_are_tidied_and_the_same_name_counts_once():
    assert read_skills(" Spanish,, spanish , ESPAÑOL, Español,C++ , C#") == (
        "Spanish, ESPAÑOL, C++, C#"
    )
    assert read_skills("  , ") == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("a,Spanish", "2 to 40"),
        ("x" * 41, "2 to 40"),
        ("ﷺﷺﷺ", "2 to 40"),  # unfolds to much more than it looks
        ("Spanish, ---", "in letters"),
        (",".join(f"Skill {n}" for n in range(9)), "at most 8"),
    ],
)
def test_what_is_no_list_of_skills_is_said(typed, words):
    with pytest.raises(Wrong, match=words):
        read_skills(typed)


def test_what_is_being_written_is_the_last_name():
    assert being_written("Sp") == ([], "sp")
    assert being_written("Español,  C++ , Pia") == (["espanol", "c++"], "pia")
    assert being_written("Spanish, ") == (["spanish"], "")
    assert being_written("") == ([], "")
