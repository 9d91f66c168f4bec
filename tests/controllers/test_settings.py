"""Settings: one's name, how pages look, and what follows from it on every page."""

import pytest

from db.models.accounts import DataSaver, Theme
from db.models.events import Event
from tests.people import make_person
from tests.statements import statements

FORM = {
    "first_name": "Sofía", "last_name": "Mwangi Díaz", "locale": "es", "theme": "dark",
    "data_saver": "on",
}  # fmt: skip


def test_sofia_changes_her_name_and_how_pages_look(browser, db, sofia):
    page = browser.as_(sofia).get("/settings")
    answer = page.form("#about-me").fill(**FORM).submit()
    assert answer.leads_to("/settings")
    db.refresh(sofia)
    assert (sofia.name, sofia.locale) == ("Sofía Mwangi Díaz", "es")
    assert (sofia.theme, sofia.data_saver) == (Theme.DARK, DataSaver.ON)
    saved = answer.follow()
    assert saved.says("Your settings are saved.")
    assert saved.form("#about-me").value("last_name") == "Mwangi Díaz"
    assert saved.one("html")["data-theme"] == "dark"
    event = db.query(Event).filter_by(name="settings.updated").one()
    assert event.detail == {"changed": ["first_name", "last_name", "locale", "theme", "data_saver"]}


def test_it_works_as_a_fragment(browser, db, sofia):
    answer = browser.as_(sofia).htmx.post("/settings", FORM)
    assert answer.headers["HX-Redirect"] == "/settings"
    db.refresh(sofia)
    assert sofia.first_name == "Sofía"
    assert browser.as_(sofia).htmx.get("/settings").has("form#about-me")


def test_a_wrong_form_comes_back_as_it_was_typed(browser, db, sofia):
    wrong = FORM | {"first_name": "", "last_name": "x" * 51, "locale": "tlh", "theme": "pink"}
    for way in (browser.as_(sofia), browser.as_(sofia).htmx):
        answer = way.post("/settings", wrong)
        assert answer.is_redisplay
        assert answer.error_of("first_name") == "Fill this in."
        assert "50 characters" in answer.error_of("last_name")
        assert answer.error_of("locale")
        assert answer.error_of("theme")
        assert answer.form("#about-me").value("last_name") == "x" * 51
    db.refresh(sofia)
    assert sofia.first_name == "Sofia"


@pytest.mark.parametrize("more", [{"email": "a@b.example"}, {"staff_role": "moderator"}])
def test_nothing_else_can_be_changed_here(browser, db, sofia, more):
    assert browser.as_(sofia).post("/settings", FORM | more).status == 400
    db.refresh(sofia)
    assert sofia.email == "sofia@skileez.example"


def test_what_stays_as_it_is_leaves_no_history(browser, db, sofia):
    browser.as_(sofia).get("/settings").form("#about-me").submit()
    assert db.query(Event).count() == 0


@pytest.mark.parametrize("path", ["/settings", "/settings/time-zone"])
def test_guest_and_suspended_sid_are_asked_to_sign_in(browser, sid, path):
    for asking in (browser, browser.as_(sid)):
        assert asking.get(path).asks_to_sign_in
        assert asking.post(path, FORM).asks_to_sign_in


@pytest.mark.parametrize("name", ["sofia", "carla", "noor", "petra", "dora", "mina", "ada"])
def test_everybody_finds_their_settings_in_the_menu(browser, db, name):
    person = make_person(db, name)
    page = browser.as_(person).get("/dashboard").click("Settings")
    assert page.is_good
    assert page.texts(".tabs [aria-current=page]") == ["Profile & display"]


def test_settings_are_not_kept_by_the_browser(browser, sofia):
    for path in ("/settings", "/settings/time-zone"):
        assert browser.as_(sofia).get(path).headers["cache-control"] == "no-store"


def test_the_side_one_lacks_is_offered_and_explained(browser, sofia, carla, dora, mina):
    def offered(person):
        return browser.as_(person).get("/settings").texts('main [action="/role"] button')

    assert offered(sofia) == ["Teach on Skileez too"]
    assert offered(carla) == ["Learn on Skileez too"]
    assert offered(dora) == []
    assert offered(mina) == ["Learn on Skileez", "Teach on Skileez"]
    assert browser.as_(sofia).get("/settings").says("Your requests and your messages stay")


@pytest.mark.parametrize("theme", [None, "light", "dark"])
def test_the_theme_is_on_every_page_of_its_person(browser, db, dora, theme):
    dora.theme = Theme(theme) if theme else Theme.SYSTEM
    for path in ("/", "/dashboard", "/settings", "/coaches", "/requests", "/messages"):
        page = browser.as_(dora).get(path)
        assert page.one("html").get("data-theme") == theme
        assert len(page.all("meta[name=theme-color]")) == (1 if theme else 2)


def test_dates_and_amounts_follow_the_chosen_locale(browser, db, carla):
    carla.locale = "de"
    facts = browser.as_(carla).get("/coaches/carla-ruiz")
    assert facts.says("18 $")
    assert browser.get("/coaches/carla-ruiz").says("$18")
    assert browser.as_(carla).get("/settings").says("1.234,50 $")


def test_settings_ask_little_of_the_database(browser, database, sofia):
    hers = browser.as_(sofia)
    for path in ("/settings", "/settings/time-zone?q=kenya"):
        hers.get(path)
        with statements(database) as asked:
            hers.get(path)
        assert sum(said.startswith("SELECT") for said in asked) == 2, asked
