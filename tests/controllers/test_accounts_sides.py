"""Gaining a second side, and where a person lands who switches."""

import pytest

from db.models.accounts import Side
from db.models.events import Event
from db.models.languages import StudentLanguage
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from tests.factories import make_account
from tests.people import make_person


def test_sofia_begins_to_teach(browser, db, sofia):
    page = browser.as_(sofia).get("/dashboard")
    answer = page.form("/role").submit("coach")
    assert answer.leads_to("/become-a-coach")
    profile = db.get(CoachProfile, sofia.id)
    assert (profile.handle, profile.status) == ("sofia-mwangi", CoachStatus.DRAFT)
    assert db.get(StudentProfile, sofia.id)
    db.refresh(sofia)
    assert sofia.role_view is Side.COACH
    home = browser.as_(sofia).get("/dashboard")
    assert home.says("Your application")
    assert home.has(".seg")
    event = db.query(Event).filter_by(name="account.side_added").one()
    assert (event.subject_id, event.actor_id, event.detail) == (
        sofia.id, sofia.id, {"added": "coach"},
    )  # fmt: skip


def test_a_second_side_is_gained_as_a_fragment(browser, db, sofia):
    answer = browser.as_(sofia).htmx.post("/role", {"role": "coach"})
    assert answer.headers["HX-Redirect"] == "/become-a-coach"
    assert db.get(CoachProfile, sofia.id)


def test_who_switches_lands_at_home_or_where_they_have_not_told_us_yet(browser, db, dora):
    hers = browser.as_(dora)
    assert hers.post("/role", {"role": "coach"}).leads_to("/dashboard")
    assert hers.post("/role", {"role": "student"}).leads_to("/dashboard")
    db.get(CoachProfile, dora.id).status = CoachStatus.DRAFT
    assert hers.post("/role", {"role": "coach"}).leads_to("/become-a-coach")
    dora.country = None
    db.query(StudentLanguage).delete()
    assert hers.post("/role", {"role": "student"}).leads_to("/welcome")


@pytest.mark.parametrize("name", ["carla", "noor", "petra"])
def test_a_coach_begins_to_learn_and_stays_the_coach_they_are(browser, db, name):
    person = make_person(db, name)
    before = db.get(CoachProfile, person.id)
    kept = {column.key: getattr(before, column.key) for column in CoachProfile.__table__.columns}
    browser.as_(person).post("/role", {"role": "student"})
    after = db.get(CoachProfile, person.id)
    assert {
        column.key: getattr(after, column.key) for column in CoachProfile.__table__.columns
    } == (kept)
    assert db.get(StudentProfile, person.id)


def test_noor_switches_back_and_forth_and_loses_no_step(browser, db, noor):
    hers = browser.as_(noor)
    for _ in range(2):
        assert hers.post("/role", {"role": "student"}).follow().has('[href="/requests/new"]')
        assert hers.post("/role", {"role": "coach"}).leads_to("/become-a-coach")
    assert hers.get("/dashboard").says("Your coach profile is begun and not sent yet")
    assert db.get(CoachProfile, noor.id).status is CoachStatus.DRAFT
    assert db.query(Event).filter_by(name="account.side_added").count() == 1


def test_who_has_both_sides_gains_nothing(browser, db, dora):
    browser.as_(dora).post("/role", {"role": "coach"})
    browser.as_(dora).post("/role", {"role": "student"})
    assert db.query(Event).filter_by(name="account.side_added").count() == 0


@pytest.mark.parametrize("side", ["student", "coach"])
def test_staff_may_have_sides_too_and_keep_what_they_look_after(browser, db, mina, side):
    begun = browser.as_(mina).post("/role", {"role": side})
    assert begun.leads_to({"coach": "/become-a-coach", "student": "/dashboard"}[side])
    assert browser.as_(mina).get("/dashboard").is_good
    db.refresh(mina)
    assert mina.staff_role
    assert mina.role_view == side


def test_the_menu_offers_the_side_one_lacks(browser, sofia, carla, dora, mina):
    def offered(person):
        return browser.as_(person).get("/dashboard").texts('.menu [action="/role"] button')

    assert offered(sofia) == ["Teach on Skileez too"]
    assert offered(carla) == ["Learn on Skileez too"]
    assert offered(dora) == ["Switch to Teach"]
    assert offered(mina) == []


def test_pressed_twice_at_once_it_is_one_side(real_database, browser, db, sofia):
    from concurrent.futures import ThreadPoolExecutor

    hers = browser.as_(sofia)
    db.commit()
    browser.settle = hers.settle = lambda: None
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: hers.post("/role", {"role": "coach"}), range(4)))
    assert {answer.location for answer in answers} == {"/become-a-coach"}
    db.rollback()
    assert db.query(CoachProfile).count() == 1
    assert db.query(Event).filter_by(name="account.side_added").count() == 1


def test_guest_and_suspended_sid_are_asked_to_sign_in(browser, sid):
    assert browser.post("/role", {"role": "coach"}).asks_to_sign_in
    assert browser.as_(sid).post("/role", {"role": "coach"}).asks_to_sign_in


@pytest.mark.parametrize(("name", "stored"), [("sofia", Side.COACH), ("carla", Side.STUDENT)])
def test_a_stored_side_one_lacks_breaks_no_page(browser, db, name, stored):
    person = make_person(db, name)
    person.role_view = stored
    for path in ("/dashboard", "/", "/coaches"):
        assert browser.as_(person).get(path).is_good


def test_an_account_without_sides_has_a_home(browser, db):
    nobody = make_account(db, role_view=Side.COACH)
    assert browser.as_(nobody).get("/dashboard").is_good
