"""Whoever joins to learn is asked about themselves at first: once, and never in the way."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.accounts import Side
from tests.factories import PASSWORD, make_account, make_coach, make_language, make_student


@pytest.fixture
def ines(db):
    return make_student(db, make_account(db, first_name="Inés", email="ines@skileez.example"))


def sign_in(browser, person, to="", guest=None):
    guest = guest or browser.as_guest()
    page = guest.get(f"/sign-in?next={to}" if to else "/sign-in")
    return page.form("/sign-in").fill(email=person.email, password=PASSWORD).submit()


def test_ines_is_asked_when_she_signs_in_for_the_first_time_and_never_again(browser, ines):
    guest = browser.as_guest()
    first = sign_in(browser, ines, guest=guest)
    assert first.leads_to("/welcome") and first.follow().is_good
    assert sign_in(browser, ines).leads_to("/dashboard")  # from another browser


def test_the_same_browser_later_on_is_no_first_time(browser, db, ines, monkeypatch):
    guest = browser.as_guest()
    sign_in(browser, ines, guest=guest)
    guest.post("/sign-out")
    later = now() + timedelta(minutes=5)
    monkeypatch.setattr("app.actions.devices.now", lambda: later)
    assert sign_in(browser, ines, guest=guest).leads_to("/dashboard")


def test_where_she_was_going_comes_first(browser, ines):
    assert sign_in(browser, ines, to="/requests/new").leads_to("/requests/new")


def test_who_has_told_something_goes_home(browser, db, ines, sofia):
    assert sign_in(browser, sofia).leads_to("/dashboard")
    make_language(db, ines, "es")
    assert sign_in(browser, ines).leads_to("/dashboard")


def test_who_came_to_teach_goes_home(browser, db, ines):
    coach = make_coach(db, make_account(db, email="bo@skileez.example", role_view=Side.COACH))
    assert sign_in(browser, coach).leads_to("/dashboard")
    make_coach(db, ines)
    ines.role_view = Side.COACH
    assert sign_in(browser, ines).leads_to("/dashboard")
