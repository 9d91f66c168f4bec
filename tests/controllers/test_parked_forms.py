"""A form that was sent after the sign-in had run out is there again after signing in."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from app.access.permissions import Permission
from app.access.rules import RULES
from app.clock import now
from app.forms import kinds
from app.forms.form import Form
from db.models.learning_requests import LearningRequest, RequestStatus, ScreeningQuestion
from db.models.mail_tokens import Purpose
from db.models.messages import Message
from db.models.parked_forms import ParkedForm
from db.models.proposals import Proposal, ProposalStatus
from db.models.sign_ins import SignIn
from tests.browser import COOKIE
from tests.factories import PASSWORD, make_mail_token, make_request
from tests.house.filled import FILLED, filled_in
from tests.house.routes import all_routes
from tests.house.samples import SAMPLES

NOT_KEPT = {"password", "next", "action", "version", "form_key"}
# What can be typed into: everything but buttons and what only carries a password.
TYPED_INTO = [
    route.name
    for route in all_routes()
    if route.writes
    and not RULES[Permission(route.allow)].for_guests
    and set(FILLED[route.name]) - NOT_KEPT
]
REQUEST = {
    "title": "Small talk in Portuguese", "skills": "Portuguese", "level": "beginner",
    "description": "My neighbours speak it, and I would like to say more than good morning.",
    "format": "ongoing", "budget_from": "abc", "action": "publish",
}  # fmt: skip


def end_all(db: Any) -> None:
    for sign_in in db.scalars(select(SignIn)):
        sign_in.expires_at = now()
    db.commit()


def sign_in(browser: Any, person: Any, after: str) -> Any:
    page = browser.get(after)
    form = page.form("/sign-in")
    return form.fill(email=person.email, password=PASSWORD).submit()


def standing(answer: Any, field: str) -> set[str]:
    """What stands in the controls of this name, however they are drawn."""
    found = set()
    for control in answer.all(f'form [name="{field}"]'):
        if control.name == "button":
            continue  # pressed, not filled in
        if control.name == "textarea":
            found.add(control.get_text().removeprefix("\n"))
        elif control.name == "select":
            found |= {str(one["value"]) for one in control.select("option[selected]")}
        elif control.get("type") in ("radio", "checkbox"):
            found |= {str(control["value"])} if control.has_attr("checked") else set()
        else:
            found.add(str(control.get("value")))
    return found


def test_sofia_finds_her_request_as_she_left_it(browser, db, sofia):
    sofias = browser.as_(sofia)
    end_all(db)
    refused = sofias.post("/requests", {**REQUEST, "page": "k" * 22})
    assert refused.location.startswith("/sign-in?next=/parked-form%3Fform%3D")
    answer = sign_in(sofias, sofia, refused.location)
    assert answer.leads_to("/parked-form")
    page = answer.follow()
    assert page.is_good
    assert page.says("You had to sign in again before this was sent")
    for field in ("title", "skills", "description", "level", "budget_from"):
        assert standing(page, field) == {REQUEST[field]}
    assert page.form("/requests").value("page") == "k" * 22
    assert db.scalars(select(LearningRequest)).all() == []
    sent = page.form("/requests").fill(budget_from="12").submit("publish")
    assert sent.status == 303
    assert db.scalars(select(LearningRequest)).one().title == REQUEST["title"]


@pytest.mark.parametrize("name", TYPED_INTO)
def test_every_form_is_there_again(browser, db, world, name):
    address, person = world.sample(name)
    [question] = db.scalars(select(ScreeningQuestion.id)).all()
    fields = filled_in(name, question, world.ids)
    asking = browser.as_(person)
    end_all(db)
    refused = asking.post(address, fields)
    assert refused.location.startswith("/sign-in?next=/parked-form%3Fform%3D")
    page = sign_in(asking, person, refused.location).follow()
    assert page.is_good, page
    for field in set(fields) - NOT_KEPT:
        typed = standing(page, field)
        assert not typed or fields[field] in typed, field


def test_sofia_finds_it_as_htmx_too(browser, db, sofia):
    sofias = browser.as_(sofia)
    end_all(db)
    refused = sofias.htmx.post("/requests", REQUEST)
    assert refused.headers["HX-Redirect"].startswith("/sign-in?next=/parked-form")
    page = sign_in(sofias, sofia, "/sign-in?next=/parked-form").follow()
    assert standing(page, "title") == {REQUEST["title"]}


def test_a_guest_whose_cookie_is_gone_finds_it_too(browser, db, sofia):
    guest = browser.as_guest()
    refused = guest.post("/requests", REQUEST)
    page = sign_in(guest, sofia, refused.location).follow()
    assert standing(page, "title") == {REQUEST["title"]}


def test_sam_does_not_find_what_sofia_wrote(browser, db, sofia, sam):
    shared = browser.as_(sofia)
    end_all(db)
    refused = shared.post("/requests", REQUEST)
    answer = sign_in(shared, sam, refused.location)
    assert answer.follow().says("Nothing is waiting to be sent")


@pytest.mark.parametrize("cookie", ["", "x", "t" * 43, "é" * 43])
def test_without_its_cookie_nothing_is_found(browser, db, sofia, cookie):
    browser.as_guest().post("/requests", REQUEST)
    sofias = browser.as_(sofia)
    headers = {"Cookie": f"{COOKIE}={sofias.cookies[COOKIE]}; __Host-parked={cookie}".encode()}
    assert sofias.get("/parked-form", headers=headers).says("Nothing is waiting to be sent")


def test_after_an_hour_nothing_is_found(browser, db, sofia):
    sofias = browser.as_(sofia)
    end_all(db)
    sofias.post("/requests", REQUEST)
    db.scalars(select(ParkedForm)).one().created_at = now() - timedelta(minutes=60)
    sign_in(sofias, sofia, "/sign-in?next=/parked-form")
    assert sofias.get("/parked-form").says("Nothing is waiting to be sent")


def test_two_tabs_find_a_form_each(browser, db, world):
    sofia = world.people["sofia"]
    sofias = browser.as_(sofia)
    end_all(db)
    first = sofias.post("/requests", REQUEST)
    second = sofias.post(f"/messages/{world.ids['thread']}", {"text": "Thursday at six, then."})
    page = sign_in(sofias, sofia, first.location).follow()
    assert standing(page, "title") == {REQUEST["title"]}
    page = sofias.get(second.location).follow()  # signed in already, and led on
    assert standing(page, "text") == {"Thursday at six, then."}
    assert standing(sofias.get("/parked-form"), "text") == {"Thursday at six, then."}
    assert sofias.get("/parked-form?form=99999").says("Nothing is waiting to be sent")


def test_a_form_sent_twice_is_parked_once(browser, db, sofia):
    sofias = browser.as_(sofia)
    end_all(db)
    first = sofias.post("/requests", REQUEST)
    assert sofias.post("/requests", REQUEST).location == first.location
    assert db.scalars(select(ParkedForm)).one().fields["title"] == [REQUEST["title"]]


def test_two_tabs_at_one_address_find_a_form_each(browser, db, sofia):
    sofias = browser.as_(sofia)
    end_all(db)
    other = {**REQUEST, "title": "Bread without yeast"}
    ways = [sofias.post("/requests", form).location for form in (REQUEST, other)]
    sign_in(sofias, sofia, ways[0])
    for way, form in zip(ways, (REQUEST, other), strict=True):
        assert standing(sofias.get(way).follow(), "title") == {form["title"]}


def test_after_a_reset_elsewhere_the_next_person_does_not_find_what_carla_sent(browser, db, world):
    carla, petra = world.people["carla"], world.people["petra"]
    shared = browser.as_guest()
    shared.post("/sign-in", {"email": carla.email, "password": PASSWORD})
    make_mail_token(db, carla, Purpose.RESET_PASSWORD, "r" * 43)
    elsewhere = browser.as_guest()
    elsewhere.get(f"/reset-password/{'r' * 43}")
    assert elsewhere.post("/reset-password", {"password": "four quiet green chairs"}).status == 303
    refused = shared.post(f"/messages/{world.ids['thread']}", {"text": "Only for Sofia."})
    assert sign_in(shared, petra, refused.location).follow().says("Nothing is waiting to be sent")


def test_a_message_waits_in_its_thread(browser, db, world, sofia_after):
    thread, sofias = world.ids["thread"], sofia_after
    refused = sofias.post(f"/messages/{thread}", {"text": "Thursday at six, then."})
    page = sign_in(sofias, world.people["sofia"], refused.location).follow()
    assert standing(page, "text") == {"Thursday at six, then."}
    assert page.says("Thursday at six is good for me.")
    before = len(db.scalars(select(Message)).all())
    assert page.form(f"/messages/{thread}").submit().status == 303
    assert len(db.scalars(select(Message)).all()) == before + 1


@pytest.fixture
def sofia_after(browser, db, world):
    """Sofia's browser after her sign-in has run out."""
    sofias = browser.as_(world.people["sofia"])
    end_all(db)
    return sofias


