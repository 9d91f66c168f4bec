"""What is sent about the time and the place of a session."""

import pytest

from app.forms.form import bind
from app.forms.learning_sessions import AnswerForm, CancelForm, LinkForm, OfferForm


@pytest.mark.parametrize("starts", ["2026-12-01T17:00", "2026-12-01 17:00", "2026-12-01T17:00:00"])
def test_sofia_types_a_day_and_a_time(starts):
    assert str(bind(OfferForm, {"starts": [starts]}).data.starts) == "2026-12-01 17:00:00"


def test_which_of_two_is_one_of_two():
    assert bind(OfferForm, {"starts": ["2026-12-01T17:00"], "fold": ["2"]}).error("fold")


def test_an_answer_names_the_offer():
    assert bind(AnswerForm, {}).error("offer") and bind(AnswerForm, {"offer": ["0"]}).error("offer")


def test_carla_says_why_in_a_thousand_characters_or_not_at_all():
    assert bind(CancelForm, {}).data.reason == ""
    assert bind(CancelForm, {"reason": ["x" * 1001]}).error("reason")


@pytest.mark.parametrize(
    "link", ["http://meet.example.com/carla", "https://localhost/", "javascript:alert(1)"]
)
def test_only_whole_links_that_are_safe_are_taken(link):
    assert bind(LinkForm, {"link": [link]}).error("link")


def test_a_link_can_be_taken_away():
    assert bind(LinkForm, {"link": [""]}).data.link == ""
