"""What is done to the entries of every list, tried with the places Carla has worked."""

from datetime import timedelta

import pytest

from app.actions import list_items
from app.actions.experiences import EXPERIENCES
from app.actions.list_items import (
    add_entry,
    change_entry,
    is_stale,
    move_entry,
    remove_entry,
    restore_entry,
)
from app.clock import now
from app.errors import Refused, WrongState
from app.forms.experiences import ExperienceForm, values_of
from app.forms.form import bind, typed
from app.forms.versions import version_of
from db.models.list_items import UNDO_FOR
from db.queries import experiences
from tests.factories import make_experience


@pytest.fixture
def by(viewer, carla):
    return viewer(carla)


@pytest.fixture
def entries(db, carla):
    """Four of Carla's, all at the same place, as old rows may be."""
    return [make_experience(db, carla, title=title) for title in "ABCD"]


def order(db, carla, **at):
    db.flush()
    return "".join(line.title for line in experiences.lines(db, carla.id, **at))


@pytest.mark.parametrize(
    ("which", "to", "then"),
    [
        (0, "down", "BACD"), (3, "up", "ABDC"), (1, "up", "BACD"), (0, "up", "ABCD"),
        (3, "down", "ABCD"),
    ],
)  # fmt: skip
def test_an_entry_changes_places_with_its_neighbour(db, carla, by, entries, which, to, then):
    move_entry(db, EXPERIENCES, entries[which], to, by=by)
    assert order(db, carla) == then


def test_a_removed_entry_is_no_neighbour_and_keeps_its_place(db, carla, by, entries):
    a, b, c, _ = entries
    remove_entry(db, EXPERIENCES, b, by=by)
    move_entry(db, EXPERIENCES, c, "up", by=by)
    assert order(db, carla) == "CAD"
    restore_entry(db, EXPERIENCES, b, by=by)
    assert order(db, carla) == "CBAD"
    move_entry(db, EXPERIENCES, a, "up", by=by)
    assert order(db, carla) == "CABD"


def test_a_new_entry_comes_last_after_removed_ones_too(db, carla, by, entries):
    remove_entry(db, EXPERIENCES, entries[3], by=by)
    form = bind(ExperienceForm, typed({"title": "E", "started": "2020-01", "current": "yes"})).data
    add_entry(db, EXPERIENCES, carla.id, EXPERIENCES.written(form), by=by)
    restore_entry(db, EXPERIENCES, entries[3], by=by)
    assert order(db, carla) == "ABCDE"


def test_a_removed_entry_is_shown_for_a_quarter_of_an_hour_and_to_its_owner_only(
    db, carla, by, entries
):
    remove_entry(db, EXPERIENCES, entries[0], by=by)
    assert order(db, carla) == "BCD"
    assert order(db, carla, at=now()) == "ABCD"
    assert order(db, carla, at=now() + UNDO_FOR) == "BCD"


def test_it_can_be_put_back_no_longer_than_that(db, by, entries, monkeypatch):
    removed = now()
    entries[0].removed_at = removed
    monkeypatch.setattr(list_items, "now", lambda: removed + UNDO_FOR)
    with pytest.raises(WrongState):
        restore_entry(db, EXPERIENCES, entries[0], by=by)
    monkeypatch.setattr(list_items, "now", lambda: removed + UNDO_FOR - timedelta(seconds=1))
    restore_entry(db, EXPERIENCES, entries[0], by=by)
    assert entries[0].removed_at is None


def test_a_full_list_takes_neither_a_new_entry_nor_an_old_one_back(db, carla, by, entries):
    remove_entry(db, EXPERIENCES, entries[0], by=by)
    for _ in range(27):
        make_experience(db, carla)
    with pytest.raises(WrongState, match="30 fit here"):
        restore_entry(db, EXPERIENCES, entries[0], by=by)
    with pytest.raises(Refused, match="30 fit here"):
        add_entry(db, EXPERIENCES, carla.id, {}, by=by)


def test_what_is_removed_is_neither_changed_nor_moved(db, by, entries):
    remove_entry(db, EXPERIENCES, entries[0], by=by)
    with pytest.raises(WrongState):
        change_entry(db, EXPERIENCES, entries[0], {"title": "Z"}, by=by)
    with pytest.raises(WrongState):
        move_entry(db, EXPERIENCES, entries[0], "down", by=by)


def test_a_form_is_stale_when_it_would_replace_words_nobody_saw(entries):
    stored = values_of(entries[0])
    form = bind(ExperienceForm, typed(stored | {"title": "Z", "version": version_of(stored)})).data
    assert not is_stale(EXPERIENCES, entries[0], form)
    entries[0].title = "Y"
    assert is_stale(EXPERIENCES, entries[0], form)
    entries[0].title = "Z"
    assert not is_stale(EXPERIENCES, entries[0], form)
