"""A coach's list of places of learning. What all lists have in common is tried in
test_experiences.py; here is that this one has it too.
"""

import pytest
from sqlalchemy import select

from db.models.educations import Education
from db.models.events import Event
from tests.factories import make_education

LIST = "/profile/education"
NEW = {"institution": "Seville", "degree": "Bachelor", "field": "Linguistics"}


def schools(answer):
    return answer.texts("#education-list h3")


@pytest.mark.parametrize("htmx", [False, True])
def test_carla_keeps_her_list_with_and_without_script(browser, db, carla, htmx):
    def sent(form):
        answer = form.submit(htmx=htmx)
        return answer if htmx else answer.follow()

    page = browser.as_(carla).get(LIST)
    form = page.form("education").fill(**NEW, started="2006-09", ended="June 2011")
    page = sent(form)
    assert page.says("Bachelor, Linguistics") and page.says("September 2006 to June 2011")
    make_education(db, carla, institution="Madrid", position=7)
    page = browser.as_(carla).get(LIST)
    [first, second] = db.scalars(select(Education.id).order_by(Education.position)).all()
    assert schools(page) == ["Seville", "Madrid"]
    assert schools(sent(page.form(f"{LIST}/{second}/up"))) == ["Madrid", "Seville"]
    opened = browser.as_(carla).get(f"{LIST}/{first}")
    page = sent(opened.form(f"{LIST}/{first}").fill(institution="University of Seville"))
    assert schools(page) == ["Madrid", "University of Seville"]
    page = sent(page.form(f"{LIST}/{first}/remove"))
    assert schools(page) == ["Madrid"]
    page = sent(page.form(f"{LIST}/{first}/restore"))
    assert schools(page) == ["Madrid", "University of Seville"]
    page = sent(page.form(f"{LIST}/{second}/down"))
    assert schools(page) == ["University of Seville", "Madrid"]
    assert db.scalars(select(Event.name).order_by(Event.id)).all() == [
        f"education.{done}"
        for done in ("added", "moved", "changed", "removed", "restored", "moved")
    ]


@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_entry_comes_back_as_it_was_typed(browser, db, carla, htmx):
    form = browser.as_(carla).get(LIST).form("education").fill(degree="Bachelor", started="soon")
    answer = form.submit(htmx=htmx)
    assert answer.is_redisplay and answer.error_of("institution") == "Fill this in."
    assert answer.error_of("started").endswith("Write a month such as March 2021 or 2021-03.")
    assert answer.form("education").value("degree") == "Bachelor"
    assert not db.scalars(select(Education)).all()


def test_who_comes_second_sees_both(browser, db, carla):
    entry = make_education(db, carla)
    opened = browser.as_(carla).get(f"{LIST}/{entry.id}")
    for field in ("First", "Second"):
        answer = opened.form(f"{LIST}/{entry.id}").fill(field=field).submit()
    assert answer.is_conflict and answer.says("First")
    assert answer.form(f"{LIST}/{entry.id}").value("field") == "Second"


@pytest.mark.parametrize("deed", ["/up", "/down", "/remove", "/restore", ""])
def test_nobody_touches_the_entry_of_another_coach(browser, db, carla, cole, deed):
    entry = make_education(db, carla)
    assert browser.as_(cole).post(f"{LIST}/{entry.id}{deed}").is_not_found
    assert browser.as_guest().post(f"{LIST}/{entry.id}{deed}").asks_to_sign_in


def test_without_script_one_comes_back_to_the_step(browser, db, carla):
    entry = make_education(db, carla)
    headers = {"Referer": "https://skileez.test/become-a-coach/education"}
    answer = browser.as_(carla).post(f"{LIST}/{entry.id}/remove", headers=headers)
    assert answer.location == "/become-a-coach/education#education-list"


def test_thirty_fit(browser, db, carla):
    for _ in range(30):
        make_education(db, carla)
    form = browser.as_(carla).get(LIST).form("education")
    answer = form.fill(**NEW, started="2006-09", current=True).submit()
    assert answer.is_redisplay and answer.says("30 fit here.")
