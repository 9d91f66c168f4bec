"""Figures in few letters, and cells that no spreadsheet reckons with."""

from datetime import date

import pytest

from app.earnings import short_amount, short_month, shown
from app.locales import USUAL
from db.queries.viewers import Viewer
from tests.people import as_viewer


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (0, "0"), (4, "0"), (450, "4.5"), (995, "10"), (1800, "18"), (1850, "19"), (99949, "999"),
        (99950, "1K"), (123_400, "1.2K"), (994_999, "9.9K"), (3_512_300, "35K"),
        (99_949_900, "999K"), (99_950_000, "1M"), (10**14, "1000B"), (-1800, "-18"),
    ],
)  # fmt: skip
def test_a_bar_says_its_amount_in_four_letters(minor, words):
    assert short_amount({}, minor) == words


def test_a_bar_writes_as_carla_does(db, carla):
    carla.locale = "es"
    viewer: Viewer = as_viewer(db, carla)
    assert short_amount({"viewer": viewer}, 123_400) == "1,2K"
    assert short_month({"viewer": viewer}, date(2026, 1, 1)) == ("e", "ne")
    assert (USUAL, short_month({}, date(2026, 1, 1))) == ("en", ("J", "an"))
    carla.locale = "ja"
    assert short_month({"viewer": as_viewer(db, carla)}, date(2026, 11, 1)) == ("11", "月")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", " =1", "\t=1"])
def test_words_of_a_person_are_no_formula(text):
    assert shown(text) == f"'{text}"
    assert shown(f"Music;{text}") == f"Music;'{text}"
    assert shown("Small talk; 2 = 2") == "Small talk; 2 = 2"
