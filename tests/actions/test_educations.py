from datetime import date

from sqlalchemy import select

from app.actions.educations import add_education
from app.forms.educations import EducationForm
from db.models.accounts import Side
from db.models.events import Event


def test_carla_adds_where_she_learned(db, carla, viewer):
    form = EducationForm(institution="Seville", started=date(2021, 3, 1), current=True)
    entry = add_education(db, carla.id, form, by=viewer(carla))
    assert (entry.account_id, entry.institution, entry.ended) == (carla.id, "Seville", None)
    event = db.scalars(select(Event)).one()
    assert (event.name, event.side, event.subject_id) == ("education.added", Side.COACH, entry.id)
    assert event.actor_id == carla.id
