"""The address of Carla's page: one change at a time, with its history, and never twice the same."""

import pytest

from app.actions.handles import MOST_CHANGES, change_handle
from app.errors import Refused, WrongState
from app.forms.handles import HandleForm, stored_handle
from app.forms.versions import version_of
from db.models.events import Event
from db.models.former_handles import FormerHandle
from db.models.profiles import CoachProfile
from tests.people import as_viewer


def change(db, person, handle, *, hidden=False, version=None):
    version = version or version_of(stored_handle(db.get_one(CoachProfile, person.id)))
    form = HandleForm(handle=handle, hidden_from_search_engines=hidden, version=version)
    coach = change_handle(db, form, by=as_viewer(db, person))
    db.flush()
    return coach


def former(db):
    return {row.handle: row.account_id for row in db.query(FormerHandle)}


def told(db):
    return [(event.name, event.detail) for event in db.query(Event).order_by(Event.id)]


def test_carlas_old_name_stays_hers(db, carla):
    assert change(db, carla, "carla-cooks").handle == "carla-cooks"
    assert former(db) == {"carla-ruiz": carla.id}
    detail = {"left": "carla-ruiz", "taken": "carla-cooks"}
    assert told(db) == [("coach_profile.handle_changed", detail)]
    change(db, carla, "carla-ruiz")
    assert former(db) == {"carla-cooks": carla.id}


def test_what_another_coach_has_or_had_is_taken(db, carla, cole):
    change(db, cole, "cole-talks")
    for handle in ("cole-talks", "cole-bennett"):
        with pytest.raises(Refused, match="taken"), db.begin_nested():
            change(db, carla, handle)
        db.expire_all()
        assert db.get_one(CoachProfile, carla.id).handle == "carla-ruiz"
    assert former(db) == {"cole-bennett": cole.id}


def test_an_older_form_changes_nothing_unless_it_says_what_is_there(db, carla):
    old = version_of(stored_handle(db.get_one(CoachProfile, carla.id)))
    change(db, carla, "carla-cooks")
    change(db, carla, "carla-cooks", version=old)
    with pytest.raises(WrongState, match="changed meanwhile"):
        change(db, carla, "carla-sings", version=old)
    assert len(told(db)) == 1


def test_hiding_from_search_engines_is_told_each_way_once(db, carla):
    for hidden in (True, True, False, False):
        change(db, carla, "carla-ruiz", hidden=hidden)
    assert [name for name, _ in told(db)] == ["coach_profile.hidden", "coach_profile.shown"]
    assert not former(db)


def test_carla_changes_it_five_times_in_thirty_days(db, carla):
    for number in range(MOST_CHANGES):
        change(db, carla, f"carla-{'abcde'[number]}")
    with pytest.raises(Refused, match="5 times in 30 days"):
        change(db, carla, "carla-f")
