"""Becoming a coach: nine steps that keep what is typed and never take anything back."""

import pytest

from db.models.profiles import CoachGoal, CoachProfile, CoachSkill, CoachStatus, StudentProfile
from db.models.skills import SkillLevel
from db.models.step_drafts import StepDraft
from tests.factories import make_coach_skill, make_skill

BIO = "I was born above a bar that never closed, so I learned early how people really talk. " * 2


def profile(db, person):
    return db.get(CoachProfile, person.id)


def test_whoever_has_no_coach_side_reads_what_it_takes(browser, db, sofia):
    page = browser.as_(sofia).get("/become-a-coach")
    assert page.is_good
    assert "Headline and story" in page.text
    answer = page.form("main form").submit()
    assert answer.leads_to("/become-a-coach")
    assert profile(db, sofia).status is CoachStatus.DRAFT
    assert db.get(StudentProfile, sofia.id) is not None


def test_noor_goes_on_at_the_first_step_that_is_not_done(browser, db, noor):
    assert browser.as_(noor).get("/become-a-coach").leads_to("/become-a-coach/goal")
    profile(db, noor).goal = CoachGoal.SIDE_INCOME
    assert browser.as_(noor).get("/become-a-coach").leads_to("/become-a-coach/skills")


def test_who_skips_ahead_is_led_back_with_a_sentence(browser, noor):
    answer = browser.as_(noor).get("/become-a-coach/headline")
    assert answer.leads_to("/become-a-coach/goal")
    assert "First choose what coaching should be for you." in answer.follow().text


@pytest.mark.parametrize("name", ["nothing", "goals", "Goal", "%00"])
def test_another_step_is_no_step(browser, noor, name):
    assert browser.as_(noor).get(f"/become-a-coach/{name}").is_not_found
    assert browser.as_(noor).post(f"/become-a-coach/{name}").is_not_found


def test_save_and_continue_leads_to_the_next_step(browser, db, noor):
    form = browser.as_(noor).get("/become-a-coach/goal").form("/become-a-coach/goal")
    answer = form.fill(goal="main_income").submit("continue")
    assert answer.leads_to("/become-a-coach/skills")
    assert profile(db, noor).goal is CoachGoal.MAIN_INCOME


def test_with_htmx_the_next_step_takes_the_place_of_this_one(browser, db, noor):
    form = browser.as_(noor).get("/become-a-coach/goal").form("/become-a-coach/goal")
    answer = form.fill(goal="main_income").submit("continue", htmx=True)
    assert answer.location == "/become-a-coach/skills"
    assert profile(db, noor).goal is CoachGoal.MAIN_INCOME


def test_mistakes_come_back_with_what_was_typed(browser, db, noor):
    ready(db, noor)
    form = browser.as_(noor).get("/become-a-coach/headline").form("/become-a-coach/headline")
    answer = form.fill(headline="Hey", bio="Too short to be a story.").submit("continue")
    assert answer.status == 422
    assert answer.form("/become-a-coach/headline").value("headline") == "Hey"
    assert "Write at least 5 characters. This has 3." in answer.text
    assert "Write at least 100 characters." in answer.text
    assert profile(db, noor).headline == ""


def ready(db, person):
    """All is there but what she says of herself."""
    coach = profile(db, person)
    coach.goal, coach.headline, coach.bio = CoachGoal.SIDE_INCOME, "", ""
    make_coach_skill(db, person, "Arabic")


@pytest.mark.parametrize("action", ["later", "back"])
def test_what_is_unfinished_is_kept_and_counts_for_nothing(browser, db, noor, action):
    ready(db, noor)
    form = browser.as_(noor).get("/become-a-coach/headline").form("/become-a-coach/headline")
    answer = form.fill(headline="Hey", bio="Half a story").submit(action)
    assert answer.leads_to("/dashboard" if action == "later" else "/become-a-coach/languages")
    assert profile(db, noor).headline == ""
    again = browser.as_(noor).get("/become-a-coach/headline")
    assert again.form("/become-a-coach/headline").value("headline") == "Hey"
    assert again.form("/become-a-coach/headline").value("bio") == "Half a story"
    assert "unfinished" in browser.as_(noor).get("/become-a-coach/languages").text


def test_what_is_finished_is_saved_also_on_the_way_out(browser, db, noor):
    ready(db, noor)
    form = browser.as_(noor).get("/become-a-coach/headline").form("/become-a-coach/headline")
    form.fill(headline="Arabic from the first word", bio=BIO).submit("later")
    assert profile(db, noor).headline == "Arabic from the first word"
    assert not db.query(StepDraft).count()


def test_saving_a_step_forgets_what_was_left_in_it(browser, db, noor):
    ready(db, noor)
    page = browser.as_(noor).get("/become-a-coach/headline")
    page.form("/become-a-coach/headline").fill(headline="Hey").submit("later")
    page = browser.as_(noor).get("/become-a-coach/headline")
    form = page.form("/become-a-coach/headline")
    form.fill(headline="Arabic for two", bio=BIO).submit("continue")
    assert not db.query(StepDraft).count()
    page = browser.as_(noor).get("/become-a-coach/headline")
    assert page.form("/become-a-coach/headline").value("headline") == "Arabic for two"


