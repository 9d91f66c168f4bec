"""Home: what is recommended, with its score and the reasons; and nothing where nothing fits."""

import pytest

from db.models.accounts import Side
from db.models.profiles import CoachProfile, StudentProfile
from db.models.skills import LanguageLevel
from tests.factories import (
    make_bookmark,
    make_coach,
    make_coach_skill,
    make_language,
    make_request,
    make_student,
    make_student_skill,
)
from tests.statements import statements

MATCHES, COACHES = "[aria-labelledby=matches]", "[aria-labelledby=coaches]"


def of(person, side):
    person.role_view = side
    return person


# A coach's.


def test_carla_is_shown_the_five_best_with_score_and_reasons(browser, db, carla, sofia):
    make_request(db, sofia, skills=("Spanish", "Chess"), title="Half of it")
    for number in range(5):
        make_request(db, sofia, title=f"All of it, number {number}")
    page = browser.as_(carla).get("/dashboard")
    titles = page.texts(f"{MATCHES} li h2")
    assert titles == [f"All of it, number {number}" for number in (4, 3, 2, 1, 0)]
    [first, *_] = page.texts(f"{MATCHES} details summary")
    assert first == "100 of 100 Why 100?"
    assert page.has(f"{MATCHES} a[href='/requests?sort=match']")
    assert page.has(f"{MATCHES} a[href='/how-matching-works']")


def test_the_reasons_of_carlas_add_up_on_the_page(browser, db, carla, sofia):
    make_request(db, sofia, skills=("Spanish", "Chess", "Piano"), budget_to=1700)
    page = browser.as_(carla).get("/dashboard")
    parts = page.texts(f"{MATCHES} details li b")
    assert parts == [
        "Skills 13 of 40:", "Language 20 of 20:", "Budget 11 of 15:", "Times not counted:",
        "Level 5 of 5:", "Rating not counted:",
    ]  # fmt: skip
    assert page.says("Together 49 out of 80, scaled to 100: 61.")
    assert page.says("If you teach Chess or Piano, add it to your skills.")
    assert page.says("Your price is 6% above the budget.")


def test_carla_marks_what_is_recommended_in_place(browser, db, carla, sofia):
    wanted = make_request(db, sofia)
    make_bookmark(db, wanted, carla)
    page = browser.as_(carla).get("/dashboard")
    assert page.has(f"{MATCHES} form[action='/requests/{wanted.id}/unbookmark']")


def test_carla_reads_the_truth_where_nothing_fits(browser, db, carla, sofia):
    make_request(db, sofia, skills=("Chess",))
    page = browser.as_(carla).get("/dashboard")
    assert page.says("No new request asks for the skills on your page just now.")
    assert not page.has(f"{MATCHES} li") and not page.says("See more")


def test_noor_is_told_where_her_application_stands_instead(browser, db, noor, sofia):
    make_coach_skill(db, noor, "Spanish")
    make_request(db, sofia)
    page = browser.as_(noor).get("/dashboard")
    assert page.says("Your application") and not page.has(MATCHES)


# A student's.


def test_sofia_is_shown_coaches_for_each_open_request(browser, db, sofia, carla, dora):
    older = make_request(db, sofia, skills=("Piano",))
    wanted = make_request(db, sofia, skills=("Spanish", "Chess"))
    make_request(db, sofia, skills=("Welding",))
    page = browser.as_(sofia).get("/dashboard")
    assert page.texts(f"{COACHES} h3") == ["Carla Ruiz", "Dora Lindqvist"]
    for one in (wanted, older):
        assert page.has(f"{COACHES} a[href='/requests/{one.id}']")
        assert page.has(f"{COACHES} a[href='/coaches?sort=match&request={one.id}']")
    assert page.says("Spanish; missing Chess")
    assert not page.says("What would raise it")


def test_sam_is_shown_coaches_for_what_he_would_like_to_learn(browser, db, sam, carla, cole):
    make_student_skill(db, sam, "Spanish")
    page = browser.as_(sam).get("/dashboard")
    assert set(page.texts(f"{COACHES} h3")) == {"Carla Ruiz", "Cole Bennett"}
    assert page.says("For what you want to learn") and page.says("Post your first request")


def test_no_more_than_five_coaches_are_shown_to_sofia(browser, db, sofia):
    make_request(db, sofia)
    for _ in range(7):
        make_coach_skill(db, make_coach(db), "Spanish")
    assert len(browser.as_(sofia).get("/dashboard").all(f"{COACHES} li h3")) == 5


def test_where_nobody_fits_there_is_no_box(browser, db, sofia, sam, dora):
    make_request(db, sofia)
    assert not browser.as_(sofia).get("/dashboard").has(COACHES)
    assert not browser.as_(sam).get("/dashboard").has(COACHES)


def test_dora_is_not_recommended_herself(browser, db, dora, carla):
    make_request(db, dora, skills=("Piano",))
    assert not browser.as_(of(dora, Side.STUDENT)).get("/dashboard").has(COACHES)


# Both.


@pytest.mark.parametrize("side", list(Side))
def test_home_with_recommendations_asks_at_most_twelve_things(browser, db, database, dora, side):
    student = make_student(db)
    for _ in range(8):
        make_request(db, student, skills=("Piano", "Singing"))
        make_coach_skill(db, make_coach(db), "Piano")
    make_request(db, dora, skills=("Piano",))
    hers = browser.as_(of(dora, side))
    hers.get("/dashboard")
    with statements(database) as sent:
        page = hers.get("/dashboard")
    assert len(page.all(f"{MATCHES if side is Side.COACH else COACHES} details")) == 5
    assert len([one for one in sent if one.startswith("SELECT")]) <= 10


def test_no_word_of_a_match_tells_what_is_private_of_sofia(browser, db, carla, cole, sofia):
    sofia.first_name, sofia.last_name = "Canaryfirst", "Canarylast"
    sofia.email, sofia.time_zone = "canary@skileez.example", "America/Argentina/Ushuaia"
    db.get(StudentProfile, sofia.id).bio = "Canarybio"
    db.get(StudentProfile, sofia.id).goal = "Canarygoal"
    db.get(CoachProfile, cole.id).headline = "Canaryrival"
    make_student_skill(db, sofia, "Canaryskill")
    make_language(db, sofia, "eo", Side.STUDENT, LanguageLevel.BASIC)
    make_request(
        db, sofia, skills=("Spanish", "Chess"), times=["mon_morning", "sat_evening"],
        budget_from=700, budget_to=1600, language="es",
    )  # fmt: skip
    text = browser.as_(carla).get("/dashboard").one(MATCHES).get_text(" ").lower()
    assert "times 6 of 10" in text  # the zone is counted with
    for private in ("canary", "ushuaia", "argentina", "america", "utc", "bennett"):
        assert private not in text, private
