"""A coach's list of places of work, through the browser: added, changed, moved, removed, back."""

import pytest
from sqlalchemy import select

from db.models.events import Event
from db.models.experiences import Experience
from tests.factories import make_experience

LIST = "/profile/experience"
NEW = {"title": "Spanish teacher", "company": "Escuela Sol", "started": "2019-09", "current": True}


@pytest.fixture
def two(db, carla):
    """Carla's list: a school, and a bakery before it."""
    return [
        make_experience(db, carla, title="Teacher", position=0),
        make_experience(db, carla, title="Baker", position=1),
    ]


def titles(answer):
    return answer.texts("#experience-list h3")


def happened(db):
    return list(db.scalars(select(Event.name).order_by(Event.id)))


# Adding.


def test_carla_adds_where_she_works_without_script(browser, db, carla):
    page = browser.as_(carla).get(LIST)
    assert page.says("Nothing here yet.")
    answer = page.form("experience").fill(**NEW).submit()
    assert answer.leads_to(LIST) and answer.location.endswith("#experience-list")
    page = answer.follow()
    assert titles(page) == ["Spanish teacher"] and page.says("September 2019 to today")
    assert happened(db) == ["experience.added"]


def test_for_htmx_the_list_and_an_empty_form_come_back(browser, carla):
    page = browser.as_(carla).get(LIST)
    answer = page.form("experience").fill(**NEW).submit(htmx=True)
    assert titles(answer) == ["Spanish teacher"]
    assert answer.form("experience").value("title") == ""
    assert answer.one("#experience-list li")["autofocus"] == ""


def test_a_wrong_entry_comes_back_as_it_was_typed_with_every_mistake(browser, db, carla):
    page = browser.as_(carla).get(LIST)
    for htmx in (False, True):
        form = page.form("experience").fill(
            company="Escuela Sol", started="2019-09", ended="2018-01"
        )
        answer = form.submit(htmx=htmx)
        assert answer.is_redisplay
        assert answer.error_of("title").endswith("Fill this in.")
        assert answer.error_of("ended").endswith("This is before the month it started.")
        assert answer.form("experience").value("company") == "Escuela Sol"
    assert not db.scalars(select(Experience)).all()


def test_a_form_sent_twice_adds_one(browser, db, carla):
    form = browser.as_(carla).get(LIST).form("experience").fill(**NEW)
    for htmx in (False, False, True):
        form.submit(htmx=htmx)
    assert len(db.scalars(select(Experience)).all()) == 1


def test_thirty_fit(browser, db, carla):
    for position in range(30):
        make_experience(db, carla, position=position)
    answer = browser.as_(carla).get(LIST).form("experience").fill(**NEW).submit()
    assert answer.is_redisplay
    assert answer.says("30 fit here. Remove one before you add another.")


# Changing.


def test_carla_changes_an_entry_without_script(browser, db, carla, two):
    page = browser.as_(carla).get(LIST).click("Change Teacher")
    form = page.form(f"{LIST}/{two[0].id}")
    assert form.value("started") == "2015-03" and form.values("current") == ["yes"]
    answer = form.fill(title="Head teacher", current=False, ended="Dec 2018").submit()
    assert answer.leads_to(LIST)
    page = answer.follow()
    assert titles(page) == ["Head teacher", "Baker"] and page.says("March 2015 to December 2018")
    assert happened(db) == ["experience.changed"]


def test_in_place_the_row_becomes_a_form_and_a_row_again(browser, carla, two):
    asking = browser.as_(carla).htmx
    opened = asking.get(f"{LIST}/{two[1].id}")
    assert titles(opened) == ["Teacher", "Change “Baker”"]
    answer = opened.form(f"{LIST}/{two[1].id}").fill(title="Pastry cook").submit(htmx=True)
    assert titles(answer) == ["Teacher", "Pastry cook"]
    closed = asking.get(LIST)  # what "Cancel" asks for
    assert not closed.has("form[action$='/experience']") and titles(closed)[1] == "Pastry cook"


def test_a_wrong_change_stays_open_with_what_was_typed(browser, carla, two):
    opened = browser.as_(carla).get(f"{LIST}/{two[0].id}")
    for htmx in (False, True):
        answer = opened.form(f"{LIST}/{two[0].id}").fill(title="", company="Sol").submit(htmx=htmx)
        assert answer.is_redisplay and answer.error_of("title").endswith("Fill this in.")
        assert answer.form(f"{LIST}/{two[0].id}").value("company") == "Sol"
        assert answer.one("[name=title]")["id"] == f"title-{two[0].id}"


def test_who_comes_second_sees_both_and_can_go_on(browser, db, carla, two):
    opened = browser.as_(carla).get(f"{LIST}/{two[0].id}")
    opened.form(f"{LIST}/{two[0].id}").fill(title="In the first tab").submit()
    for htmx in (False, True):
        form = opened.form(f"{LIST}/{two[0].id}").fill(title="In the second tab")
        answer = form.submit(htmx=htmx)
        assert answer.is_conflict and titles(answer)[0] == "In the first tab"
        assert answer.form(f"{LIST}/{two[0].id}").value("title") == "In the second tab"
    assert answer.form(f"{LIST}/{two[0].id}").submit().leads_to(LIST)
    db.refresh(two[0])
    assert two[0].title == "In the second tab"


def test_the_same_change_sent_again_is_no_conflict(browser, db, carla, two):
    opened = browser.as_(carla).get(f"{LIST}/{two[0].id}")
    form = opened.form(f"{LIST}/{two[0].id}").fill(title="Head teacher")
    assert form.submit().leads_to(LIST) and form.submit().leads_to(LIST)
    assert happened(db) == ["experience.changed"]


