"""What becomes of each part a coach saves, what history says, and two tabs that save at once."""

import threading
from datetime import date

import pytest
from sqlalchemy import text

from app.actions.coach_profiles import (
    change_picture,
    mark_to_look_at,
    save_details,
    save_goal,
    save_headline,
    save_skills,
)
from app.errors import Refused
from app.forms.coach_profiles import (
    MOST_SKILLS,
    DetailsForm,
    GoalForm,
    HeadlineForm,
    SkillsForm,
    stored_headline,
)
from app.forms.versions import version_of
from app.pictures import Upload
from db.models.events import Event
from db.models.pictures import Picture
from db.models.profiles import CoachGoal, CoachProfile, CoachSkill, CoachStatus
from db.models.skills import SkillLevel, SkillSynonym
from db.queries import coach_profiles, skill_merges
from tests.actions.test_coach_onboarding import together
from tests.controllers.test_list_items import at_once
from tests.factories import (
    WEBP,
    make_account,
    make_coach_skill,
    make_picture,
    make_skill,
    make_synonym,
    make_whole_coach,
)
from tests.patience import until
from tests.people import as_viewer

SAID = HeadlineForm(headline="Spanish over a real stove", bio="We cook, and we talk. " * 8)
DETAILS = DetailsForm(
    country="GH", time_zone="Africa/Accra", birth_date=date(1990, 5, 17), phone="+233302000111",
    rate=14, currency="EUR",
)  # fmt: skip


@pytest.fixture
def carla(db):
    return make_whole_coach(db, make_account(db, first_name="Carla", last_name="Ruiz"))


def profile(db, person):
    return db.get_one(CoachProfile, person.id)


def told(db):
    return [event.detail["changed"] for event in db.query(Event).order_by(Event.id)]


def taught(db, person):
    return [one.name for one in coach_profiles.skills(db, person.id)]


def test_each_part_is_stored_and_history_says_what_changed(db, carla):
    viewer = as_viewer(db, carla)
    save_goal(db, GoalForm(goal=CoachGoal.MAIN_INCOME), by=viewer)
    save_headline(db, SAID, by=viewer)
    save_details(db, DETAILS, by=viewer)
    save_skills(db, SkillsForm(skills="Tapas"), by=viewer)
    coach = profile(db, carla)
    assert (coach.goal, coach.headline, coach.bio) == (
        CoachGoal.MAIN_INCOME, SAID.headline, SAID.bio,
    )  # fmt: skip
    assert (coach.rate, coach.currency, coach.phone) == (1400, "EUR", "+233302000111")
    assert (carla.country, carla.time_zone) == ("GH", "Africa/Accra")
    assert taught(db, carla) == ["Spanish", "Tapas"]
    assert told(db)[:2] == [["goal"], ["headline", "bio"]]
    assert set(told(db)[2]) >= {"country", "time_zone", "birth_date", "phone", "rate"}
    assert told(db)[3] == ["skills"]
    assert coach.status is CoachStatus.APPROVED and coach.to_look_at == ["headline"]


def test_saving_the_same_twice_is_one_event(db, carla):
    viewer = as_viewer(db, carla)
    for _ in range(2):
        save_headline(db, SAID, by=viewer)
        save_details(db, DETAILS, by=viewer)
        save_skills(db, SkillsForm(skills="Tapas"), by=viewer)
        save_goal(db, GoalForm(goal=CoachGoal.MAIN_INCOME), by=viewer)
    assert len(told(db)) == 4


@pytest.mark.parametrize("status", [one for one in CoachStatus if one is not CoachStatus.APPROVED])
def test_only_who_is_approved_is_looked_at_again(db, carla, status):
    coach = profile(db, carla)
    coach.status = status
    for what in ("name", "headline", "picture_id"):
        mark_to_look_at(coach, what)
    assert coach.to_look_at is None


def test_what_is_looked_at_again_is_named_once_and_in_order(db, carla):
    coach = profile(db, carla)
    for what in ("picture_id", "name", "bio", "rate", "headline", "picture_id"):
        mark_to_look_at(coach, what)
    assert coach.to_look_at == ["headline", "name", "picture"]