def test_what_can_no_longer_be_done_is_said_and_the_words_are_kept(browser, db, world):
    dora = world.people["dora"]
    doras = browser.as_(dora)
    end_all(db)
    address, _ = world.sample("proposals.submit")
    fields = FILLED["proposals.submit"] | {"form_key": "k" * 22}
    [question] = db.scalars(select(ScreeningQuestion.id)).all()
    fields = {key.format(question=question): typed for key, typed in fields.items()}
    refused = doras.post(address, fields)
    wanted = db.get_one(LearningRequest, world.ids["request"])
    wanted.status = RequestStatus.REMOVED
    answer = sign_in(doras, dora, refused.location).follow()
    assert answer.is_not_found
    assert answer.says("We would speak from the first minute")


@pytest.mark.parametrize("data", [{}, {"form_key": "k"}, {"text": ""}, {"password": "x" * 20}])
def test_a_button_or_a_password_is_not_parked(browser, db, sofia, data):
    wanted = make_request(db, sofia)
    answer = browser.as_guest().post(f"/requests/{wanted.id}/bookmark", data)
    assert answer.asks_to_sign_in
    assert db.scalars(select(ParkedForm)).all() == []
    assert "__Host-parked" not in answer.headers.get("set-cookie", "")


def test_no_password_is_ever_parked(browser, db, sofia):
    browser.as_guest().post("/requests", {**REQUEST, "password": "four quiet green chairs"})
    kept = db.scalars(select(ParkedForm)).one()
    assert "password" not in kept.fields


