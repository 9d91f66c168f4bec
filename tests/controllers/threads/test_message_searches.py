"""The inbox, searched: `/messages?q=`."""

import pytest

from db.models.accounts import Side
from tests.factories import make_message, make_thread


def test_sofia_finds_a_person_and_a_message(db, browser, sofia, carla, cole):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla, "Bring <b>the</b> notebook")
    make_message(db, make_thread(db, sofia, cole), cole, "Nothing of the kind")
    page = browser.as_(sofia).get("/messages?q=notebook")
    assert "Bring &lt;b&gt;the&lt;/b&gt; notebook" in page.text
    assert f'href="/messages/{thread.id}#m1"' in page.text
    assert "Nothing of the kind" not in page.text
    named = browser.as_(sofia).get("/messages?q=carla r")
    assert f'href="/messages/{thread.id}"' in named.text
    assert "Cole Bennett" not in named.text


def test_a_found_message_stands_in_the_middle_of_its_page(db, browser, sofia, carla):
    thread = make_thread(db, sofia, carla)
    make_message(db, thread, carla, "About herons")
    for _ in range(40):
        make_message(db, thread, sofia, "Something else")
    page = browser.as_(sofia).get("/messages?q=herons")
    assert f'href="/messages/{thread.id}?before=16#m1"' in page.text
    assert "About herons" in browser.as_(sofia).get(f"/messages/{thread.id}?before=16").text


def test_what_is_not_there_is_said(browser, sofia):
    page = browser.as_(sofia).get("/messages?q=gramophone")
    assert page.status == 200
    assert "Nothing found" in page.text
    assert 'value="gramophone"' in page.text


def test_a_search_is_answered_with_its_region_to_htmx(db, browser, sofia, carla):
    make_message(db, make_thread(db, sofia, carla), carla, "Bring the notebook")
    part = browser.as_(sofia).htmx.get("/messages?q=notebook")
    assert part.text.lstrip().startswith('<div id="threads">')
    assert "Bring the notebook" in part.text


@pytest.mark.parametrize(
    "typed", ["", "*", '"', "-", "%22", "%00", "(", "NEAR(", "zqxb", "a" * 500]
)
def test_nothing_that_is_typed_fails(db, browser, sofia, carla, typed):
    make_message(db, make_thread(db, sofia, carla), carla, "Bring the notebook")
    assert browser.as_(sofia).get(f"/messages?q={typed}").status == 200


def test_nobody_finds_others_by_their_codes(db, browser, sofia, sam, carla):
    make_message(db, make_thread(db, sofia, carla), carla, "About herons")
    for typed in (f"zqx{sofia.id}", "zqxb herons", "-gramophone"):
        assert "About herons" not in browser.as_(sam).get(f"/messages?q={typed}").text


def test_a_place_that_is_none_is_not_found(browser, sofia):
    for after in ("x", "-1", "1-2", "9" * 30):
        assert browser.as_(sofia).get(f"/messages?q=heron&after={after}").status == 404


def test_the_search_follows_the_role_view(db, browser, dora, sofia, carla):
    make_message(db, make_thread(db, dora, carla), dora, "Herons, as a student")
    make_message(db, make_thread(db, sofia, dora), dora, "Herons, as a coach")
    for view in Side:
        dora.role_view = view
        db.commit()
        page = browser.as_(dora).get("/messages?q=herons")
        assert [f"Herons, as a {side}" in page.text for side in Side] == [
            side is view for side in Side
        ]
