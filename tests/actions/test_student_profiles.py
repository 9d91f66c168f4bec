"""What Sofia's profile becomes, and what history says of it."""

import pytest

from app.actions.student_profiles import (
    look_at_student,
    save_about,
    save_goal,
    save_picture,
    save_place,
)
from app.errors import Refused
from app.forms.student_profiles import AboutForm, GoalForm, LookForm, PictureForm, PlaceForm
from app.pictures import Upload
from db.models.events import Event
from db.models.pictures import Picture
from db.models.profiles import StudentProfile
from db.queries import student_profiles
from tests.people import as_viewer


def changed(db):
    return [event.detail.get("changed") for event in db.query(Event).order_by(Event.id)]


def test_each_part_is_stored_and_history_says_what_not_into_what(db, sofia):
    viewer = as_viewer(db, sofia)
    save_about(db, AboutForm(bio="I sing."), by=viewer)
    save_goal(db, GoalForm(skills="Guitar, Spanish", goal="Play one song."), by=viewer)
    save_place(db, PlaceForm(country="ES", time_zone="Europe/Madrid"), by=viewer)
    found = student_profiles.find(db, sofia.id)
    assert (found.bio, found.goal, found.skills) == (
        "I sing.",
        "Play one song.",
        ["Guitar", "Spanish"],
    )
    assert (found.country, found.time_zone) == ("ES", "Europe/Madrid")
    assert changed(db) == [["bio"], ["goal", "skills"], ["country", "time_zone"]]


def test_what_stays_the_same_is_no_event(db, sofia):
    viewer = as_viewer(db, sofia)
    save_about(db, AboutForm(bio=""), by=viewer)
    save_place(db, PlaceForm(country="KE", time_zone="Africa/Nairobi"), by=viewer)
    save_goal(db, GoalForm(), by=viewer)
    save_picture(db, None, PictureForm(), by=viewer)
    assert changed(db) == []


def test_a_picture_takes_the_place_of_the_one_before(db, sofia):
    viewer = as_viewer(db, sofia)
    for content in (b"one", b"two"):
        save_picture(db, Upload("me.png", content), PictureForm(), by=viewer)
    assert [picture.content for picture in db.query(Picture)] == [b"two"]
    assert student_profiles.find(db, sofia.id).picture == db.query(Picture).one().token
    save_picture(db, None, PictureForm(), by=viewer)
    assert db.query(Picture).count() == 1
    save_picture(db, None, PictureForm(remove_picture=True), by=viewer)
    assert db.query(Picture).count() == 0 and db.get(StudentProfile, sofia.id).picture_id is None


def test_what_is_no_picture_is_refused(db, sofia):
    with pytest.raises(Refused, match="not a picture"):
        save_picture(
            db, Upload("me.txt", problem="This is not a picture."), PictureForm(),
            by=as_viewer(db, sofia),
        )  # fmt: skip


def test_a_look_is_written_down_with_its_reason(db, sofia, mina):
    student = db.get(StudentProfile, sofia.id)
    look_at_student(db, student, LookForm(reason="They asked us to."), by=as_viewer(db, mina))
    [look] = student_profiles.looks(db, sofia.id)
    assert look.reason == "They asked us to."
    assert student_profiles.looked_at(db, mina.id, sofia.id) == look.at
