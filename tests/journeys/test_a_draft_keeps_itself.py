"""A request keeps itself while Sofia writes it, and a reload opens what was kept."""

import re

import pytest
from sqlalchemy import select

from db.models.accounts import Account
from db.models.learning_requests import LearningRequest
from tests.patience import until

TITLE = "Portuguese for the market"


@pytest.fixture
def sofia(open_browser):
    return open_browser("sofia", reduced_motion="reduce")


def drafts(world):
    with world.reading() as db:
        of = select(Account.id).filter_by(email="sofia@skileez.example").scalar_subquery()
        found = select(LearningRequest.title).filter_by(student_id=of, status="draft")
        return db.scalars(found.where(LearningRequest.title.startswith("Portuguese"))).all()


def test_what_sofia_types_is_kept_without_a_press(sofia, world):
    page = sofia
    page.goto("/requests/new")
    page.get_by_label("Title").press_sequentially("Portuguese")
    page.get_by_text("Draft saved").wait_for()
    until(lambda: re.search(r"/requests/[0-9]+/edit$", page.url))
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