# Pictures.


def test_a_picture_takes_the_place_of_the_one_before(db, carla):
    viewer = as_viewer(db, carla)
    change_picture(db, Upload("me.jpg", WEBP), remove=False, by=viewer)
    first = profile(db, carla).picture_id
    change_picture(db, Upload("me.jpg", WEBP), remove=True, by=viewer)
    assert db.query(Picture).one().id == profile(db, carla).picture_id != first
    change_picture(db, None, remove=False, by=viewer)
    assert db.query(Picture).count() == 1
    for _ in range(2):
        change_picture(db, None, remove=True, by=viewer)
    assert not db.query(Picture).count() and profile(db, carla).picture_id is None
    assert told(db) == [["picture_id"]] * 3


def test_what_is_no_picture_leaves_the_one_there_is(db, carla):
    coach = profile(db, carla)
    coach.picture_id = make_picture(db, carla).id
    with pytest.raises(Refused) as refused:
        change_picture(db, Upload("me.txt", problem="No."), remove=False, by=as_viewer(db, carla))
    assert refused.value.field == "picture"
    assert db.query(Picture).one().id == coach.picture_id


def test_two_pictures_at_once_leave_one(real_database, db, carla):
    profile(db, carla).picture_id = make_picture(db, carla).id
    viewer = as_viewer(db, carla)

    def choose(own):
        change_picture(own, Upload("me.jpg", WEBP), remove=False, by=viewer)

    def remove(own):
        change_picture(own, None, remove=True, by=viewer)

    assert together(db, real_database, choose, choose, remove, choose) == [None] * 4
    kept = profile(db, carla).picture_id
    assert [one.id for one in db.query(Picture)] == ([kept] if kept else [])


# Skills.


def test_skills_keep_their_order_and_take_their_levels(db, carla):
    viewer = as_viewer(db, carla)
    save_skills(db, SkillsForm(skills="Tapas, Grammar"), by=viewer)
    spanish, tapas, grammar = [one.id for one in coach_profiles.skills(db, carla.id)]
    levels = {tapas: SkillLevel.BEGINNER, grammar: SkillLevel.ADVANCED}
    save_skills(db, SkillsForm(skills="Paella", level=levels, remove=spanish), by=viewer)
    assert [(one.name, one.level) for one in coach_profiles.skills(db, carla.id)] == [
        ("Tapas", SkillLevel.BEGINNER), ("Grammar", SkillLevel.ADVANCED),
        ("Paella", SkillLevel.ANY),
    ]  # fmt: skip
    assert [row.position for row in coach_profiles.taught(db, carla.id)] == [0, 1, 2]


def test_another_name_of_a_skill_she_teaches_adds_nothing(db, carla):
    make_synonym(db, "Castellano", of="Spanish")
    save_skills(db, SkillsForm(skills="castellano, SPANISH"), by=as_viewer(db, carla))
    assert taught(db, carla) == ["Spanish"] and not told(db)


def test_sixteen_are_too_many_and_one_less_makes_room(db, carla):
    viewer = as_viewer(db, carla)
    many = ", ".join(f"Skill {letter}" for letter in "abcdefghijklmn")
    save_skills(db, SkillsForm(skills=many), by=viewer)
    with pytest.raises(Refused, match=r"That would be 16 skills\. 15 is the most\."):
        save_skills(db, SkillsForm(skills="Tapas"), by=viewer)
    first = coach_profiles.taught(db, carla.id)[0].skill_id
    save_skills(db, SkillsForm(skills="Tapas", remove=first), by=viewer)
    assert len(taught(db, carla)) == MOST_SKILLS and taught(db, carla)[-1] == "Tapas"


