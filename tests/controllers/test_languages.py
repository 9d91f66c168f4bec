"""The two lists of languages, through the browser: Carla's as a coach, Sofia's as a student."""

import threading

import pytest
from sqlalchemy import select

from db.models.accounts import Side
from db.models.events import Event
from db.models.languages import CoachLanguage, StudentLanguage
from tests.browser import Browser
from tests.factories import make_language

COACHS, STUDENTS = "/profile/coach/languages", "/profile/languages"


@pytest.fixture(params=["coach", "student"])
def side(request, db, carla, sofia):
    """Who, at which address, in which table; both speak two languages so far."""
    if request.param == "coach":
        return carla, COACHS, CoachLanguage, ["Spanish", "English"]
    return sofia, STUDENTS, StudentLanguage, ["English", "Swahili"]


def names(answer):
    return answer.texts("#language-list h3")


@pytest.mark.parametrize("htmx", [False, True])
def test_a_list_is_kept_with_and_without_script(browser, db, side, htmx):
    who, at, model, both = side

    def sent(form):
        answer = form.submit(htmx=htmx)
        return answer if htmx else answer.follow()

    page = browser.as_(who).get(at)
    assert names(page) == both and page.says("I can manage greetings and simple words.")
    page = sent(page.form("language-form").fill(language="pt", level="basic"))
    assert names(page) == [*both, "Portuguese"] and page.says("Basic")
    pt = db.scalars(select(model).filter_by(language="pt")).one()
    assert names(sent(page.form(f"{at}/{pt.id}/up"))) == [both[0], "Portuguese", both[1]]
    opened = browser.as_(who).get(f"{at}/{pt.id}")
    page = sent(opened.form(f"{at}/{pt.id}").fill(level="fluent"))
    db.refresh(pt)
    assert (pt.language, pt.level) == ("pt", "fluent")
    page = sent(page.form(f"{at}/{pt.id}/remove"))
    assert names(page) == both and page.says("“Portuguese” was removed.")
    page = sent(page.form(f"{at}/{pt.id}/restore"))
    page = sent(page.form(f"{at}/{pt.id}/down"))
    assert names(page) == [*both, "Portuguese"]
    happened = [name.split(".")[1] for name in db.scalars(select(Event.name).order_by(Event.id))]
    assert happened == ["added", "moved", "changed", "removed", "restored", "moved"]


@pytest.mark.parametrize("htmx", [False, True])
def test_one_that_stands_there_is_said_to_beside_the_field(browser, side, htmx):
    who, at, _, _ = side
    form = browser.as_(who).get(at).form("language-form").fill(language="en", level="native")
    answer = form.submit(htmx=htmx)
    assert answer.is_redisplay
    said = answer.error_of("language")
    assert said == "English is in your list already. You can change its level there."
    assert answer.form("language-form").value("level") == "native"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_change_into_one_that_stands_there_stays_open(browser, db, side, htmx):
    who, at, model, _ = side
    entry = db.scalars(select(model).filter_by(account_id=who.id)).all()
    other = next(one for one in entry if one.language != "en")
    opened = browser.as_(who).get(f"{at}/{other.id}")
    answer = opened.form(f"{at}/{other.id}").fill(language="en").submit(htmx=htmx)
    assert answer.is_redisplay and answer.error_of("language").startswith("English is in your list")
    assert answer.one("[name=language][autofocus]")["id"] == f"language-{other.id}"


def test_one_that_was_removed_comes_back_with_the_new_level(browser, db, side):
    who, at, model, _ = side
    entry = db.scalars(select(model).filter_by(account_id=who.id, language="en")).one()
    asking = browser.as_(who)
    page = asking.get(at).form(f"{at}/{entry.id}/remove").submit().follow()
    page.form("language-form").fill(language="en", level="basic").submit()
    db.refresh(entry)
    assert entry.removed_at is None and entry.level == "basic"


def test_sofia_can_remove_the_last_one_too(browser, db, sofia):
    for entry in db.scalars(select(StudentLanguage).filter_by(account_id=sofia.id)).all():
        browser.as_(sofia).post(f"{STUDENTS}/{entry.id}/remove")
    assert names(browser.as_(sofia).get(STUDENTS)) == []


def test_nobody_touches_the_list_of_another(browser, db, side, cole, sam):
    who, at, model, _ = side
    entry = db.scalars(select(model).filter_by(account_id=who.id)).first()
    for other in (cole, sam):
        for deed in ("", "/up", "/down", "/remove", "/restore"):
            assert browser.as_(other).post(f"{at}/{entry.id}{deed}").is_not_found
    assert browser.as_guest().post(f"{at}/{entry.id}/remove").asks_to_sign_in


def test_an_entry_of_one_side_has_no_address_on_the_other(browser, db, dora):
    mine = make_language(db, dora, "fr", Side.COACH)
    mine.id += 1000  # apart from the numbers of the other table
    assert browser.as_(dora).get(f"{COACHS}/{mine.id}").is_good
    assert browser.as_(dora).post(f"{STUDENTS}/{mine.id}/remove").is_not_found


def test_dora_keeps_both_lists_whatever_side_she_looks_from(browser, db, dora):
    for view in Side:
        dora.role_view = view
        for at in (COACHS, STUDENTS):
            assert browser.as_(dora).get(at).is_good


def test_who_lacks_a_side_is_told_so(browser, carla, sofia):
    assert browser.as_(carla).get(STUDENTS).says("Your account has no student side yet.")
    assert browser.as_(sofia).get(COACHS).says("Your account has no coach side yet.")


def test_who_comes_second_sees_both(browser, db, side):
    who, at, model, _ = side
    entry = db.scalars(select(model).filter_by(account_id=who.id)).first()
    opened = browser.as_(who).get(f"{at}/{entry.id}")
    for level in ("basic", "native"):
        answer = opened.form(f"{at}/{entry.id}").fill(level=level).submit()
    assert answer.is_conflict and answer.says("Basic")
    assert answer.form(f"{at}/{entry.id}").value("level") == "native"


def test_the_same_language_added_in_two_tabs_at_once_is_one_row(real_database, client, db, sofia):
    asking = Browser(client, db, db.commit).as_(sofia)
    db.commit()
    asking.settle = lambda: None  # the threads do not share the session of the test
    start, answers = threading.Barrier(2), []

    def add(level):
        start.wait()
        answers.append(asking.post(STUDENTS, {"language": "pt", "level": level}).status)

    threads = [threading.Thread(target=add, args=[level]) for level in ("basic", "native")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert len(db.scalars(select(StudentLanguage).filter_by(language="pt")).all()) == 1
