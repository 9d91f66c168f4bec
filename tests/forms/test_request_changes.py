from app.forms.request_changes import CALLED, called
from db.models.learning_requests import LearningRequest


def test_carla_reads_each_part_once_in_the_order_of_the_form():
    assert called(["times", "currency", "budget_to", "title"]) == ["title", "budget", "good times"]
    assert called([]) == []


def test_every_part_is_one_of_a_request():
    columns = set(LearningRequest.__table__.columns.keys())
    assert set(CALLED) - columns == {"skills", "questions"}
