"""A request keeps itself while Sofia writes it, and a reload opens what was kept."""

import re

import pytest
from sqlalchemy import select

from db.models.accounts import Account
from db.models.learning_requests import LearningRequest
from tests.patience import until

TITLE = "Portuguese for the market"
EDIT = re.compile(r"/requests/[0-9]+/edit$")


@pytest.fixture
def sofia(open_browser):
    return open_browser("sofia", reduced_motion="reduce")


def ours():
    of = select(Account.id).filter_by(email="sofia@skileez.example").scalar_subquery()
    is_ours = LearningRequest.title.startswith("Portuguese") & (LearningRequest.status == "draft")
    return is_ours & (LearningRequest.student_id == of)


def drafts(world):
    with world.reading() as db:
        return db.scalars(select(LearningRequest.title).where(ours())).all()


@pytest.fixture
def held(sofia, world):
    """What the page saves by itself, held up on its way; each test lets go what it wants."""
    routes = []

    def hold(route):
        return routes.append(route) if route.request.method == "POST" else route.continue_()

    sofia.route(re.compile("/requests$"), hold)
    yield routes
    with world.writing() as db:
        db.query(LearningRequest).filter(ours()).delete()


def leaves(page, held):
    """The next save, on its way."""
    until(lambda: page.evaluate("1") and held)  # the page is asked so that it is heard, too
    return held.pop()


def test_what_sofia_types_is_kept_without_a_press(sofia, world):
    page = sofia
    page.goto("/requests/new")
    page.get_by_label("Title").press_sequentially("Portuguese")
    page.get_by_text("Draft saved").wait_for()
    until(lambda: EDIT.search(page.url))
    page.get_by_label("Title").press_sequentially(" for the market")
    until(lambda: drafts(world) == [TITLE])
    page.reload()
    assert page.get_by_label("Title").input_value() == TITLE
    page.get_by_label("Title").fill(f"{TITLE}s")
    until(lambda: drafts(world) == [f"{TITLE}s"])
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", level=1, name=f"{TITLE}s").wait_for()
    page.get_by_text("Delete this draft").click()
    page.get_by_role("button", name="Delete the draft").click()
    until(lambda: drafts(world) == [])


def test_what_was_typed_since_the_last_save_is_there_after_a_reload(sofia, held, world):
    """The save took a space at the end with it, which the server does not keep."""
    sofia.goto("/requests/new")
    sofia.get_by_label("Title").press_sequentially("Portuguese ")
    leaves(sofia, held).continue_()
    sofia.wait_for_url(EDIT)
    sofia.get_by_label("Title").press_sequentially("for the market")
    comes_back(sofia, world, "Portuguese")


def test_a_late_answer_leaves_what_was_typed_since(sofia, held, world):
    sofia.goto("/requests/new")
    sofia.get_by_label("Title").press_sequentially("Portuguese")
    late = leaves(sofia, held)
    sofia.get_by_label("Title").press_sequentially(" for the market")
    late.continue_()
    sofia.get_by_text("Draft saved").wait_for()
    sofia.wait_for_url(EDIT)
    comes_back(sofia, world, "Portuguese")
    sofia.goto("/requests/new")
    assert sofia.get_by_label("Title").input_value() == ""  # the words are that draft's


def test_an_answer_that_never_comes_takes_nothing_either(sofia, held, world):
    sofia.goto("/requests/new")
    sofia.get_by_label("Title").press_sequentially("Portuguese")
    leaves(sofia, held).continue_()
    sofia.wait_for_url(EDIT)
    sofia.get_by_label("Title").press_sequentially(" for ")
    leaves(sofia, held).fetch()  # stored, but the page does not hear of it
    sofia.get_by_label("Title").press_sequentially("the market")
    comes_back(sofia, world, "Portuguese for")


def comes_back(page, world, saved):
    """The server has `saved`, a reload opens that draft, and all of the title stands in it."""
    assert drafts(world) == [saved]
    page.reload()
    page.get_by_text("We kept what you typed.").wait_for()
    assert page.get_by_label("Title").input_value() == TITLE