@pytest.mark.parametrize("odd", ["nul\0nul", "x" * 60_000, "\u202e", "🙂"])
def test_odd_words_park_too(browser, db, sofia, odd):
    guest = browser.as_guest()
    refused = guest.post("/requests", {"title": odd})
    assert refused.location.startswith("/sign-in?next=/parked-form%3Fform%3D")
    page = sign_in(guest, sofia, refused.location).follow()
    assert standing(page, "title") == {odd.replace("\0", "")}


def test_a_button_with_words_beside_it_does_nothing_afterwards(browser, db, world):
    carla = world.people["carla"]
    carlas = browser.as_(carla)
    end_all(db)
    address, _ = world.sample("proposals.withdraw")
    refused = carlas.post(address, {"extra": "1"})
    answer = sign_in(carlas, carla, refused.location).follow()
    assert answer.status == 400, answer
    proposal = db.get_one(Proposal, world.ids["proposal"])
    assert proposal.status is ProposalStatus.SUBMITTED


def test_what_a_form_calls_secret_is_called_password():
    secret = {
        field.name
        for form in Form.__subclasses__()
        for field in msgspec.structs.fields(form)
        if kinds.kind_of(field.type).secret
    }
    assert secret == {"password"}


def test_every_sample_with_a_form_is_known():
    assert set(TYPED_INTO) <= set(SAMPLES)


def test_after_signing_out_the_next_person_does_not_find_what_carla_sent(browser, db, world):
    carla, petra = world.people["carla"], world.people["petra"]
    shared = browser.as_guest()
    shared.post("/sign-in", {"email": carla.email, "password": PASSWORD})
    shared.post("/sign-out")
    refused = shared.post(f"/messages/{world.ids['thread']}", {"text": "Only for Sofia."})
    answer = sign_in(shared, petra, refused.location).follow()
    assert answer.says("Nothing is waiting to be sent") and not answer.says("Only for Sofia.")
