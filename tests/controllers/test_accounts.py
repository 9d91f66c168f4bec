"""Signing up, and switching sides."""

from time import perf_counter

import pytest

from app import passwords
from db.models.accounts import Account, Side
from db.models.events import Event
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile

FORM = {
    "first_name": "Ruth", "last_name": "Achieng", "email": "Ruth@Skileez.example",
    "password": "green kettle sings", "intent": "learn", "adult": "yes",
}  # fmt: skip


def account(db, email="ruth@skileez.example"):
    return db.query(Account).filter_by(email_folded=email).one()


# Signing up.


def test_guest_signs_up_to_learn(browser, db):
    page = browser.get("/sign-up")
    answer = page.form("/sign-up").fill(**{**FORM, "adult": True}).submit()
    assert answer.status == 303
    assert answer.location == "/sign-in?welcome=1"
    ruth = account(db)
    assert (ruth.name, ruth.email, ruth.role_view) == (
        "Ruth Achieng", "Ruth@skileez.example", Side.STUDENT,
    )  # fmt: skip
    assert passwords.matches(ruth.password_hash, "green kettle sings")
    assert not passwords.is_outdated(ruth.password_hash)
    assert ruth.email_confirmed_at is None
    assert db.get(StudentProfile, ruth.id) and not db.get(CoachProfile, ruth.id)
    event = db.query(Event).filter_by(name="account.created").one()
    assert (event.subject_id, event.actor_id, event.detail) == (
        ruth.id,
        ruth.id,
        {"intent": "learn"},
    )
    assert answer.follow().says("your account is ready")


def test_guest_signs_up_as_a_fragment(browser, db):
    answer = browser.htmx.post("/sign-up", FORM)
    assert answer.headers["HX-Redirect"] == "/sign-in?welcome=1"
    assert account(db)


@pytest.mark.parametrize(("intent", "sides", "view"), [
    ("learn", (True, False), Side.STUDENT),
    ("teach", (False, True), Side.COACH),
    ("both", (True, True), Side.STUDENT),
])  # fmt: skip
def test_guest_gets_the_sides_they_came_for(browser, db, intent, sides, view):
    browser.post("/sign-up", FORM | {"intent": intent})
    ruth = account(db)
    student, coach = db.get(StudentProfile, ruth.id), db.get(CoachProfile, ruth.id)
    assert (student is not None, coach is not None) == sides
    assert ruth.role_view is view
    if coach:
        assert (coach.handle, coach.status) == ("ruth-achieng", CoachStatus.DRAFT)


def test_namesakes_get_handles_of_their_own(browser, db):
    for number in range(12):
        form = FORM | {"intent": "teach", "email": f"ruth{number}@skileez.example"}
        assert browser.post("/sign-up", form).leads_to("/sign-in")
    profiles = db.query(CoachProfile).order_by(CoachProfile.account_id)
    handles = [profile.handle for profile in profiles]
    assert handles[:3] == ["ruth-achieng", "ruth-achieng-2", "ruth-achieng-3"]
    assert len(set(handles)) == 12


def test_a_name_in_any_script_gets_a_handle(browser, db):
    browser.post(
        "/sign-up", FORM | {"first_name": "Łucja", "last_name": "Ångström", "intent": "both"}
    )
    browser.post("/sign-up", FORM | {
        "first_name": "نور", "last_name": "حداد", "intent": "teach", "email": "noor@skileez.example"
    })  # fmt: skip
    assert [p.handle for p in db.query(CoachProfile)] == ["lucja-angstrom", "coach"]


def test_known_and_unknown_addresses_get_the_same_answer(browser, db, sofia):
    known = browser.post("/sign-up", FORM | {"email": "SOFIA@skileez.EXAMPLE"})
    unknown = browser.post("/sign-up", FORM)
    theirs = [
        (answer.status, answer.text, {**answer.headers, "x-request-id": ""})
        for answer in (known, unknown)
    ]
    assert theirs[0] == theirs[1]
    assert known.follow().text == unknown.follow().text
    db.refresh(sofia)
    assert sofia.first_name == "Sofia"
    assert db.query(Account).count() == 2


