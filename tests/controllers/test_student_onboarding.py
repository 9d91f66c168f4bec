"""The first page of a student: four things, two doors, and the way around it."""

import pytest

from app.clock import now
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.profiles import StudentProfile
from db.models.skills import LanguageLevel
from db.queries import student_profiles
from tests.factories import make_account, make_coach, make_language, make_student


@pytest.fixture
def ines(db):
    """She has just joined, and has told nothing yet."""
    return make_student(db, make_account(db, first_name="Inés", last_name="Solano"))


def welcome(browser, person):
    return browser.as_(person).get("/welcome")


def filled(browser, person, **but):
    values = {
        "country": "Kenya", "time_zone": "Nairobi, Kenya", "language_1": "en",
        "level_1": "fluent", "skills": "Spanish, Guitar", "goal": "Talk to my neighbours by May.",
    }  # fmt: skip
    return welcome(browser, person).form("welcome").fill(**(values | but))


def speaks(db, person):
    return student_profiles.languages(db, person.id)


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("door", "to"), [("post_request", "/requests/new"), ("find_coach", "/coaches")]
)
def test_ines_tells_four_things_and_goes_through_a_door(browser, db, ines, htmx, door, to):
    answer = filled(browser, ines).submit(door, htmx=htmx)
    assert answer.leads_to(to)
    db.expire_all()
    assert (ines.country, ines.time_zone) == ("KE", "Africa/Nairobi")
    assert speaks(db, ines) == [("en", LanguageLevel.FLUENT)]
    assert student_profiles.skill_names(db, ines.id) == ["Spanish", "Guitar"]
    assert db.get(StudentProfile, ines.id).goal == "Talk to my neighbours by May."
    event = db.query(Event).filter_by(name="student_profile.updated").one()
    assert (event.actor_id, event.side, event.subject_id) == (ines.id, "student", ines.id)
    assert set(event.detail["changed"]) == {"country", "time_zone", "languages", "goal", "skills"}


def test_it_can_be_skipped(browser, ines):
    page = welcome(browser, ines)
    assert page.click("Skip for now").is_good


def test_what_sofia_has_told_stands_there(browser, sofia):
    form = welcome(browser, sofia).form("welcome")
    assert form.value("country") == "Kenya" and form.value("time_zone") == "Nairobi, Kenya"
    assert (form.value("language_1"), form.value("level_1")) == ("en", "fluent")
    assert (form.value("language_2"), form.value("language_3")) == ("sw", "")


def test_a_country_with_one_zone_suggests_it(browser, db, ines):
    ines.country = "KE"
    assert welcome(browser, ines).form("welcome").value("time_zone") == "Nairobi, Kenya"
    ines.country = "US"
    assert welcome(browser, ines).form("welcome").value("time_zone") == ""
    db.expire_all()
    assert ines.time_zone == "UTC"


@pytest.mark.parametrize("htmx", [False, True])
def test_all_that_is_missing_is_said_at_once(browser, db, ines, htmx):
    again = welcome(browser, ines).form("welcome").fill(goal="Sing", skills="x").submit(htmx=htmx)
    assert again.is_redisplay
    for name in ("country", "time_zone", "language_1", "skills"):
        assert again.error_of(name), name
    assert again.form("welcome").value("goal") == "Sing"
    assert ines.country is None and speaks(db, ines) == []


def test_each_language_once_and_each_with_a_level(browser, db, ines):
    twice = {"language_2": "en", "level_2": "native"}
    again = filled(browser, ines, **twice).submit()
    assert again.error_of("language_2") == "This language stands above already."
    assert filled(browser, ines, level_1="").submit().error_of("level_1")
    assert filled(browser, ines, level_2="native").submit().error_of("language_2")
    assert speaks(db, ines) == []


