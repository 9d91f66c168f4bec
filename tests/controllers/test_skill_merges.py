"""The skills as Mina tidies them up, also while others are naming them."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app.actions.skills import find_or_create_skills
from db.models.learning_requests import LearningRequest, RequestSkill
from db.models.skills import Skill, SkillSynonym
from db.queries import skill_merges, skill_names
from tests.browser import Browser
from tests.factories import (
    make_coach_skill,
    make_portfolio_item,
    make_request,
    make_skill,
    make_student_skill,
    make_synonym,
)

FORM = {"skill": "Kastilian", "into": "Spanish"}
REQUEST = {
    "title": "Small talk in Madrid", "skills": "Kastilian", "level": "beginner",
    "description": "I move to Madrid, and would like to say more than good morning there.",
    "format": "ongoing", "action": "publish",
}  # fmt: skip


@pytest.fixture
def kastilian(db):
    make_skill(db, "Spanish")
    return make_skill(db, "Kastilian", topic="")


def line(page, skill):
    return " ".join(page.one(f"#skill-{skill.id}").get_text(" ", strip=True).split())


def test_mina_sees_what_members_named_first_and_who_uses_it(
    browser, db, kastilian, sofia, carla, mina
):
    make_request(db, sofia, skills=("Kastilian",))
    make_coach_skill(db, carla, "Kastilian")
    make_portfolio_item(db, carla, skills=("Kastilian",))
    make_student_skill(db, sofia, "Kastilian")
    make_synonym(db, "Español", of="Spanish")
    page = browser.as_(mina).get("/admin/skills")
    assert page.texts("#list h2")[0] == "Kastilian"
    said = line(page, kastilian)
    for words in ("Not on our list", "1 request", "1 coach", "1 portfolio item", "1 student"):
        assert words in said
    assert page.says("1 skill not on our list yet") and page.says("Also Español")


def test_a_skill_is_found_by_a_part_of_any_of_its_names(browser, db, kastilian, mina):
    make_synonym(db, "Español", of="Spanish")
    asking = browser.as_(mina)
    assert asking.get("/admin/skills?q=espanol").texts("#list h2") == ["Spanish"]
    assert asking.get("/admin/skills?q=TIL").texts("#list h2") == ["Kastilian"]
    assert asking.get("/admin/skills?q=100%25").says("No skill is called that")
    answer = asking.htmx.get("/admin/skills?q=til")
    assert answer.has("#skills #list") and not answer.has("h1")


def test_the_list_goes_on_by_pages(browser, db, mina):
    for number in range(21):
        make_skill(db, f"Skill {number}", topic="Own" if number < 5 else "")
    page = browser.as_(mina).get("/admin/skills")
    assert page.texts("#list h2")[0] == "Skill 20"
    assert page.click("Show 20 more").texts("#list h2") == ["Skill 0"]


def test_mina_makes_one_of_two(browser, db, kastilian, sofia, carla, mina):
    wanted = make_request(db, sofia, skills=("Kastilian",))
    page = browser.as_(mina).get("/admin/skills").click("Merge Kastilian")
    assert page.form("merge").value("skill") == "Kastilian"
    page = page.form("merge").fill(into="spanish").submit().follow()
    assert page.says("“Kastilian” is now another name for “Spanish”.")
    assert browser.as_(carla).get(f"/requests/{wanted.id}").says("Spanish")
    assert browser.as_(carla).get("/requests?q=kastilian").has(f"a[href='/requests/{wanted.id}']")


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_what_cannot_be_merged_is_said_beside_the_field(browser, kastilian, mina, way):
    asking = getattr(browser.as_(mina), way)
    page = asking.post("/admin/skills/merge", FORM | {"into": "Klingon"})
    assert page.is_redisplay and page.error_of("into") == "No skill is called that."
    assert page.form("merge").value("skill") == "Kastilian"
    assert asking.post("/admin/skills/merge", FORM | {"into": "kastilian"}).is_redisplay
    assert asking.post("/admin/skills/merge", {}).error_of("skill") == "Fill this in."


@pytest.mark.parametrize("name", ["sofia", "carla", "dora"])
def test_nobody_else_merges(browser, db, kastilian, request, name):
    asking = browser.as_(request.getfixturevalue(name))
    assert asking.get("/admin/skills").is_not_allowed
    assert asking.post("/admin/skills/merge", FORM).is_not_allowed
    assert browser.post("/admin/skills/merge", FORM).asks_to_sign_in
    assert db.query(Skill).filter_by(name="Kastilian").count() == 1


# At the same moment.


@pytest.fixture
def at_once(browser):
    """Sends [(person, path, fields)] at the same moment; the answers come back in order."""

    def send(posts):
        ready = []
        for person, _, _ in posts:
            here = browser.as_(person)
            ready.append(Browser(here.client, here.db, lambda: None))
            ready[-1].cookies = dict(here.cookies)
        browser.settle()
        barrier = threading.Barrier(len(posts))

        def press(number):
            _, path, fields = posts[number]
            barrier.wait()
            return ready[number].post(path, fields)

        with ThreadPoolExecutor(len(posts)) as pool:
            answers = list(pool.map(press, range(len(posts))))
        browser.settle()
        return answers

    return send


def test_whoever_names_the_old_one_meanwhile_has_the_other(
    real_database, db, kastilian, at_once, sofia, sam, mina
):
    wanted = make_request(db, sofia, skills=("Kastilian", "Tax"))
    change = REQUEST | {"version": "1", "action": "save", "skills": "Kastilian, Tax"}
    posts = [(mina, "/admin/skills/merge", FORM), (sofia, f"/requests/{wanted.id}/edit", change)]
    posts += [(sam, "/requests", REQUEST)] * 4
    answers = at_once(posts)
    assert {answer.status for answer in answers[1:]} == {303}
    if answers[0].is_conflict:  # somebody began to use it in between: Mina looks, and tries again
        assert at_once(posts[:1])[0].status == 303
    spanish = db.query(Skill).filter_by(folded="spanish").one()
    assert not db.query(Skill).filter_by(folded="kastilian").count()
    assert db.query(SkillSynonym).filter_by(folded="kastilian").one().skill_id == spanish.id
    used = db.query(RequestSkill).filter_by(skill_id=spanish.id).count()
    assert used == db.query(LearningRequest).count() == 5
    for one in db.query(LearningRequest):
        assert {"kastilian", "spanish"} <= {*one.search_title.split()}


def test_two_merges_of_one_skill_at_once_are_one(real_database, db, kastilian, at_once, mina, ada):
    make_skill(db, "Castilian")
    forms = [FORM, {"skill": "Kastilian", "into": "Castilian"}]
    posts = [
        (who, "/admin/skills/merge", form) for who, form in zip((mina, ada), forms, strict=True)
    ]
    answers = at_once(posts)
    assert {answer.status for answer in answers} <= {303, 409}
    assert any(answer.status == 303 for answer in answers)
    assert not db.query(Skill).filter_by(folded="kastilian").count()
    assert db.query(SkillSynonym).filter_by(folded="kastilian").count() == 1


def test_who_names_a_skill_waits_for_its_merge_and_gets_what_it_became(
    real_database, db, kastilian
):
    if real_database.is_sqlite:
        pytest.skip("one writer at a time")
    spanish = make_skill(db, "Spanish").id
    db.commit()
    found = []

    def name_it():
        with real_database.writing() as other:
            found.extend(skill.id for skill in find_or_create_skills(other, ["Kastilian"]))

    with real_database.session(write=True) as merging:
        [old, _] = skill_merges.hold(merging, [kastilian.id, spanish])[::-1]
        naming = threading.Thread(target=name_it)
        with real_database.session(write=True) as looking:
            looking.execute(text("SET LOCAL lock_timeout = '100ms'"))
            with pytest.raises(OperationalError, match="lock timeout"):
                skill_names.of_folded(looking, ["kastilian"], hold=True)
        naming.start()
        skill_merges.use_instead(merging, old.id, spanish)
        skill_merges.forget(merging, old, ["kastilian"])
        merging.add(SkillSynonym(skill_id=spanish, name="Kastilian", folded="kastilian"))
        merging.commit()
    naming.join()
    assert found == [spanish]
    assert not db.scalars(select(Skill).where(Skill.folded == "kastilian")).all()