# Moving, removing, putting back.


def test_carla_moves_an_entry_up_and_down(browser, db, carla, two):
    page = browser.as_(carla).get(LIST)
    assert not page.has("[aria-label='Move Teacher up']")
    assert not page.has("[aria-label='Move Baker down']")
    page = page.form(f"{LIST}/{two[1].id}/up").submit().follow()
    assert titles(page) == ["Baker", "Teacher"]
    answer = page.form(f"{LIST}/{two[1].id}/down").submit(htmx=True)
    assert titles(answer) == ["Teacher", "Baker"]
    assert answer.one("[autofocus]")["aria-label"] == "Move Baker up"  # where "down" has gone
    assert happened(db) == ["experience.moved"] * 2


def test_a_move_past_the_end_changes_nothing(browser, db, carla, two):
    answer = browser.as_(carla).post(f"{LIST}/{two[0].id}/up")
    assert titles(answer.follow()) == ["Teacher", "Baker"] and not happened(db)


def test_carla_removes_an_entry_and_puts_it_back_where_it_was(browser, db, carla, two):
    page = browser.as_(carla).get(LIST)
    page = page.form(f"{LIST}/{two[0].id}/remove").submit().follow()
    assert titles(page) == ["Baker"]
    assert (
        page.one("[role=status]:not(#toasts)")
        .get_text(" ", strip=True)
        .startswith("“Teacher” was removed.")
    )
    page = page.form(f"{LIST}/{two[0].id}/restore").submit().follow()
    assert titles(page) == ["Teacher", "Baker"]
    assert happened(db) == ["experience.removed", "experience.restored"]


def test_in_place_the_keyboard_goes_to_the_way_back_and_to_the_entry(browser, carla, two):
    asking = browser.as_(carla).htmx
    answer = asking.post(f"{LIST}/{two[0].id}/remove")
    assert answer.one("[autofocus]")["aria-label"] == "Put Teacher back"
    answer = asking.post(f"{LIST}/{two[0].id}/restore")
    assert answer.one("[autofocus]")["id"] == f"experience-list-{two[0].id}"


@pytest.mark.parametrize("deed", ["remove", "restore"])
def test_a_button_pressed_twice_is_one_deed(browser, db, carla, two, deed):
    asking = browser.as_(carla)
    asking.post(f"{LIST}/{two[0].id}/remove")
    for _ in range(2):
        assert asking.post(f"{LIST}/{two[0].id}/{deed}").leads_to(LIST)
    assert len(happened(db)) == {"remove": 1, "restore": 2}[deed]


# Who may.


@pytest.mark.parametrize("deed", ["", "/up", "/down", "/remove", "/restore"])
def test_nobody_touches_the_entry_of_another_coach(browser, db, cole, two, deed):
    fields = {"title": "Mine now", "started": "2015-03", "current": "yes"} if not deed else {}
    assert browser.as_(cole).post(f"{LIST}/{two[0].id}{deed}", fields).is_not_found
    assert browser.as_guest().post(f"{LIST}/{two[0].id}{deed}", fields).asks_to_sign_in
    assert not happened(db)


def test_a_coach_cannot_open_the_entry_of_another(browser, cole, two):
    assert browser.as_(cole).get(f"{LIST}/{two[0].id}").is_not_found
    assert browser.as_guest().get(f"{LIST}/{two[0].id}").asks_to_sign_in


def test_sofia_who_does_not_teach_is_told_why_there_is_no_list(browser, sofia):
    answer = browser.as_(sofia).get(LIST)
    assert answer.is_not_allowed and answer.says("Your account has no coach side yet.")


def test_dora_changes_her_list_from_either_side(browser, dora):
    page = browser.as_(dora).get(LIST)
    assert page.form("experience").fill(**NEW).submit().leads_to(LIST)


def test_an_approved_coach_stays_approved_whatever_changes(browser, carla, two):
    browser.as_(carla).post(f"{LIST}/{two[0].id}/remove")
    assert browser.as_guest().get("/coaches/carla-ruiz").is_good


# The pages the list is shown on.


@pytest.mark.parametrize(
    ("pressed_on", "back"),
    [
        ("/become-a-coach/experience", "/become-a-coach/experience"),
        ("/profile/coach", "/profile/coach"),
        ("/profile/coach/experience", "/profile/coach/experience"),
        ("/requests", LIST),
        ("/become-a-coach/../../sign-out", LIST),
        ("", LIST),
    ],
)
def test_without_script_one_comes_back_to_the_page_one_pressed_on(
    browser, carla, two, pressed_on, back
):
    headers = {"Referer": f"https://skileez.test{pressed_on}"}
    answer = browser.as_(carla).post(f"{LIST}/{two[1].id}/up", headers=headers)
    assert answer.location == f"{back}#experience-list"


def test_a_change_leads_back_to_the_step_it_was_opened_from(browser, carla, two):
    headers = {"Referer": "https://skileez.test/become-a-coach/experience"}
    opened = browser.as_(carla).get(f"{LIST}/{two[0].id}", headers=headers)
    form = opened.form("#experience-list form[data-keep]")
    assert form.submit().location == "/become-a-coach/experience#experience-list"
    elsewhere = browser.as_(carla).get(f"{LIST}/{two[0].id}?from=//evil.example/x")
    assert elsewhere.form(f"{LIST}/{two[0].id}").submit().location == f"{LIST}#experience-list"