@pytest.mark.usefixtures("full_cost")
def test_a_known_address_costs_what_an_unknown_one_costs(browser, sofia):
    took = {True: [], False: []}
    for number in range(5):
        for is_known in took:
            email = sofia.email if is_known else f"ruth{number}@skileez.example"
            began = perf_counter()
            browser.post("/sign-up", FORM | {"email": email})
            took[is_known].append(perf_counter() - began)
    assert 0.6 < min(took[True]) / min(took[False]) < 1.6


def test_wrong_form_comes_back_as_it_was_typed(browser, db):
    form = browser.get("/sign-up").form("/sign-up")
    answer = form.fill(**{**FORM, "adult": False, "password": "sofia"}).submit()
    assert answer.is_redisplay
    assert "12 characters" in answer.error_of("password")
    assert answer.error_of("adult")
    again = answer.form("/sign-up")
    assert again.value("email") == FORM["email"]
    assert again.value("intent") == "learn"
    assert again.value("password") == ""
    assert "sofia" not in answer.text
    assert db.query(Account).count() == 0
    assert browser.htmx.post("/sign-up", FORM | {"intent": ""}).is_redisplay


def test_sofia_needs_no_second_account(browser, db, sofia):
    assert browser.as_(sofia).get("/sign-up").leads_to("/dashboard")
    assert browser.as_(sofia).post("/sign-up", FORM).leads_to("/dashboard")
    assert db.query(Account).count() == 1


def test_nobody_can_choose_what_they_become(browser, db):
    answer = browser.post("/sign-up", FORM | {"staff_role": "administrator"})
    assert answer.status == 400
    assert db.query(Account).count() == 0


def test_two_at_once_make_one_account(real_database, browser, db):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: browser.as_guest().post("/sign-up", FORM), range(4)))
    assert {answer.location for answer in answers} == {"/sign-in?welcome=1"}
    assert db.query(Account).count() == 1


# The time zone a browser is in.


@pytest.mark.parametrize(("said", "stored"), [
    ("Africa/Nairobi", "Africa/Nairobi"), ("Asia/Calcutta", "Asia/Kolkata"), ("", "UTC"),
    ("UTC", "UTC"), ("Nowhere/Land", "UTC"), ("../../etc/passwd", "UTC"), ("\x00", "UTC"),
    ("Europe/Madrid" * 30, "UTC"),
])  # fmt: skip
def test_the_browsers_time_zone_is_taken_when_it_is_one(browser, db, said, stored):
    assert browser.post("/sign-up", FORM | {"time_zone": said}).leads_to("/sign-in")
    assert account(db).time_zone == stored


def test_without_script_the_time_zone_is_not_known(browser, db):
    browser.post("/sign-up", FORM)
    assert account(db).time_zone == "UTC"


# Switching sides.


def test_dora_looks_from_the_coach_side(browser, db, dora):
    page = browser.as_(dora).get("/dashboard")
    answer = page.form(".seg").submit("coach")
    assert answer.leads_to("/dashboard")
    db.refresh(dora)
    assert dora.role_view is Side.COACH
    assert browser.as_(dora).post("/role", {"role": "student"}).leads_to("/dashboard")
    db.refresh(dora)
    assert dora.role_view is Side.STUDENT


def test_dora_switches_as_a_fragment(browser, dora):
    answer = browser.as_(dora).htmx.post("/role", {"role": "coach"})
    assert answer.headers["HX-Redirect"] == "/dashboard"


def test_a_side_that_is_not_offered_shows_home_again(browser, dora):
    assert browser.as_(dora).post("/role", {"role": "staff"}).is_redisplay
    assert browser.as_(dora).post("/role", {}).is_redisplay
