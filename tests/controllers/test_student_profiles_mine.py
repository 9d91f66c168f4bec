"""A student's own profile, changed part by part: in place, and as ordinary pages."""

import pytest

from db.models.accounts import Side
from db.models.events import Event
from db.models.profiles import CoachProfile, StudentProfile
from db.queries import student_profiles
from tests.browser import Browser
from tests.controllers.test_list_items import at_once
from tests.drawings import drawn
from tests.factories import make_account, make_student

WORDS = {
    "about": {"bio": "I sing in a choir.\n\nOn Sundays I bake."},
    "goal": {"skills": "Guitar, Spanish", "goal": "Play one song at my sister's wedding."},
    "place": {"country": "Spain", "time_zone": "Madrid, Spain"},
}

OTHERWISE = {
    "about": {"bio": "I like trains."},
    "goal": {"goal": "Read a book."},
    "place": {"country": "Kenya"},
}


def stored(db, person):
    db.expire_all()
    found = student_profiles.find(db, person.id)
    return {
        "about": found.bio,
        "goal": (found.skills, found.goal),
        "place": (found.country, found.time_zone),
    }


AFTER = {
    "about": WORDS["about"]["bio"],
    "goal": (["Guitar", "Spanish"], WORDS["goal"]["goal"]),
    "place": ("ES", "Europe/Madrid"),
}


def opened(browser, person, part):
    return browser.as_(person).get(f"/profile/student/{part}")


def form(answer, part):
    return answer.form(f"/profile/student/{part}")


@pytest.mark.parametrize("part", WORDS)
def test_sofia_changes_a_part_on_a_page_of_its_own(browser, db, sofia, part):
    before = stored(db, sofia)
    answer = form(opened(browser, sofia, part), part).fill(**WORDS[part]).submit()
    assert answer.leads_to("/profile/student")
    assert stored(db, sofia) == before | {part: AFTER[part]}
    assert answer.follow().says("Saved:")
    event = db.query(Event).filter_by(name="student_profile.updated").one()
    assert (event.actor_id, event.side, event.subject_id) == (sofia.id, "student", sofia.id)


@pytest.mark.parametrize("part", WORDS)
def test_sofia_changes_a_part_in_place(browser, db, sofia, part):
    sofias = browser.as_(sofia)
    page = sofias.get("/profile/student")
    link = page.one(f'#part-{part} a[hx-get="/profile/student/{part}"]')
    assert link["hx-target"] == f"#part-{part}" and not page.has("main form")
    fragment = sofias.htmx.get(link["href"])
    assert [tag["id"] for tag in fragment.all("section")] == [f"part-{part}"]
    answer = form(fragment, part).fill(**WORDS[part]).submit(htmx=True)
    assert answer.is_good and answer.has(f"section#part-{part}") and not answer.has("form")
    assert answer.has("#advice") and answer.says("Saved:")
    assert stored(db, sofia)[part] == AFTER[part]


def test_cancel_shows_the_part_again(browser, sofia):
    link = opened(browser, sofia, "about").one("#part-about a.btn-quiet")
    assert link["href"] == "/profile/student#part-about"
    fragment = browser.as_(sofia).htmx.get(link["hx-get"])
    assert fragment.has("section#part-about") and not fragment.has("form")
    assert len(fragment.all("section")) == 1


@pytest.mark.parametrize("htmx", [False, True])
def test_mistakes_come_back_with_what_was_typed(browser, db, sofia, htmx):
    again = form(opened(browser, sofia, "place"), "place").fill(
        country="Atlantis", time_zone="Nowhere"
    ).submit(htmx=htmx)  # fmt: skip
    assert again.is_redisplay and again.error_of("country") and again.error_of("time_zone")
    assert form(again, "place").value("country") == "Atlantis"
    long = form(opened(browser, sofia, "about"), "about").fill(bio="x" * 1001).submit(htmx=htmx)
    assert long.error_of("bio") and stored(db, sofia)["about"] == ""


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("part", WORDS)
def test_an_older_form_never_overwrites_unseen(browser, db, sofia, part, htmx):
    older = form(opened(browser, sofia, part), part).fill(**WORDS[part])
    newer = {"about": {"bio": "Newer"}, "goal": {"goal": "Newer"}, "place": {"country": "Peru"}}
    form(opened(browser, sofia, part), part).fill(**newer[part]).submit()
    conflict = older.submit(htmx=htmx)
    assert conflict.is_conflict
    assert conflict.says("Newer" if part != "place" else "Peru")
    for name, typed in WORDS[part].items():
        assert form(conflict, part).value(name).replace("\r\n", "\n") == typed
    assert stored(db, sofia)[part] != AFTER[part]
    form(conflict, part).submit()
    assert stored(db, sofia)[part] == AFTER[part]


def test_the_next_best_step_is_counted_from_what_is_there(browser, db):
    ines = make_student(db, make_account(db, first_name="Inés"))
    page = browser.as_(ines).get("/profile/student")
    assert page.says("0 of 5 parts are there")
    assert page.one("#advice a")["href"] == "/profile/student/place"
    form(opened(browser, ines, "place"), "place").fill(**WORDS["place"]).submit()
    page = browser.as_(ines).get("/profile/student")
    assert page.says("1 of 5 parts are there")
    assert page.one("#advice a")["href"] == "/profile/student/languages"


