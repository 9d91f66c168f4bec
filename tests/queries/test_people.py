import pytest

from db.queries.people import student_name


@pytest.mark.parametrize(
    ("wrote", "accepted", "name"),
    [
        (False, False, ""),
        (True, False, "Sofia"),
        (False, True, "Sofia Mwangi"),
        (True, True, "Sofia Mwangi"),
    ],
)
def test_a_coach_learns_a_students_name_step_by_step(wrote, accepted, name):
    assert student_name("Sofia", "Mwangi", wrote=wrote, accepted=accepted) == name