def test_ten_saves_from_two_tabs_at_once_lose_nothing(real_database, db, carla):
    viewer, gone = as_viewer(db, carla), make_coach_skill(db, carla, "Tapas", position=1).skill_id

    def add(number):
        names = f"Tab {'ab'[number % 2]} {'vwxyz'[number // 2]}"
        return lambda own: save_skills(own, SkillsForm(skills=names), by=viewer)

    def remove(own):
        save_skills(own, SkillsForm(remove=gone), by=viewer)

    deeds = [*map(add, range(10)), remove]
    assert together(db, real_database, *deeds) == [None] * 11
    names = taught(db, carla)
    assert names[0] == "Spanish" and "Tapas" not in names
    assert sorted(names[1:]) == sorted(f"Tab {tab} {key}" for tab in "ab" for key in "vwxyz")
    assert [row.position for row in coach_profiles.taught(db, carla.id)] == list(range(11))
    assert told(db) == [["skills"]] * 11


def test_saves_at_once_never_come_to_more_than_fifteen(real_database, db, carla):
    viewer = as_viewer(db, carla)

    def add(letter):
        names = ", ".join(f"{letter}{number}" for number in ("one", "two", "three", "four"))
        return lambda own: save_skills(own, SkillsForm(skills=names), by=viewer)

    came_to = together(db, real_database, *map(add, "abcdefghij"))
    assert sorted(type(one).__name__ for one in came_to) == ["NoneType"] * 3 + ["Refused"] * 7
    assert db.query(CoachSkill).filter_by(account_id=carla.id).count() == 13


def test_saving_the_same_headline_twice_at_once_is_one_event(real_database, db, carla):
    viewer = as_viewer(db, carla)
    save = [lambda own: save_headline(own, SAID, by=viewer)] * 4
    assert together(db, real_database, *save) == [None] * 4
    assert told(db) == [["headline", "bio"]]


@pytest.mark.parametrize("address", ["/become-a-coach/headline", "/profile/coach/headline"])
def test_of_two_tabs_that_save_at_once_one_is_told_of_the_other(
    real_database, client, db, carla, address
):
    for _ in range(3):
        version = version_of(stored_headline(coach_profiles.filled(db, carla.id)))
        before = len(told(db))
        forms = [
            {"headline": f"{tab} headline {before}", "bio": SAID.bio, "version": version}
            for tab in ("First", "Second")
        ]
        answers = at_once(client, db, carla, *((address, form) for form in forms))
        assert sorted(answer.status for answer in answers) == [303, 409]
        won = [answer.status for answer in answers].index(303)
        assert profile(db, carla).headline == forms[won]["headline"]
        assert len(told(db)) == before + 1


def test_details_and_settings_at_once_wait_for_each_other(real_database, client, db, carla):
    own = {
        "country": "Ghana", "time_zone": "Accra", "birth_date": "1990-05-17", "rate": "14",
        "currency": "EUR", "action": "save",
    }  # fmt: skip
    name = {
        "first_name": "Clara", "last_name": "Ruiz", "locale": "es", "theme": "dark",
        "data_saver": "on",
    }  # fmt: skip
    answers = at_once(
        client, db, carla, *[("/profile/coach/details", own), ("/settings", name)] * 3
    )
    assert {answer.status for answer in answers} == {303}
    assert profile(db, carla).rate == 1400 and carla.first_name == "Clara"


def test_a_level_that_is_saved_during_a_merge_waits_for_it(real_database, db, carla):
    if real_database.is_sqlite:
        pytest.skip("one writer at a time")
    [old, new], viewer = (
        [make_skill(db, "Kastilian").id, make_skill(db, "Castilian").id],
        as_viewer(db, carla),
    )
    make_coach_skill(db, carla, "Kastilian")
    db.commit()

    def save():
        with real_database.writing() as own:
            save_skills(
                own, SkillsForm(skills="Tapas", level={old: SkillLevel.ADVANCED}), by=viewer
            )

    saving = threading.Thread(target=save)
    with real_database.writing() as merging:
        [gone, _] = skill_merges.hold(merging, [old, new])
        saving.start()
        waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        until(lambda: merging.scalar(waits))
        skill_merges.use_instead(merging, old, new)
        skill_merges.forget(merging, gone, [])
        merging.add(SkillSynonym(skill_id=new, name="Kastilian", folded="kastilian"))
    saving.join()
    db.expire_all()
    assert taught(db, carla) == ["Spanish", "Castilian", "Tapas"]
