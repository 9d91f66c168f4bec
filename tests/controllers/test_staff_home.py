"""What waits for Mina, who looks after Skileez."""

from datetime import timedelta

import pytest

from app.clock import now
from db.models.outgoing_mail import MailStatus
from db.models.profiles import CoachProfile
from tests.factories import make_changed, make_coach, make_mail, make_skill


def test_mina_sees_what_waits_and_is_led_there(browser, db, petra, carla, sofia, mina):
    db.get_one(CoachProfile, petra.id).submitted_at = now() - timedelta(days=3)
    make_changed(db, carla, "name")
    make_mail(db, sofia, status=MailStatus.SET_ASIDE)
    make_skill(db, "Kastilian", topic="")
    page = browser.as_(mina).get("/admin")
    for words in (
        "1 application to read. The oldest was sent 3 days ago.", "1 coach to look at.",
        "1 mail could not be delivered.", "1 skill not on our list yet.",
    ):  # fmt: skip
        assert page.says(words), words
    assert page.click("Applications of coaches").texts("#list h2") == ["Petra Novak"]
    assert page.click("Changed since approval").texts("#list h2") == ["Carla Ruiz"]
    assert page.click("Skills people named").says("Kastilian")
    assert page.click("Mail that could not be delivered").has("#outgoing-mail form")


def test_when_nothing_waits_that_is_said(browser, mina):
    page = browser.as_(mina).get("/admin")
    for words in (
        "No application waits.", "Nothing has changed since you looked.",
        "Everything was delivered.", "Every skill is on our list.",
    ):  # fmt: skip
        assert page.says(words), words


def test_every_page_of_staff_leads_to_the_others(browser, petra, mina):
    for path in ("/admin", "/admin/coaches", "/admin/reports", "/admin/skills", "/admin/mail",
                 f"/admin/coaches/{petra.id}"):  # fmt: skip
        page = browser.as_(mina).get(path)
        ways = [tag["href"] for tag in page.all("nav[aria-label=Staff] a")]
        assert ways == [
            "/admin", "/admin/coaches", "/admin/reports", "/admin/sessions", "/admin/skills",
            "/admin/mail",
        ]  # fmt: skip
        assert len(page.all("nav[aria-label=Staff] [aria-current]")) == 1, path


def test_staff_come_there_from_everywhere(browser, db, mina, ada):
    home = browser.as_(mina).get("/dashboard")
    assert home.click("See what waits").path == "/admin"
    assert home.has(".nav a[href='/admin']") and home.has(".menu a[href='/admin']")
    make_coach(db, ada)
    teaching = browser.as_(ada).get("/dashboard")
    assert teaching.has(".menu a[href='/admin']") and not teaching.has(".nav a[href='/admin']")


@pytest.mark.parametrize("name", ["sofia", "carla", "dora"])
def test_nobody_else_finds_the_way_or_comes_in(browser, request, name):
    asking = browser.as_(request.getfixturevalue(name))
    assert not asking.get("/dashboard").has("a[href^='/admin']")
    assert asking.get("/admin").is_not_allowed
    assert browser.get("/admin").asks_to_sign_in
