"""One request, one transaction: what is stored, and when."""

from typing import Any

import pytest
from litestar import get as bare_get

from app.main import UnguardedRoute, create_app
from app.web.routes import get
from db.models.accounts import Account
from db.models.bookmarks import Bookmark
from tests.factories import make_request
from tests.web.probe import Probe


@pytest.fixture
def app(settings: Any, database: Any) -> Any:
    return create_app(settings, database, [Probe])


@pytest.fixture
def name_of(db: Any) -> Any:
    def read(person: Account) -> str:
        db.commit()
        db.refresh(person)
        return person.first_name

    return read


def test_a_good_answer_stores_what_sofia_did(browser, sofia, name_of):
    answer = browser.as_(sofia).post("/probe/rename", {"name": "Sofi"})
    assert answer.leads_to("/probe/done")
    assert name_of(sofia) == "Sofi"


@pytest.mark.parametrize("kind", ["not-allowed", "wrong-state", "too-many"])
@pytest.mark.parametrize("way", ["plain", "htmx"])
def test_a_problem_stores_nothing(browser, sofia, name_of, kind, way):
    asking = browser.as_(sofia)
    answer = getattr(asking, way).post(f"/probe/trouble/{kind}")
    assert answer.status == {"not-allowed": 403, "wrong-state": 409, "too-many": 429}[kind]
    assert name_of(sofia) == "Sofia"


def test_an_answer_that_refuses_stores_nothing(browser, sofia, name_of):
    assert browser.as_(sofia).send("POST", "/probe/rename-wrongly", headers=OURS).status == 422
    assert name_of(sofia) == "Sofia"


def test_a_bug_stores_nothing_and_tells_no_secret(browser, sofia, name_of):
    answer = browser.as_(sofia).send("POST", "/probe/trouble/bug", headers=OURS)
    assert answer.status == 500
    assert answer.says("Nothing was changed")
    assert answer.says(answer.headers["x-request-id"])
    assert "secret" not in answer.text
    assert name_of(sofia) == "Sofia"


def test_a_handler_that_never_asked_about_its_thing_fails_and_stores_nothing(
    browser, db, carla, sofia, name_of
):
    wanted = make_request(db, sofia)
    answer = browser.as_(carla).send("POST", f"/probe/unasked/{wanted.id}", headers=OURS)
    assert answer.status == 500
    assert name_of(carla) == "Carla"


def test_get_cannot_write(browser, sofia, name_of):
    assert browser.as_(sofia).send("GET", "/probe/read").status >= 500
    assert name_of(sofia) == "Sofia"


def test_marks_of_a_visit_are_written_after_a_good_answer_only(browser, sofia, name_of):
    assert browser.as_(sofia).send("GET", "/probe/later-but-wrong").status == 403
    assert name_of(sofia) == "Sofia"
    assert browser.as_(sofia).send("GET", "/probe/later").leads_to("/probe/done")
    assert name_of(sofia) == "Later"


def test_the_same_key_and_words_do_it_once(browser, db, carla, sofia, way):
    wanted, carlas = make_request(db, sofia), browser.as_(carla)
    asking = getattr(carlas, way)
    sent = {"form_key": "k-1"}
    first = asking.post(f"/probe/mark/{wanted.id}", sent)
    db.execute(Bookmark.__table__.delete())  # whoever did it again would put it back
    db.commit()
    again = asking.post(f"/probe/mark/{wanted.id}", sent)
    assert (again.status, again.text, again.location) == (first.status, first.text, first.location)
    assert db.get(Bookmark, (carla.id, wanted.id)) is None


def test_the_same_key_with_other_words_is_a_conflict(browser, db, sofia, name_of):
    sofias = browser.as_(sofia)
    sofias.post("/probe/rename", {"form_key": "k-1", "name": "Sofi"})
    answer = sofias.post("/probe/rename", {"form_key": "k-1", "name": "Sofa"})
    assert answer.is_conflict
    assert answer.says("Sofa"), "what was typed is still there"
    assert name_of(sofia) == "Sofi"


def test_another_person_may_use_the_same_key(browser, sofia, sam, name_of):
    browser.as_(sofia).post("/probe/rename", {"form_key": "k-1", "name": "Sofi"})
    browser.as_(sam).post("/probe/rename", {"form_key": "k-1", "name": "Samuel"})
    assert name_of(sam) == "Samuel"


def test_a_refused_form_leaves_its_key_free(browser, sofia, name_of):
    sofias = browser.as_(sofia)
    assert sofias.post("/probe/trouble/not-allowed", {"form_key": "k-1"}).is_not_allowed
    sofias.post("/probe/rename", {"form_key": "k-1", "name": "Sofi"})
    assert name_of(sofia) == "Sofi"


@pytest.mark.parametrize("key", ["", "x" * 65, "ключ", "a\nb"])
def test_an_odd_key_is_refused_in_words(browser, sofia, key):
    answer = browser.as_(sofia).post("/probe/rename", {"form_key": key, "name": "Sofi"})
    assert answer.status == 400


def test_a_sentence_is_said_once_after_a_redirect(browser, sofia):
    sofias = browser.as_(sofia)
    answer = sofias.post("/probe/rename", {"name": "Sofi"})
    assert "__Host-flash" in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]


def test_a_fragment_brings_its_sentence_along(browser, db, carla, sofia):
    wanted = make_request(db, sofia)
    answer = browser.htmx.as_(carla).post(f"/probe/mark/{wanted.id}")
    assert "Marked." in answer.text
    assert "set-cookie" not in answer.headers


def test_a_route_without_a_permission_cannot_be_written():
    with pytest.raises(TypeError, match="allow"):
        get("/somewhere", name="probe.somewhere")  # type: ignore[call-arg]


def test_the_site_does_not_start_with_an_unguarded_route(settings, database):
    @bare_get("/unguarded", sync_to_thread=False)
    def unguarded() -> str:
        return ""

    with pytest.raises(UnguardedRoute, match="/unguarded"):
        create_app(settings, database, [unguarded])


@pytest.fixture(params=["plain", "htmx"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


OURS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
