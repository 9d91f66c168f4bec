from datetime import date

from sqlalchemy import select

from app.actions.experiences import add_experience
from app.forms.experiences import ExperienceForm
from db.models.accounts import Side
from db.models.events import Event


def test_carla_adds_a_place_of_work(db, carla, viewer):
    form = ExperienceForm(title="Teacher", started=date(2021, 3, 1), current=True)
    entry = add_experience(db, carla.id, form, by=viewer(carla))
    assert (entry.account_id, entry.title, entry.ended) == (carla.id, "Teacher", None)
    event = db.scalars(select(Event)).one()
    assert (event.name, event.side, event.subject_id) == ("experience.added", Side.COACH, entry.id)
    assert event.actor_id == carla.id
