import pytest

from app.clock import now
from app.forms.versions import version_of
from db.models.bookmarks import Bookmark
from tests.factories import make_bookmark, make_request


@pytest.fixture
def wanted(db, sofia):
    return make_request(db, sofia)


def test_coaches_note_what_they_want_to_remember(browser, db, wanted, carla, cole):
    for coach in (carla, cole):
        make_bookmark(db, wanted, coach)
    page = browser.as_(carla).get("/bookmarks")
    form = page.form(f"/requests/{wanted.id}/note")
    note = "  Asks for evenings.\n\nHer level is lower.  "
    page = form.fill(note=note).submit().follow()
    assert page.says("Asks for evenings.") and page.says("Change your note")
    assert page.form(f"/requests/{wanted.id}/note").value("note").startswith("Asks for evenings.")
    assert not browser.as_(cole).get("/bookmarks").says("Asks for evenings.")
    page = page.form(f"/requests/{wanted.id}/note").fill(note="").submit().follow()
    assert page.says("Add a note")


def test_with_htmx_a_note_is_written_in_place(browser, db, wanted, carla):
    make_bookmark(db, wanted, carla)
    typed = {"note": "Evenings.", "version": version_of({"note": ""})}
    answer = browser.htmx.as_(carla).post(f"/requests/{wanted.id}/note", typed)
    assert "Evenings." in answer.one(f"#note-{wanted.id} > p").get_text()


def test_a_note_that_is_too_long_comes_back_whole(browser, db, wanted, carla):
    make_bookmark(db, wanted, carla)
    address, note = f"/requests/{wanted.id}/note", {"note": "n" * 501}
    for carlas in (browser.as_(carla), browser.htmx.as_(carla)):
        answer = carlas.post(address, note)
        assert answer.status == 422 and answer.has("details[open]")
        assert answer.form("note").value("note") == note["note"]
    assert db.get_one(Bookmark, (carla.id, wanted.id)).note == ""


@pytest.mark.parametrize("version", [{"version": version_of({"note": ""})}, {}])
def test_a_note_opened_on_older_words_is_not_written_over_newer_ones(
    browser, db, wanted, carla, version
):
    make_bookmark(db, wanted, carla, note="Written in the other tab.")
    typed = {"note": "Written here."} | version
    answer = browser.as_(carla).post(f"/requests/{wanted.id}/note", typed)
    assert answer.status == 409 and answer.says("Written in the other tab.")
    answer.form("note").submit()
    db.expire_all()
    assert db.get_one(Bookmark, (carla.id, wanted.id)).note == "Written here."


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_note_needs_a_mark(browser, db, wanted, carla, is_removed):
    if is_removed:
        make_bookmark(db, wanted, carla, removed_at=now())
    answer = browser.as_(carla).post(f"/requests/{wanted.id}/note", {"note": "Evenings."})
    assert answer.status == 409 and answer.says("You have not bookmarked this request.")


def test_the_wrong_person_notes_nothing(browser, db, wanted, sofia, sam):
    address = f"/requests/{wanted.id}/note"
    assert browser.post(address).asks_to_sign_in
    assert browser.as_(sam).post(address).is_not_found
    assert browser.as_(sofia).post(address).is_not_allowed
