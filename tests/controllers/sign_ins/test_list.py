"""The browsers one is signed in with: told in words, and signed out from afar."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.clock import now
from db.models.events import Event
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import make_sign_in

PAGE = "/settings/sign-ins"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"


def far(db, sofia, **but):
    """Sofia's phone, far from the browser she looks from."""
    return make_sign_in(db, sofia, browser=FIREFOX, place="Network 203.0.113", **but)


def prove_long_ago(db, sofia):
    db.query(SignIn).filter_by(account_id=sofia.id).update(
        {"proved_at": now() - timedelta(hours=1)}
    )


# Looking.


def test_sofia_sees_her_browsers_this_one_first(browser, db, sofia):
    hers = browser.as_(sofia)
    far(db, sofia, seen_at=now() + timedelta(minutes=1))
    page = hers.get(PAGE)
    first, second = page.texts("#sign-ins li")
    assert first.startswith("A browser This device")
    assert second.startswith("Firefox on Android Network 203.0.113 Signed in ")
    assert len(page.all("#sign-ins li form")) == 1


def test_times_are_told_in_her_zone(browser, db, sofia):
    sofia.time_zone = "Africa/Nairobi"
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False):
        hers = browser.as_(sofia)
        far(db, sofia, created_at=now() - timedelta(days=2), remember=True)
        [said] = [said for said in hers.get(PAGE).texts("#sign-ins li") if "Firefox" in said]
    assert "Signed in Tue 17 Nov, 15:00 Last seen Thu 19 Nov, 15:00" in said


def test_what_has_run_out_and_what_is_sams_is_not_listed(browser, db, sofia, sam):
    hers = browser.as_(sofia)
    far(db, sofia, seen_at=now() - timedelta(hours=13))
    far(db, sofia, seen_at=now() - timedelta(days=15), remember=True)
    far(db, sofia, expires_at=now())
    make_sign_in(db, sam)
    assert len(hers.get(PAGE).all("#sign-ins li")) == 1
    assert not hers.get(PAGE).has('form[action$="end-others"]')


def test_sofia_looks_as_a_fragment(browser, sofia):
    assert browser.as_(sofia).htmx.get(PAGE).one("#sign-ins")


# Signing one out.


def test_sofia_signs_her_phone_out(browser, db, sofia):
    hers, phone = browser.as_(sofia), far(db, sofia).id
    answer = hers.get(PAGE).form(f"{PAGE}/{phone}/end").submit()
    assert answer.leads_to(PAGE)
    assert answer.follow().says("That browser is signed out.")
    assert db.query(SignIn).count() == 1
    event = db.query(Event).filter_by(name="sign_in.ended").one()
    assert (event.actor_id, event.subject_id) == (sofia.id, phone)


def test_sofia_signs_her_phone_out_as_a_fragment(browser, db, sofia):
    hers, phone = browser.as_(sofia), far(db, sofia)
    answer = hers.htmx.post(f"{PAGE}/{phone.id}/end")
    assert len(answer.all("#sign-ins li")) == 1 and answer.says("That browser is signed out.")


def test_signing_out_the_one_she_holds_is_signing_out(browser, db, sofia):
    hers = browser.as_(sofia)
    hers.settle()
    answer = hers.post(f"{PAGE}/{db.query(SignIn).one().id}/end")
    assert answer.leads_to("/") and answer.headers["Clear-Site-Data"]
    assert COOKIE not in hers.cookies
    assert db.query(SignIn).count() == 0


def test_sams_browser_is_as_if_it_did_not_exist(browser, db, sofia, sam):
    hers, sams = browser.as_(sofia), make_sign_in(db, sam)
    assert hers.post(f"{PAGE}/{sams.id}/end").is_not_found
    assert browser.as_guest().post(f"{PAGE}/{sams.id}/end").asks_to_sign_in
    assert db.get(SignIn, sams.id)


def test_what_has_ended_already_is_gone(browser, db, sofia):
    hers, phone = browser.as_(sofia), far(db, sofia).id
    assert hers.post(f"{PAGE}/{phone}/end").leads_to(PAGE)
    assert hers.post(f"{PAGE}/{phone}/end").is_not_found


# Signing all others out.


def test_sofia_signs_out_everywhere_else(browser, db, sofia, sam):
    hers = browser.as_(sofia)
    for _ in range(3):
        far(db, sofia)
    make_sign_in(db, sam)
    answer = hers.get(PAGE).form(f"{PAGE}/end-others").submit()
    assert answer.leads_to(PAGE)
    assert answer.follow().says("You are signed out everywhere else.")
    assert [one.browser for one in db.query(SignIn).filter_by(account_id=sofia.id)] == [""]
    assert db.query(SignIn).filter_by(account_id=sam.id).count() == 1
    assert db.query(Event).filter_by(name="sign_in.ended_others", actor_id=sofia.id).count() == 1


def test_the_others_are_guests_at_their_next_request(browser, db, sofia):
    hers, phone = browser.as_(sofia), browser.as_guest()
    phone.post("/sign-in", {"email": sofia.email, "password": "learn-something-new"})
    assert phone.get("/dashboard").is_good
    assert hers.htmx.post(f"{PAGE}/end-others").one("#sign-ins li")
    assert phone.get("/dashboard").asks_to_sign_in
    assert phone.htmx.get("/messages").asks_to_sign_in
    assert hers.get("/dashboard").is_good


@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_it_asks_for_the_password_after_a_quarter_of_an_hour(browser, db, sofia, way):
    hers = browser.as_(sofia)
    far(db, sofia)
    prove_long_ago(db, sofia)
    answer = getattr(hers, way).post(f"{PAGE}/end-others", headers={"Referer": f"https://x{PAGE}"})
    assert answer.location == f"/sign-in/again?next={PAGE}"
    assert db.query(SignIn).count() == 2


def test_guest_and_suspended_sid_are_asked_to_sign_in(browser, sid):
    for asking in (browser, browser.as_(sid)):
        assert asking.get(PAGE).asks_to_sign_in
        assert asking.post(f"{PAGE}/end-others").asks_to_sign_in