def test_rows_add_and_change_and_an_emptied_one_takes_nothing_away(browser, db, sofia):
    but = {"level_1": "native", "language_2": "", "level_2": "", "language_3": "es",
           "level_3": "basic"}  # fmt: skip
    assert filled(browser, sofia, **but).submit().status == 303
    native, fluent, basic = LanguageLevel.NATIVE, LanguageLevel.FLUENT, LanguageLevel.BASIC
    assert speaks(db, sofia) == [("en", native), ("sw", fluent), ("es", basic)]


def test_a_row_that_names_another_language_puts_it_in_place_of_the_first(browser, db, sofia):
    filled(browser, sofia, language_1="fr").submit()
    assert {language for language, _ in speaks(db, sofia)} == {"fr", "sw"}


def test_two_rows_change_places(browser, db, sofia):
    make_language(db, sofia, "de", level=LanguageLevel.BASIC)
    filled(browser, sofia, language_1="sw", level_1="basic", language_2="en").submit()
    assert sorted(speaks(db, sofia)) == [
        ("de", LanguageLevel.BASIC), ("en", LanguageLevel.FLUENT), ("sw", LanguageLevel.BASIC)
    ]  # fmt: skip


def test_a_language_that_was_removed_stands_there_again(browser, db, sofia):
    gone = make_language(db, sofia, "es")
    gone.removed_at = now()
    filled(browser, sofia, language_3="es", level_3="basic").submit()
    db.expire_all()
    assert gone.removed_at is None and gone.level is LanguageLevel.BASIC
    assert db.query(StudentLanguage).filter_by(account_id=sofia.id, language="es").count() == 1


def test_ten_rows_are_the_most(browser, db, sofia):
    for language in ("es", "fr", "de", "it", "pt", "nl", "sv", "pl", "cs"):
        make_language(db, sofia, language)
    fields = welcome(browser, sofia).form("welcome").fields
    assert "language_10" in fields and "language_11" not in fields
    answer = browser.as_(sofia).post("/welcome", {"language_11": "el", "level_11": "basic"})
    assert answer.status == 400


def test_looking_never_overwrites_and_an_older_page_never_unseen(browser, db, sofia):
    older = filled(browser, sofia, goal="The older words")
    filled(browser, sofia, goal="The newer words").submit()
    welcome(browser, sofia)
    for htmx in (False, True):
        conflict = older.submit(htmx=htmx)
        assert conflict.is_conflict and conflict.says("The newer words")
        assert conflict.form("welcome").value("goal") == "The older words"
    assert db.get(StudentProfile, sofia.id).goal == "The newer words"
    assert conflict.form("welcome").submit().status == 303
    db.expire_all()
    assert db.get(StudentProfile, sofia.id).goal == "The older words"


def test_saving_the_same_again_writes_no_history(browser, db, sofia):
    filled(browser, sofia).submit()
    filled(browser, sofia).submit()
    assert db.query(Event).filter_by(name="student_profile.updated").count() == 1


def test_the_coach_side_of_dora_is_never_touched(browser, db, dora):
    before = [(one.language, one.level) for one in db.query(CoachLanguage).order_by("id")]
    dora.role_view = Side.COACH
    filled(browser, dora, language_1="fr").submit()
    assert [(one.language, one.level) for one in db.query(CoachLanguage).order_by("id")] == before


def test_carla_has_no_student_side_to_fill_in(browser, carla):
    assert welcome(browser, carla).is_not_allowed
    assert browser.get("/welcome").asks_to_sign_in


def test_the_dashboard_asks_while_something_is_missing(browser, db, ines):
    home = browser.as_(ines).get("/dashboard")
    assert home.says("Tell us a little about you") and home.has('a[href="/welcome"]')
    for words in ("where you are", "your time zone", "what you speak"):
        assert home.says(words)
    filled(browser, ines).submit()
    assert not browser.as_(ines).get("/dashboard").has('a[href="/welcome"]')
    assert db.get(Account, ines.id).country == "KE"


def test_no_coach_is_asked(browser, db):
    coach = make_coach(db, make_account(db, role_view=Side.COACH, first_name="Bo"))
    assert not browser.as_(coach).get("/dashboard").has('a[href="/welcome"]')