def test_leaving_without_a_word_keeps_nothing(browser, db, noor):
    form = browser.as_(noor).get("/become-a-coach/goal").form("/become-a-coach/goal")
    assert form.submit("later").leads_to("/dashboard")
    assert not db.query(StepDraft).count()


def test_skills_are_added_given_a_level_and_taken_away(browser, db, noor):
    profile(db, noor).goal = CoachGoal.SIDE_INCOME
    page = browser.as_(noor).get("/become-a-coach/skills")
    form = page.form("/become-a-coach/skills")
    page = form.fill(skills="Arabic, Calligraphy").submit("add").follow()
    taught = db.query(CoachSkill).order_by(CoachSkill.position).all()
    assert [row.level for row in taught] == [SkillLevel.ANY, SkillLevel.ANY]
    arabic, calligraphy = [row.skill_id for row in taught]
    form = page.form("/become-a-coach/skills")
    form.fill(**{f"level_{arabic}": "beginner", "skills": "Reading"})
    assert form.submit("continue").leads_to("/become-a-coach/experience")
    levels = {row.skill_id: row.level for row in db.query(CoachSkill)}
    assert levels[arabic] is SkillLevel.BEGINNER
    assert len(levels) == 3
    page = browser.as_(noor).get("/become-a-coach/skills")
    page.form("/become-a-coach/skills").submit(str(calligraphy))
    assert {row.skill_id for row in db.query(CoachSkill)} == set(levels) - {calligraphy}


def test_a_skill_named_twice_is_one_skill(browser, db, noor):
    profile(db, noor).goal = CoachGoal.SIDE_INCOME
    make_skill(db, "Arabic")
    for _ in range(2):
        page = browser.as_(noor).get("/become-a-coach/skills")
        page.form("/become-a-coach/skills").fill(skills="arabic, ARABIC").submit("add")
    assert db.query(CoachSkill).count() == 1


def test_more_than_fifteen_are_too_many(browser, db, noor):
    profile(db, noor).goal = CoachGoal.SIDE_INCOME
    page = browser.as_(noor).get("/become-a-coach/skills")
    many = ", ".join(f"Skill {letter}" for letter in "abcdefghijklmno")
    page = page.form("/become-a-coach/skills").fill(skills=many).submit("add").follow()
    answer = page.form("/become-a-coach/skills").fill(skills="One more").submit("add")
    assert answer.status == 422
    assert "That would be 16 skills. 15 is the most." in answer.text
    assert answer.form("/become-a-coach/skills").value("skills") == "One more"
    assert db.query(CoachSkill).count() == 15


def test_no_skill_at_all_does_not_lead_on(browser, db, noor):
    profile(db, noor).goal = CoachGoal.SIDE_INCOME
    page = browser.as_(noor).get("/become-a-coach/skills")
    answer = page.form("/become-a-coach/skills").submit("continue")
    assert answer.status == 422
    assert "Say what you can teach." in answer.text


def test_a_form_opened_before_a_change_answers_409_with_both(browser, db, noor):
    ready(db, noor)
    old = browser.as_(noor).get("/become-a-coach/headline").form("/become-a-coach/headline")
    new = browser.as_(noor).get("/become-a-coach/headline").form("/become-a-coach/headline")
    new.fill(headline="The newer headline", bio=BIO).submit("continue")
    answer = old.fill(headline="The older headline", bio=BIO).submit("continue")
    assert answer.status == 409
    assert "The newer headline" in answer.text
    assert answer.form("/become-a-coach/headline").value("headline") == "The older headline"
    assert profile(db, noor).headline == "The newer headline"
    answer.form("/become-a-coach/headline").submit("continue")
    assert profile(db, noor).headline == "The older headline"


def test_what_no_database_keeps_is_left_out_of_what_noor_left(browser, db, noor):
    profile(db, noor).goal = CoachGoal.SIDE_INCOME
    form = browser.as_(noor).get("/become-a-coach/skills").form("/become-a-coach/skills")
    answer = form.fill(skills="Arab\0ic, x").submit("later")
    assert answer.leads_to("/dashboard")
    assert db.query(StepDraft).one().fields == {"skills": ["Arabic, x"]}


def test_what_was_emptied_is_kept_as_a_draft_and_counts_for_nothing(browser, db, carla):
    form = browser.as_(carla).get("/become-a-coach/headline").form("/become-a-coach/headline")
    was = profile(db, carla).headline
    form.fill(headline="", bio="").submit("later")
    again = browser.as_(carla).get("/become-a-coach/headline").form("/become-a-coach/headline")
    assert (again.value("headline"), again.value("bio")) == ("", "")
    assert profile(db, carla).headline == was