def test_sofia_is_led_to_what_she_has_not_said(browser, sofia):
    page = browser.as_(sofia).get("/profile/student")
    assert page.says("2 of 5 parts are there")
    assert page.one("#advice a")["href"] == "/profile/student/goal"


def test_dora_reaches_both_profiles_from_either_view_and_changes_one(browser, db, dora):
    coach = db.get(CoachProfile, dora.id)
    before = (coach.bio, coach.headline)
    for view in Side:
        dora.role_view = view
        page = browser.as_(dora).get("/dashboard")
        assert page.has('.menu a[href="/coaches/dora-lindqvist"]')
        assert page.has(f'.menu a[href="/students/{dora.id}"]')
        own = browser.as_(dora).get(f"/students/{dora.id}")
        assert own.click("Change your page").is_good
        form(opened(browser, dora, "about"), "about").fill(bio=f"As a {view}").submit()
        assert stored(db, dora)["about"] == f"As a {view}"
    assert (coach.bio, coach.headline) == before


@pytest.mark.parametrize("part", ["nothing", "0", "About", "bio"])
def test_no_other_part_is_there(browser, sofia, part):
    assert opened(browser, sofia, part).is_not_found
    assert browser.as_(sofia).get(f"/profile/student?part={part}").is_not_found


def test_only_students_have_one(browser, carla, mina):
    for person in (carla, mina):
        assert browser.as_(person).get("/profile/student").is_not_allowed
        assert browser.as_(person).post("/profile/student/about", {}).is_not_allowed
    assert browser.as_guest().get("/profile/student").asks_to_sign_in


def test_saving_the_same_again_writes_no_history(browser, db, sofia):
    for _ in range(2):
        form(opened(browser, sofia, "goal"), "goal").fill(**WORDS["goal"]).submit()
    assert db.query(Event).filter_by(name="student_profile.updated").count() == 1


def test_an_emptied_part_is_empty(browser, db, sofia):
    db.get(StudentProfile, sofia.id).bio = "Gone tomorrow"
    form(opened(browser, sofia, "about"), "about").fill(bio="").submit()
    assert stored(db, sofia)["about"] == ""


def test_what_is_written_is_never_markup(browser, sofia):
    script = "<script>alert(1)</script>"
    answer = form(opened(browser, sofia, "about"), "about").fill(bio=script).submit().follow()
    assert script not in answer.text and answer.says(script)


@pytest.mark.parametrize("htmx", [False, True])
def test_sofia_shows_a_picture_and_takes_it_down(browser, db, sofia, htmx):
    chosen = form(opened(browser, sofia, "picture"), "picture")
    answer = chosen.attach(picture=("me.jpg", drawn())).submit(htmx=htmx)
    assert answer.says("Saved: your picture.") or answer.status == 303
    db.expire_all()
    token = student_profiles.find(db, sofia.id).picture
    assert browser.as_(sofia).get(f"/students/{sofia.id}").has(f'img[src="/pictures/{token}"]')
    form(opened(browser, sofia, "picture"), "picture").fill(remove_picture=True).submit()
    db.expire_all()
    assert student_profiles.find(db, sofia.id).picture is None


@pytest.mark.parametrize("htmx", [False, True])
def test_a_file_that_is_no_picture_is_refused_in_words(browser, db, sofia, htmx):
    chosen = form(opened(browser, sofia, "picture"), "picture")
    again = chosen.attach(picture=("me.jpg", b"words")).submit(htmx=htmx)
    assert again.is_redisplay and again.error_of("picture")
    assert student_profiles.find(db, sofia.id).picture is None


def test_staff_see_the_picture_only_after_they_said_why(browser, db, sofia, mina, sam):
    form(opened(browser, sofia, "picture"), "picture").attach(picture=("a.jpg", drawn())).submit()
    token = student_profiles.find(db, sofia.id).picture
    for person in (mina, sam):
        assert browser.as_(person).get(f"/pictures/{token}").is_not_found
    asked = browser.as_(mina).get(f"/students/{sofia.id}").form("look")
    asked.fill(reason="They asked us whether the picture shows.").submit()
    assert browser.as_(mina).get(f"/pictures/{token}").is_good


def test_the_list_among_the_parts_takes_no_form(browser, sofia):
    assert browser.as_(sofia).post("/profile/student/languages", {}).is_not_found


def test_who_has_no_such_side_reads_of_which_it_is_a_part(browser, sofia, carla):
    answer = browser.as_(carla).get("/profile/student")
    assert answer.is_not_allowed and answer.says("This is part of a student profile.")
    answer = browser.as_(sofia).get("/profile/coach")
    assert answer.is_not_allowed and answer.says("This is part of a coach profile.")


@pytest.mark.parametrize("part", WORDS)
def test_of_two_tabs_that_save_a_part_at_once_one_is_told(real_database, client, db, sofia, part):
    version = opened(Browser(client, db, db.commit), sofia, part).one("[name=version]")["value"]
    ways = [WORDS[part], WORDS[part] | OTHERWISE[part]]
    posts = [(f"/profile/student/{part}", words | {"version": version}) for words in ways * 2]
    answers = at_once(client, db, sofia, *posts)
    saved = {number % 2 for number, answer in enumerate(answers) if answer.status == 303}
    assert len(saved) == 1 and {answer.status for answer in answers} == {303, 409}
