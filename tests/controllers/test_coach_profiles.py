"""A coach's own profile: each part changed in place, live at once, and nobody else's business."""

import pytest

from db.models.events import Event
from db.models.profiles import CoachGoal, CoachProfile, CoachSkill, StudentProfile
from db.models.skills import SkillLevel
from tests.factories import make_account, make_coach_skill, make_student
from tests.profile_factories import make_whole_coach

HERE = "/profile/coach"
STORY = "I have taught for ten years, and I still look forward to it, every single morning. " * 2


@pytest.fixture
def carla(db):
    return make_whole_coach(db, make_account(db, first_name="Carla", last_name="Ruiz"))


def profile(db, person):
    return db.get(CoachProfile, person.id)


def test_every_part_is_shown_with_the_way_to_change_it(browser, carla):
    page = browser.as_(carla).get(HERE)
    assert page.texts("main section h2") == [
        "5 of 9 parts are there", "Your goal", "Skills", "Experience", "Education", "Portfolio",
        "Languages", "Headline and story", "Details", "Address",
    ]  # fmt: skip
    for link in page.all("main section > div:first-child a"):
        assert browser.as_(carla).get(link["href"]).is_good


def test_a_part_is_opened_changed_and_closed_in_place(browser, db, carla):
    opened = browser.as_(carla).htmx.get(f"{HERE}/headline")
    assert opened.one("section")["id"] == "part-headline"
    form = opened.form(f"{HERE}/headline").fill(headline="Spanish over a real stove", bio=STORY)
    shown = form.submit("save", htmx=True)
    assert shown.one("section")["id"] == "part-headline"
    assert "Spanish over a real stove" in shown.text
    assert not shown.all("form")
    assert profile(db, carla).headline == "Spanish over a real stove"


def test_the_same_as_an_ordinary_page(browser, db, carla):
    page = browser.as_(carla).get(f"{HERE}/headline")
    form = page.form(f"{HERE}/headline").fill(headline="Spanish over a real stove", bio=STORY)
    answer = form.submit("save")
    assert answer.leads_to(HERE)
    assert "Spanish over a real stove" in browser.as_guest().get("/coaches/carla-ruiz").text


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_a_wrong_part_comes_back_open(browser, db, carla, way):
    page = browser.as_(carla).get(f"{HERE}/headline")
    form = page.form(f"{HERE}/headline").fill(headline="Hm", bio="Short.")
    answer = form.submit("save", htmx=way == "htmx")
    assert answer.status == 422
    assert answer.form(f"{HERE}/headline").value("headline") == "Hm"
    assert answer.error_of("bio")
    assert profile(db, carla).headline != "Hm"


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_two_tabs_do_not_overwrite_each_other_unseen(browser, db, carla, way):
    old = browser.as_(carla).get(f"{HERE}/goal").form(f"{HERE}/goal")
    new = browser.as_(carla).get(f"{HERE}/goal").form(f"{HERE}/goal")
    assert new.fill(goal="main_income").submit("save").leads_to(HERE)
    answer = old.fill(goal="no_specific_goal").submit("save", htmx=way == "htmx")
    assert answer.status == 409
    assert "My main income" in " ".join(answer.texts("[role=alert]"))
    assert profile(db, carla).goal is CoachGoal.MAIN_INCOME
    assert answer.form(f"{HERE}/goal").submit("save").leads_to(HERE)
    assert profile(db, carla).goal is CoachGoal.NO_SPECIFIC_GOAL


def test_saving_what_is_there_writes_no_history(browser, db, carla):
    for part in ("goal", "skills", "headline", "details"):
        page = browser.as_(carla).get(f"{HERE}/{part}")
        assert page.form(f"{HERE}/{part}").submit("save").leads_to(HERE)
    assert not db.query(Event).filter_by(name="coach_profile.updated").count()
    assert profile(db, carla).to_look_at is None


def test_history_says_what_changed_and_not_into_what(browser, db, carla):
    page = browser.as_(carla).get(f"{HERE}/details")
    page.form(f"{HERE}/details").fill(phone="+34 612 345 678", rate="25").submit("save")
    [event] = db.query(Event).filter_by(name="coach_profile.updated")
    assert event.detail == {"changed": ["phone", "rate"]}
    assert (event.actor_id, event.subject_id, event.side) == (carla.id, carla.id, "coach")


def test_skills_can_be_added_and_taken_away_in_place(browser, db, carla):
    hers = browser.as_(carla)
    form = hers.htmx.get(f"{HERE}/skills").form(f"{HERE}/skills")
    answer = form.fill(skills="Tapas").submit("add", htmx=True)
    [tapas] = [row for row in db.query(CoachSkill) if row.position == 1]
    form = answer.form(f"{HERE}/skills").fill(**{f"level_{tapas.skill_id}": "advanced"})
    form.submit("save", htmx=True)
    db.expire_all()
    assert db.get(CoachSkill, (carla.id, tapas.skill_id)).level is SkillLevel.ADVANCED
    form = hers.get(f"{HERE}/skills").form(f"{HERE}/skills")
    assert form.submit(str(tapas.skill_id)).leads_to(f"{HERE}/skills")
    assert db.query(CoachSkill).count() == 1


def test_a_level_for_a_skill_she_does_not_teach_is_refused(browser, db, carla, cole):
    foreign = make_coach_skill(db, cole, "Juggling").skill_id
    answer = browser.as_(carla).post(
        f"{HERE}/skills", {f"level_{foreign}": "any", "action": "save"}
    )
    assert answer.status == 400
    assert db.query(CoachSkill).filter_by(account_id=carla.id).count() == 1


def test_a_skill_removed_in_another_tab_is_told_and_not_brought_back(browser, db, carla):
    make_coach_skill(db, carla, "Tapas", position=1)
    old = browser.as_(carla).get(f"{HERE}/skills").form(f"{HERE}/skills")
    tapas = db.query(CoachSkill).filter_by(position=1).one().skill_id
    new = browser.as_(carla).get(f"{HERE}/skills").form(f"{HERE}/skills")
    new.submit(str(tapas))
    assert old.fill(skills="Paella").submit("save").status == 409
    assert db.query(CoachSkill).count() == 1


def test_the_other_side_is_never_touched(browser, db, carla):
    make_student(db, carla, bio="I learn to sing.", goal="Sing one song")
    page = browser.as_(carla).get(f"{HERE}/headline")
    page.form(f"{HERE}/headline").fill(headline="Another headline").submit("save")
    student = db.get(StudentProfile, carla.id)
    assert (student.bio, student.goal) == ("I learn to sing.", "Sing one song")


def test_what_is_no_part_of_it_is_not_found(browser, carla):
    for part in ("review", "experience", "bio", "0"):
        assert browser.as_(carla).get(f"{HERE}/{part}").is_not_found


def test_completeness_names_what_would_help_most(browser, db, carla):
    page = browser.as_(carla).get(HERE)
    assert "5 of 9 parts are there" in page.text
    assert page.click("Add a picture").path == f"{HERE}/details"
    assert "5 of 9 parts are there" in browser.as_(carla).get("/dashboard").text
