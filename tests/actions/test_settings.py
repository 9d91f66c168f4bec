"""What changing one's settings writes down, and what it does not."""

from app.actions.settings import set_time_zone, update_settings
from app.forms.settings import SettingsForm, TimeZoneForm
from db.models.accounts import DataSaver, Theme
from db.models.events import Event


def form(**but):
    given = {
        "first_name": "Sofia", "last_name": "Mwangi", "locale": "en", "theme": Theme.SYSTEM,
        "data_saver": DataSaver.SYSTEM,
    }  # fmt: skip
    return SettingsForm(**(given | but))


def test_history_says_what_changed_and_never_into_what(db, sofia, viewer):
    update_settings(db, form(last_name="Otieno", theme=Theme.DARK), by=viewer(sofia))
    assert (sofia.last_name, sofia.theme) == ("Otieno", Theme.DARK)
    [event] = db.query(Event)
    assert (event.name, event.actor_id, event.subject_id) == (
        "settings.updated",
        sofia.id,
        sofia.id,
    )
    assert event.detail == {"changed": ["last_name", "theme"]}


def test_the_same_again_is_no_event(db, sofia, viewer):
    update_settings(db, form(), by=viewer(sofia))
    set_time_zone(db, TimeZoneForm(time_zone="Africa/Nairobi"), by=viewer(sofia))
    assert db.query(Event).count() == 0


def test_a_new_time_zone(db, sofia, viewer):
    set_time_zone(db, TimeZoneForm(time_zone="Europe/Madrid"), by=viewer(sofia))
    assert sofia.time_zone == "Europe/Madrid"
    assert [event.name for event in db.query(Event)] == ["settings.time_zone_set"]
